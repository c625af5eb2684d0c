package dev.millrace.events;

import java.time.LocalDate;
import java.util.List;

/**
 * A card, user or whatever events are reported by, that somebody should look at: the day's highest score of it, and why the
 * model gave that score.
 *
 * @param model name of the model
 * @param kind whether it is one of the day's highest or was raised at once
 * @param day the day of the event on the clock of the stated zone
 * @param time when it is raised, milliseconds since the epoch: {@link Kind#DAILY} the last millisecond of the day,
 *     {@link Kind#IMMEDIATE} the time of the event
 * @param place among the alerts of the day, 1 for the highest score; 0 for an immediate one, and before shards are merged
 * @param reportingId the card; empty if the event names none, which then stands for itself
 * @param id of the event with the score
 * @param eventTime of that event, milliseconds since the epoch
 * @param shard that scored it
 * @param score probability of the positive class, as predicted
 * @param modelVersion number of updates that the weights had seen
 * @param reasons what contributed most, by magnitude; may be empty
 */
public record Alert(
        String model,
        Kind kind,
        LocalDate day,
        long time,
        int place,
        String reportingId,
        EventId id,
        long eventTime,
        int shard,
        float score,
        long modelVersion,
        List<Reason> reasons)
        implements Ordered {

    /** When an alert is raised. Kinds keep their place: it is their code on the wire. */
    public enum Kind {
        /** At the day's end, within the day's budget. */
        DAILY,
        /** At once, because the score is above a threshold; the first of its card and day. */
        IMMEDIATE
    }

    /**
     * What one feature added to the score.
     *
     * @param feature its name
     * @param contribution in log-odds, summed over the feature's inputs; positive: it speaks for the positive class
     * @param input the feature's input that contributed most
     * @param value of that input, before it is standardised; NaN if missing
     */
    public record Reason(String feature, float contribution, String input, float value) {}

    public Alert {
        reasons = List.copyOf(reasons);
    }

    /** Equal for alerts of one card. An event without a card is one of its own. */
    public String card() {
        return reportingId.isEmpty() ? '\0' + id.toString() : reportingId;
    }

    public Alert withReasons(List<Reason> found) {
        return new Alert(model, kind, day, time, place, reportingId, id, eventTime, shard, score, modelVersion, found);
    }

    public Alert withPlace(int newPlace) {
        return new Alert(
                model, kind, day, time, newPlace, reportingId, id, eventTime, shard, score, modelVersion, reasons);
    }

    /** The same, raised at once. */
    public Alert raisedAtOnce() {
        return new Alert(
                model,
                Kind.IMMEDIATE,
                day,
                eventTime,
                0,
                reportingId,
                id,
                eventTime,
                shard,
                score,
                modelVersion,
                reasons);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }
}
