package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.networks.Task;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code ranking}. */
final class RankingReader {

    private static final Set<FieldType> ID_TYPES = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
    private static final int MOST_LAST = 100;
    private static final int MOST_HISTORY = 1_000;
    private static final int MOST_NEGATIVES = 1_000;
    private static final int MOST_DIMENSIONS = 1_024;

    private static final Map<String, CandidateInput> INPUTS = new LinkedHashMap<>();

    static {
        for (CandidateInput input : CandidateInput.values()) {
            INPUTS.put(input.key(), input);
        }
    }

    private RankingReader() {}

    /**
     * What the other sections need of it.
     *
     * @param ranking null where it is missing or wrong
     * @param user the field, even where something else is wrong
     * @param answers whether somebody asks, by whatever topic
     * @param requests topic of the requests; null where it is missing or wrong
     */
    record Draft(@Nullable Ranking ranking, @Nullable String user, boolean answers, Topics.@Nullable Stated requests) {

        private static final Draft WRONG = new Draft(null, null, true, null);

        /** What an example holds; null where the ranking is missing or wrong. */
        FeaturesReader.@Nullable Draft examples() {
            return ranking == null
                    ? null
                    : new FeaturesReader.Draft(
                            ranking.ids(), List.of(), EmbeddingSpec.NONE, new InputGroup(), Map.of());
        }
    }

    /**
     * Whether the file is about a ranking; a problem where it says two things.
     *
     * @param task null where it is missing or wrong
     */
    static boolean isStated(Section file, @Nullable Task task) {
        Place place = file.optional("ranking");
        if (place != null && task != null && task != Task.RANKING) {
            file.refuse("ranking", "needs the task ranking", "set model.task to ranking, or remove it");
        }
        return task == Task.RANKING || (task == null && place != null);
    }

    /** @param fields of the events, those of side tables among them */
    static Draft read(Section file, Fields fields) {
        file.refuse(
                "label",
                "makes no sense in a ranking, where every event is an interaction",
                "remove it; events.where chooses the events that count, e.g. rating >= 4");
        file.refuse(
                "features",
                "makes no sense in a ranking, whose model sees what its users took",
                "remove it; ranking.inputs says what it sees of that");
        Place place = file.required("ranking", "name the fields that hold user and item, or change model.task");
        try (Section section = place == null ? null : place.section("write user and item below it")) {
            return section == null ? Draft.WRONG : readStated(section, fields);
        }
    }

    private static Draft readStated(Section section, Fields fields) {
        String user = readField(section, "user", "name the field that says who took the item, e.g. user_id", fields);
        String item = readField(section, "item", "name the field that says what was taken, e.g. item_id", fields);
        if (user != null && user.equals(item)) {
            section.required("item", "").problem("must be another field than ranking.user", "take another field");
            item = null;
        }
        Place requests = section.optional("requests");
        Topics.Stated topic = requests == null ? null : readTopic(requests);
        RankingSpec spec = readSpec(section);
        boolean complete = user != null && item != null && spec != null && (requests == null || topic != null);
        return new Draft(
                complete ? new Ranking(spec, user, item, topic == null ? null : topic.topic()) : null,
                user,
                requests != null,
                topic);
    }

    private static @Nullable String readField(Section section, String key, String remedy, Fields fields) {
        Place place = section.required(key, remedy);
        return place == null ? null : fields.name(place, ID_TYPES);
    }

    private static Topics.@Nullable Stated readTopic(Place place) {
        String remedy = "write requests: {topic: NAME}";
        try (Section section = place.section(remedy)) {
            return section == null
                    ? null
                    : Topics.read(section.required("topic", "write the name of the Kafka topic that requests come by"));
        }
    }

    private static @Nullable RankingSpec readSpec(Section section) {
        List<CandidateInput> inputs = readInputs(section.optional("inputs"));
        int last = readCount(
                section.optional("last"),
                RankingSpec.DEFAULT_LAST,
                MOST_LAST,
                "set it to how many of a user's newest items count most, e.g. 5");
        int history = readHistory(section.optional("history"), last);
        int negatives = readCount(
                section.optional("negatives"),
                RankingSpec.DEFAULT_NEGATIVES,
                MOST_NEGATIVES,
                "set it to the number of items drawn beside the one that was taken, e.g. 30");
        int dimensions = readVectors(section, inputs);
        Place measure = section.optional("measure");
        float measured = measure == null
                ? 1
                : measure.real(
                        1,
                        Range.aboveAndAtMost(0, 1),
                        "set it to the share of events that all items are ranked for, e.g. 0.1; it learns from all");
        boolean baselines = readBaselines(section.optional("baselines"));
        return inputs == null || inputs.contains(CandidateInput.SIMILARITY) != dimensions > 0
                ? null
                : new RankingSpec(inputs, last, history, negatives, dimensions, measured, baselines);
    }

    private static int readCount(@Nullable Place place, int fallback, int most, String remedy) {
        return place == null ? fallback : place.integer(fallback, 1, most, remedy);
    }

    private static int readHistory(@Nullable Place place, int last) {
        int fallback = Math.max(RankingSpec.DEFAULT_HISTORY, last);
        String remedy = "set it to how many of a user's newest items count at all, e.g. 20";
        int history = readCount(place, fallback, MOST_HISTORY, remedy);
        if (place != null && history < last) {
            place.problem("must be at least ranking.last (" + last + ")", remedy);
            return fallback;
        }
        return history;
    }

    /** Null only if a problem was found. */
    private static @Nullable List<CandidateInput> readInputs(@Nullable Place place) {
        if (place == null) {
            return RankingSpec.DEFAULT_INPUTS;
        }
        List<CandidateInput> inputs = new ArrayList<>();
        boolean complete = true;
        for (Place item : place.items("list what the model sees of an item, e.g. [last-pairs, count]")) {
            CandidateInput input = item.choice(INPUTS);
            if (input != null && inputs.contains(input)) {
                item.problem("must be listed once", "remove one of the two");
                complete = false;
            } else if (input != null) {
                inputs.add(input);
            }
            complete &= input != null;
        }
        return complete && !inputs.isEmpty() ? inputs : null;
    }

    /**
     * Dimensions of the vectors; 0 where there are none, or a problem was found.
     *
     * @param inputs null where they are wrong
     */
    private static int readVectors(Section section, @Nullable List<CandidateInput> inputs) {
        if (inputs == null) {
            section.optional("vectors");
            return 0;
        }
        if (!inputs.contains(CandidateInput.SIMILARITY)) {
            section.refuse(
                    "vectors",
                    "makes sense with the input similarity only",
                    "add similarity to ranking.inputs, or remove it");
            return 0;
        }
        String remedy = "set it to the dimensions of the vectors that similarity compares, e.g. 16";
        Place place = section.required("vectors", remedy);
        return place == null ? 0 : place.integer(0, 1, MOST_DIMENSIONS, remedy);
    }

    private static boolean readBaselines(@Nullable Place place) {
        if (place == null) {
            return false;
        }
        if (!place.is("true") && !place.is("false")) {
            place.problem("must be true or false", "write true to see what counting alone would rank");
        }
        return place.is("true");
    }
}
