package dev.millrace.events;

/**
 * The score of an event, stamped by the weights that gave it.
 *
 * @param model name of the model
 * @param time event time of the scored event, milliseconds since the epoch
 * @param scores binary: probability of the positive class; multiclass: one probability per class; regression: the value
 * @param modelVersion number of updates that the weights had seen
 * @param newestLabelTime stream time of the newest label that the weights had learned from, milliseconds since the
 *     epoch; {@link Long#MIN_VALUE} before the first
 * @param reportingId what predictions are grouped by in reports (card, user); may be empty
 */
public record Prediction(
        String model,
        EventId id,
        long time,
        int shard,
        float[] scores,
        long modelVersion,
        long newestLabelTime,
        String reportingId) {}
