package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code training}. */
final class TrainingReader {

    private static final int MOST_SHARDS = 100_000;
    private static final int MOST_BATCH_ROWS = 1_000_000;

    private TrainingReader() {}

    /** @param task null where it is missing or wrong */
    static Training read(@Nullable Place place, Fields fields, @Nullable Task task) {
        int shards = Defaults.SHARDS;
        String shardBy = null;
        int batchRows = Defaults.BATCH_ROWS;
        Duration maxDelay = null;
        float negatives = Defaults.NEGATIVES;
        String weight = null;
        if (place == null) {
            return new Training(shards, shardBy, batchRows, maxDelay, negatives, weight);
        }
        try (Section section =
                place.section("write shards, shard-by, batch, max-delay, negatives or weight below it")) {
            if (section != null) {
                Place shardsPlace = section.optional("shards");
                if (shardsPlace != null) {
                    shards = shardsPlace.integer(
                            shards, 1, MOST_SHARDS, "set it to the number of models that share the events out, e.g. 4");
                }
                Place batch = section.optional("batch");
                if (batch != null) {
                    batchRows = batch.integer(
                            batchRows, 1, MOST_BATCH_ROWS, "set it to the number of rows per update, e.g. 256");
                }
                Place shardByPlace = section.optional("shard-by");
                if (shardByPlace != null) {
                    shardBy = fields.name(shardByPlace, EnumSet.allOf(FieldType.class));
                }
                maxDelay = readMaxDelay(section.optional("max-delay"));
                negatives = readNegatives(section.optional("negatives"), task);
                Place weightPlace = section.optional("weight");
                if (weightPlace != null) {
                    weight = fields.name(weightPlace, EnumSet.of(FieldType.NUMBER));
                }
            }
        }
        return new Training(shards, shardBy, batchRows, maxDelay, negatives, weight);
    }

    private static float readNegatives(@Nullable Place place, @Nullable Task task) {
        if (place == null) {
            return Defaults.NEGATIVES;
        }
        if (task != null && task != Task.BINARY) {
            place.problem("makes sense for a binary task only", "remove it");
            return Defaults.NEGATIVES;
        }
        return place.real(
                Defaults.NEGATIVES,
                Range.aboveAndAtMost(0, 1),
                "set it to the share of negatives that is learned from, e.g. 0.1");
    }

    private static @Nullable Duration readMaxDelay(@Nullable Place place) {
        if (place == null || place.is("off")) {
            return null;
        }
        String remedy = "write off, or an event time such as 1h";
        Duration duration = place.duration(remedy);
        if (duration != null && duration.isZero()) {
            place.problem("must be above 0", remedy);
        }
        return duration;
    }
}
