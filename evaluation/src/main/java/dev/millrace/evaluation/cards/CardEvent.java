package dev.millrace.evaluation.cards;

/**
 * A scored event of a card, with its label.
 *
 * @param day of the event, whole days since the epoch
 * @param card any text that names it
 * @param score a number, higher means more likely fraud
 */
public record CardEvent(long day, String card, float score, boolean fraud) {

    public CardEvent {
        if (Float.isNaN(score)) {
            throw new IllegalArgumentException(
                    "the score of an event of card " + card + " must be a number, got NaN; leave such events out");
        }
    }
}
