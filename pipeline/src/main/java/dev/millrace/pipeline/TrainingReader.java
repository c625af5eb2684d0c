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

    /**
     * @param task null where it is missing or wrong
     * @param ranking null where the pipeline is none
     */
    static Training read(
            @Nullable Place place, Fields fields, @Nullable Task task, RankingReader.@Nullable Draft ranking) {
        return ranking == null ? read(place, fields, task) : readOfRanking(place, fields, ranking);
    }

    /** Of a ranking, which learns from each event as it comes. */
    private static Training readOfRanking(@Nullable Place place, Fields fields, RankingReader.Draft ranking) {
        int shards = Defaults.SHARDS;
        String shardBy = ranking.user();
        try (Section section = place == null ? null : place.section("write shards or shard-by below it")) {
            if (section != null) {
                for (String key : new String[] {"batch", "max-delay", "negatives", "weight"}) {
                    section.refuse(
                            key,
                            "makes no sense in a ranking, where one event is one update",
                            key.equals("negatives")
                                    ? "remove it; ranking.negatives is the number of items drawn beside the one taken"
                                    : "remove it");
                }
                shards = readShards(section);
                String stated = readShardBy(section, fields);
                if (ranking.answers() && shardBy != null && stated != null && !stated.equals(shardBy)) {
                    section.required("shard-by", "")
                            .problem(
                                    "must be ranking.user (" + shardBy + ") where requests are answered",
                                    "remove it: a request names its user, and nothing else tells its shard");
                }
                shardBy = stated == null ? shardBy : stated;
            }
        }
        return new Training(shards, shardBy, 1, null, Defaults.NEGATIVES, null);
    }

    private static int readShards(Section section) {
        Place place = section.optional("shards");
        return place == null
                ? Defaults.SHARDS
                : place.integer(
                        Defaults.SHARDS,
                        1,
                        MOST_SHARDS,
                        "set it to the number of models that share the events out, e.g. 4");
    }

    private static @Nullable String readShardBy(Section section, Fields fields) {
        Place place = section.optional("shard-by");
        return place == null ? null : fields.name(place, EnumSet.allOf(FieldType.class));
    }

    private static Training read(@Nullable Place place, Fields fields, @Nullable Task task) {
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
                shards = readShards(section);
                Place batch = section.optional("batch");
                if (batch != null) {
                    batchRows = batch.integer(
                            batchRows, 1, MOST_BATCH_ROWS, "set it to the number of rows per update, e.g. 256");
                }
                shardBy = readShardBy(section, fields);
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
