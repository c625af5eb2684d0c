package dev.millrace.pipeline;

import dev.millrace.networks.LearningRateSchedule;
import dev.millrace.networks.LearningRateSchedule.Constant;
import dev.millrace.networks.LearningRateSchedule.Cosine;
import dev.millrace.networks.LearningRateSchedule.Exponential;
import dev.millrace.networks.LearningRateSchedule.Inverse;
import dev.millrace.networks.LearningRateSchedule.Step;
import dev.millrace.networks.LearningRateSchedule.WarmUp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code schedule} of an optimiser: a warm-up, what comes then, or both. */
final class ScheduleReader {

    private static final long MOST_UPDATES = 1_000_000_000_000L;
    private static final List<String> KINDS = List.of("step", "exponential", "inverse", "cosine");
    private static final String REMEDY = "write e.g. {warm-up: 1000, cosine: {updates: 100000, floor: 0.01}}";

    private ScheduleReader() {}

    /** Constant where something is wrong. */
    static LearningRateSchedule read(Place place) {
        try (Section section = place.section(REMEDY)) {
            if (section == null) {
                return new Constant();
            }
            Place warmUp = section.optional("warm-up");
            LearningRateSchedule then = null;
            int kinds = 0;
            for (String kind : KINDS) {
                Place settings = section.optional(kind);
                if (settings != null) {
                    kinds++;
                    then = readKind(kind, settings);
                }
            }
            if (kinds > 1 || (kinds == 0 && warmUp == null)) {
                place.problems().addWithoutValue(place, "must have one of " + String.join(", ", KINDS), REMEDY);
            }
            LearningRateSchedule schedule = then == null ? new Constant() : then;
            return warmUp == null
                    ? schedule
                    : new WarmUp(warmUp.integer(1L, 1, MOST_UPDATES, "set it to a number of updates"), schedule);
        }
    }

    private static @Nullable LearningRateSchedule readKind(String kind, Place place) {
        try (Section settings = place.section("write its settings as {key: value}")) {
            if (settings == null) {
                return null;
            }
            return switch (kind) {
                case "step" -> new Step(factor(settings), updates(settings, "every"));
                case "exponential" -> new Exponential(factor(settings), updates(settings, "every"));
                case "inverse" ->
                    new Inverse(
                            updates(settings, "every"),
                            real(
                                    settings.optional("power"),
                                    Inverse.DEFAULT_POWER,
                                    Range.aboveAndAtMost(0, 10),
                                    "the usual value is 1"));
                case "cosine" ->
                    new Cosine(
                            updates(settings, "updates"),
                            real(
                                    settings.optional("floor"),
                                    0,
                                    Range.from(0, 1),
                                    "set it to the share of the learning rate that remains"));
                default -> throw new AssertionError("no schedule " + kind);
            };
        }
    }

    private static float factor(Section settings) {
        String remedy = "set it to what remains of the learning rate, e.g. 0.5";
        return real(settings.required("factor", remedy), 1, Range.aboveAndAtMost(0, 1), remedy);
    }

    private static long updates(Section settings, String key) {
        String remedy = "set it to a number of updates, e.g. 10000";
        Place place = settings.required(key, remedy);
        return place == null ? 1 : place.integer(1L, 1, MOST_UPDATES, remedy);
    }

    private static float real(@Nullable Place place, float fallback, Range range, String remedy) {
        return place == null ? fallback : place.real(fallback, range, remedy);
    }
}
