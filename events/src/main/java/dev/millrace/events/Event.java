package dev.millrace.events;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A parsed event: its declared fields in the slots of its {@link EventSchema}, its identity, time and, if the record
 * carries one, its label.
 */
public final class Event implements AggregatesInput {

    /** Stands for "no label" in every record that may carry one. */
    public static final float NO_LABEL = Float.NaN;

    private final EventId id;
    private final long time;
    private final float label;
    private final double[] numbers;
    private final @Nullable String[] texts;

    /**
     * Takes the arrays over: the caller does not change them afterwards.
     *
     * @param time event time, milliseconds since the epoch
     * @param label class index or regression target; {@link #NO_LABEL} if the record carries none
     * @param numbers one per numeric field; NaN where the value is missing
     * @param texts one per text field; null where the value is missing
     */
    public Event(EventId id, long time, float label, double[] numbers, @Nullable String[] texts) {
        this.id = id;
        this.time = time;
        this.label = label;
        this.numbers = numbers;
        this.texts = texts;
    }

    @Override
    public EventId id() {
        return id;
    }

    /** Event time, milliseconds since the epoch. */
    public long time() {
        return time;
    }

    public float label() {
        return label;
    }

    public boolean hasLabel() {
        return !Float.isNaN(label);
    }

    /** NaN where the value is missing. */
    public double number(int slot) {
        return numbers[slot];
    }

    /** Null where the value is missing. */
    public @Nullable String text(int slot) {
        return texts[slot];
    }

    /** This event with further numbers, in the slots of {@link EventSchema#with}. */
    public Event withNumbers(double[] more) {
        double[] all = Arrays.copyOf(numbers, numbers.length + more.length);
        System.arraycopy(more, 0, all, numbers.length, more.length);
        return new Event(id, time, label, all, texts);
    }

    /** This event with the fields of its rows in side tables, in the slots of {@link EventSchema#joined}. */
    public Event joined(double[] moreNumbers, @Nullable String[] moreTexts) {
        @Nullable String[] all = Arrays.copyOf(texts, texts.length + moreTexts.length);
        System.arraycopy(moreTexts, 0, all, texts.length, moreTexts.length);
        return new Event(id, time, label, numbers, all).withNumbers(moreNumbers);
    }

    int numberCount() {
        return numbers.length;
    }

    int textCount() {
        return texts.length;
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return RANK_EVENT;
    }

    @Override
    public String toString() {
        return "Event " + id + " at " + time;
    }
}
