package dev.millrace.events;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Records with the values that codecs and orders get wrong first. The same ones every time. */
public final class Samples {

    /** Ids of every form: short and long integers, integers beyond a long, what only looks like one, other texts. */
    public static final List<EventId> IDS = List.of(
            EventId.of(42),
            EventId.of(0),
            EventId.of(-7),
            EventId.of(999_999_999_999_999_999L),
            EventId.of(Long.MAX_VALUE),
            EventId.of(Long.MIN_VALUE),
            EventId.of("123456789012345678901234567890"),
            EventId.of("-123456789012345678901234567890"),
            EventId.of("007"),
            EventId.of("-0"),
            EventId.of(""),
            EventId.of("-"),
            EventId.of("tx-1 äöü 交易 🧾\u0000\n"),
            EventId.of("x".repeat(10_000)));

    private static final long[] TIMES = {
        1_700_000_000_000L, 0, -1, 1, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, -62_135_596_800_000L
    };
    private static final float[] FLOATS = {
        1, 0, -0f, -1.5f, Float.NaN, Float.MAX_VALUE, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY
    };
    private static final String[] TEXTS = {"card 17", "", "äöü 交易 🧾", "a\u0000b", "\"quoted\\", "y".repeat(300)};

    private Samples() {}

    public static List<Event> events() {
        List<Event> events = new ArrayList<>();
        events.add(new Event(
                EventId.of(42), 1_700_000_000_000L, 1, new double[] {12.5, Double.NaN}, new String[] {null, "c1"}));
        events.add(new Event(EventId.of("e"), -1, Event.NO_LABEL, new double[0], new String[0]));
        events.add(new Event(
                EventId.of("all"),
                0,
                -0f,
                new double[] {-0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, -1},
                TEXTS.clone()));
        events.add(new Event(EventId.of("wide"), 0, 0, new double[20_000], new String[9_000]));
        each(
                16,
                (id, random) -> events.add(
                        new Event(id, time(random), number(random), new double[] {random.nextGaussian()}, new String[] {
                            text(random)
                        })));
        return events;
    }

    public static List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        examples.add(new Example(
                EventId.of(42), 1_700_000_000_000L, 3, Event.NO_LABEL, 1, "card 17", new float[] {0.5f, Float.NaN}));
        examples.add(new Example(EventId.of("wide"), 5, 0, 1, 0, "", new float[20_000]));
        String[][] bags = {{"u1"}, {}, {"drama", "", "\u00fc\uD83D\uDE00"}, new String[9_000]};
        Arrays.fill(bags[3], "i");
        examples.add(new Example(EventId.of("bags"), 5, 0, 1, 0, "", new float[] {1}, bags));
        each(
                16,
                (id, random) -> examples.add(new Example(
                        id,
                        time(random),
                        random.nextInt(1_000),
                        number(random),
                        number(random),
                        text(random),
                        floats(random))));
        return examples;
    }

    public static List<ResolvedLabel> resolvedLabels() {
        List<ResolvedLabel> labels = new ArrayList<>();
        labels.add(new ResolvedLabel(
                EventId.of("t-1"),
                1_700_000_000_000L,
                1_700_000_060_000L,
                LabelKind.REVISED,
                1,
                0,
                300,
                EntityIds.of("c1", null)));
        each(
                16,
                (id, random) -> labels.add(new ResolvedLabel(
                        id,
                        time(random),
                        time(random),
                        kind(random),
                        number(random),
                        number(random),
                        random.nextInt(1_000),
                        entities(random))));
        return labels;
    }

    public static List<RouterInput> routerInputs() {
        List<RouterInput> inputs = new ArrayList<>();
        inputs.add(new RoutedEvent(
                EventId.of(42), 1_700_000_000_000L, 3, EntityIds.of("c1", null), 1, 1_700_604_800_000L));
        inputs.add(new LabelRecord(EventId.of(42), 1_700_000_000_000L, 1));
        each(16, (id, random) -> {
            inputs.add(new RoutedEvent(
                    id, time(random), random.nextInt(1_000), entities(random), number(random), time(random)));
            inputs.add(new LabelRecord(id, time(random), number(random)));
        });
        return inputs;
    }

    public static List<AggregatesInput> aggregatesInputs() {
        List<AggregatesInput> inputs = new ArrayList<>(events());
        inputs.addAll(resolvedLabels());
        return inputs;
    }

    public static List<ShardInput> shardInputs() {
        List<ShardInput> inputs = new ArrayList<>(examples());
        inputs.addAll(resolvedLabels());
        inputs.addAll(recommendationRequests());
        return inputs;
    }

    public static List<RecommendationRequest> recommendationRequests() {
        return List.of(
                new RecommendationRequest(
                        EventId.of("r1"), 1_700_000_000_000L, 3, "ada", 10, List.of("a", "b"), List.of("c")),
                new RecommendationRequest(EventId.of(7), -1, 0, "", 1, List.of(), List.of()));
    }

    public static List<Recommendation> recommendations() {
        return List.of(
                new Recommendation(
                        "films",
                        EventId.of("r1"),
                        1_700_000_000_000L,
                        3,
                        "ada",
                        List.of(new Recommendation.Item("a", 0.5f), new Recommendation.Item("b", -1)),
                        Recommendation.Source.MODEL,
                        1,
                        42,
                        1_699_999_999_999L),
                new Recommendation(
                        "films",
                        EventId.of(7),
                        0,
                        0,
                        "",
                        List.of(),
                        Recommendation.Source.POPULARITY,
                        0,
                        0,
                        Long.MIN_VALUE));
    }

    public static List<Prediction> predictions() {
        List<Prediction> predictions = new ArrayList<>();
        predictions.add(new Prediction(
                "fraud", EventId.of(42), 1_700_000_000_000L, 1, new float[] {0.25f}, 300, Long.MIN_VALUE, "card 17"));
        each(
                16,
                (id, random) -> predictions.add(new Prediction(
                        text(random),
                        id,
                        time(random),
                        random.nextInt(1_000),
                        floats(random),
                        random.nextLong() >>> 1,
                        time(random),
                        text(random))));
        return predictions;
    }

    public static List<ScoredLabel> scoredLabels() {
        List<ScoredLabel> labels = new ArrayList<>();
        labels.add(new ScoredLabel(
                "fraud",
                1,
                EventId.of(42),
                1_700_000_000_000L,
                1_700_000_060_000L,
                LabelKind.REVISED,
                1,
                0,
                LabelKind.ASSUMED,
                new float[] {0.25f},
                300));
        each(
                16,
                (id, random) -> labels.add(new ScoredLabel(
                        text(random),
                        random.nextInt(1_000),
                        id,
                        time(random),
                        time(random),
                        kind(random),
                        number(random),
                        number(random),
                        kind(random),
                        floats(random),
                        random.nextLong() >>> 1)));
        return labels;
    }

    public static List<Alert> alerts() {
        List<Alert> alerts = new ArrayList<>();
        alerts.add(new Alert(
                "fraud",
                Alert.Kind.DAILY,
                LocalDate.of(2018, 8, 8),
                1_533_772_799_999L,
                1,
                "card 17",
                EventId.of(42),
                1_533_700_000_000L,
                3,
                0.75f,
                300,
                List.of(new Alert.Reason("amount", 1.5f, "log1p(amount)", 5))));
        each(
                16,
                (id, random) -> alerts.add(new Alert(
                        text(random),
                        Alert.Kind.values()[random.nextInt(2)],
                        LocalDate.ofEpochDay(random.nextInt()),
                        time(random),
                        random.nextInt(1_000),
                        text(random),
                        id,
                        time(random),
                        random.nextInt(1_000),
                        number(random),
                        random.nextLong() >>> 1,
                        reasons(random))));
        return alerts;
    }

    private static List<Alert.Reason> reasons(Random random) {
        List<Alert.Reason> reasons = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            reasons.add(new Alert.Reason(text(random), number(random), text(random), number(random)));
        }
        return reasons;
    }

    /** One record of every form of id, and more: {@code rounds} in all. */
    private interface Each {
        void accept(EventId id, Random random);
    }

    private static void each(int rounds, Each each) {
        Random random = new Random(rounds);
        for (int round = 0; round < rounds; round++) {
            each.accept(IDS.get(round % IDS.size()), random);
        }
    }

    private static long time(Random random) {
        return random.nextBoolean() ? TIMES[random.nextInt(TIMES.length)] : random.nextLong();
    }

    private static float number(Random random) {
        return FLOATS[random.nextInt(FLOATS.length)];
    }

    private static float[] floats(Random random) {
        float[] values = new float[random.nextInt(12)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextBoolean() ? number(random) : (float) random.nextGaussian();
        }
        return values;
    }

    private static EntityIds entities(Random random) {
        return random.nextBoolean() ? EntityIds.NONE : EntityIds.of(text(random), random.nextBoolean() ? null : "");
    }

    private static String text(Random random) {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private static LabelKind kind(Random random) {
        return LabelKind.values()[random.nextInt(LabelKind.values().length)];
    }
}
