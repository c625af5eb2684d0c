package dev.millrace.pipeline;

import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.networks.embeddings.RowOptimizer;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the rows of a table live and learn: stated for all tables in {@code model.embeddings}, and by each feature for its own. */
record EmbeddingSettings(
        float initialBound, RowOptimizer optimizer, float l2, Admission admission, @Nullable Duration expireAfter) {

    static final EmbeddingSettings USUAL = new EmbeddingSettings(
            EmbeddingTable.DEFAULT_INITIAL_BOUND,
            new RowOptimizer.Adagrad(RowOptimizer.Adagrad.DEFAULT_LEARNING_RATE),
            0,
            Admission.ALWAYS,
            null);

    private static final Set<String> OPTIMIZERS = new LinkedHashSet<>(List.of("sgd", "adagrad", "adam"));
    private static final int MOST_OCCURRENCES = 1_000_000;

    /** Of all tables. */
    static EmbeddingSettings read(@Nullable Place place) {
        if (place == null) {
            return USUAL;
        }
        try (Section section = place.section("write e.g. {optimizer: {adagrad: {learning-rate: 0.05}}}")) {
            return section == null ? USUAL : USUAL.with(section);
        }
    }

    /** These, but for what the section states. */
    EmbeddingSettings with(Section section) {
        Place initial = section.optional("initial");
        Place rows = section.optional("optimizer");
        Place penalty = section.optional("l2");
        Place expire = section.optional("expire");
        return new EmbeddingSettings(
                initial == null ? initialBound : initial.real(initialBound, Range.from(0, 10), "0.05 is usual"),
                rows == null ? optimizer : readOptimizer(rows),
                penalty == null ? l2 : penalty.real(l2, Range.from(0, 1), "0 leaves it out, 0.0001 is usual"),
                readAdmission(section),
                expire == null ? expireAfter : readExpiry(expire));
    }

    EmbeddingTable table(String name, int dimensions) {
        return new EmbeddingTable(name, dimensions, initialBound, optimizer, l2, admission, expireAfter);
    }

    private static RowOptimizer readOptimizer(Place place) {
        Variant variant = Variant.of(place, OPTIMIZERS);
        if (variant == null) {
            return USUAL.optimizer;
        }
        try (Section settings = variant.settings()) {
            return switch (variant.kind()) {
                case "sgd" -> new RowOptimizer.Sgd(rate(settings, RowOptimizer.Sgd.DEFAULT_LEARNING_RATE));
                case "adam" -> {
                    float usual = RowOptimizer.Adam.DEFAULT_LEARNING_RATE;
                    yield new RowOptimizer.Adam(
                            rate(settings, usual),
                            share(settings, "beta1", RowOptimizer.Adam.DEFAULT_BETA1),
                            share(settings, "beta2", RowOptimizer.Adam.DEFAULT_BETA2),
                            RowOptimizer.Adam.DEFAULT_EPSILON);
                }
                default ->
                    new RowOptimizer.Adagrad(
                            rate(settings, RowOptimizer.Adagrad.DEFAULT_LEARNING_RATE), initialSum(settings));
            };
        }
    }

    private static float rate(@Nullable Section settings, float usual) {
        Place place = settings == null ? null : settings.optional("learning-rate");
        return place == null ? usual : place.real(usual, Range.aboveAndAtMost(0, 1000), "set it to the size of a step");
    }

    private static float initialSum(@Nullable Section settings) {
        float usual = RowOptimizer.Adagrad.DEFAULT_INITIAL_SUM;
        Place place = settings == null ? null : settings.optional("initial-sum");
        return place == null ? usual : place.real(usual, Range.aboveAndAtMost(0, 1000), "leave it out");
    }

    private static float share(@Nullable Section settings, String key, float usual) {
        Place place = settings == null ? null : settings.optional(key);
        return place == null ? usual : place.real(usual, Range.fromAndBelow(0, 1), "leave it out");
    }

    private Admission readAdmission(Section section) {
        Place after = section.optional("admit-after");
        Place with = section.optional("admit-with");
        if (after != null && with != null) {
            with.problem("makes no sense beside admit-after", "remove one of the two");
            return admission;
        }
        if (after != null) {
            return new Admission.After(after.integer(
                    1, 1, MOST_OCCURRENCES, "set it to the number of events that an id must have, e.g. 5"));
        }
        if (with != null) {
            return new Admission.Chance(
                    with.real(1, Range.aboveAndAtMost(0, 1), "set it to the probability per event, e.g. 0.2"));
        }
        return admission;
    }

    private static @Nullable Duration readExpiry(Place place) {
        if (place.is("off")) {
            return null;
        }
        String remedy = "write off, or an event time such as 90d";
        Duration duration = place.duration(EntitiesReader.LONGEST_REACH, remedy);
        if (duration != null && duration.isZero()) {
            place.problem("must be above 0", remedy);
            return null;
        }
        return duration;
    }
}
