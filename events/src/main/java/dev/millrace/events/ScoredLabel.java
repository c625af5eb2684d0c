package dev.millrace.events;

/**
 * A label beside the score its event was given when it happened: what quality is measured on.
 *
 * @param eventTime event time of the scored event, milliseconds since the epoch
 * @param time stream time of the label, milliseconds since the epoch
 * @param replaced the label that held until now; {@link Event#NO_LABEL} if there was none
 * @param replacedKind kind of the replaced label; {@link LabelKind#REAL} and without meaning if there was none
 * @param scores as in {@link Prediction}
 * @param modelVersion number of updates of the weights that scored
 */
public record ScoredLabel(
        String model,
        int shard,
        EventId id,
        long eventTime,
        long time,
        LabelKind kind,
        float label,
        float replaced,
        LabelKind replacedKind,
        float[] scores,
        long modelVersion)
        implements Ordered {

    public boolean replacesLabel() {
        return !Float.isNaN(replaced);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public int rank() {
        return time == eventTime ? RANK_LABEL_AT_EVENT : RANK_LATER_LABEL;
    }
}
