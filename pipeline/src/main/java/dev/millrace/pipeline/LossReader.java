package dev.millrace.pipeline;

import dev.millrace.networks.LossSpec;
import dev.millrace.networks.LossSpec.Focal;
import dev.millrace.networks.LossSpec.Huber;
import dev.millrace.networks.Task;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code loss}, which must suit the task. */
final class LossReader {

    private static final String CROSS_ENTROPY = "cross-entropy";
    private static final String DELAYED_FEEDBACK = "delayed-feedback";
    private static final String FOCAL = "focal";
    private static final String HINGE = "hinge";
    private static final String SQUARED = "mean-squared-error";
    private static final String ABSOLUTE = "mean-absolute-error";
    private static final String HUBER = "huber";
    private static final String LISTWISE = "listwise-softmax";

    private static final Set<String> LOSSES =
            new TreeSet<>(List.of(CROSS_ENTROPY, DELAYED_FEEDBACK, FOCAL, HINGE, SQUARED, ABSOLUTE, HUBER, LISTWISE));

    private LossReader() {}

    /**
     * Null only if a problem was found.
     *
     * @param place null: the default of the task
     * @param task null where it is missing or wrong
     */
    static @Nullable LossSpec read(@Nullable Place place, @Nullable Task task) {
        if (place == null) {
            return task == null ? null : Defaults.loss(task);
        }
        Variant variant = Variant.of(place, LOSSES);
        if (variant == null) {
            return null;
        }
        if (task != null && !suits(variant.kind(), task)) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            variant.kind(),
                            "must be " + suitable(task),
                            "change it, remove it, or change model.task"));
            return null;
        }
        try (Section settings = variant.settings()) {
            return switch (variant.kind()) {
                case CROSS_ENTROPY ->
                    new LossSpec.CrossEntropy(
                            positiveWeight(settings, task),
                            real(settings, "label-smoothing", 0, Range.fromAndBelow(0, 1), "0.1 is usual"));
                case DELAYED_FEEDBACK -> new LossSpec.DelayedFeedback(positiveWeight(settings, task));
                case FOCAL ->
                    new Focal(
                            real(settings, "gamma", Focal.DEFAULT_GAMMA, Range.from(0, 10), "2 is usual"),
                            positiveWeight(settings, task));
                case HINGE -> new LossSpec.Hinge();
                case HUBER ->
                    new Huber(real(
                            settings,
                            "delta",
                            Huber.DEFAULT_DELTA,
                            Range.above(0),
                            "set it to the size of an ordinary error, e.g. 1"));
                case SQUARED -> new LossSpec.MeanSquaredError();
                case ABSOLUTE -> new LossSpec.MeanAbsoluteError();
                case LISTWISE -> new LossSpec.ListwiseSoftmax();
                default -> throw new AssertionError("no loss " + variant.kind());
            };
        }
    }

    private static boolean suits(String kind, Task task) {
        return switch (task) {
            case BINARY -> Set.of(CROSS_ENTROPY, DELAYED_FEEDBACK, FOCAL, HINGE).contains(kind);
            case MULTICLASS -> Set.of(CROSS_ENTROPY, FOCAL).contains(kind);
            case REGRESSION -> Set.of(SQUARED, ABSOLUTE, HUBER).contains(kind);
            case RANKING -> kind.equals(LISTWISE);
        };
    }

    private static String suitable(Task task) {
        return switch (task) {
            case BINARY ->
                CROSS_ENTROPY + ", " + DELAYED_FEEDBACK + ", " + FOCAL + " or " + HINGE + " for a binary task";
            case MULTICLASS -> CROSS_ENTROPY + " or " + FOCAL + " for several classes";
            case REGRESSION -> SQUARED + ", " + ABSOLUTE + " or " + HUBER + " for a regression";
            case RANKING -> LISTWISE + " for a ranking";
        };
    }

    private static float positiveWeight(@Nullable Section settings, @Nullable Task task) {
        Place place = settings == null ? null : settings.optional("positive-weight");
        if (place == null) {
            return 1;
        }
        if (task == Task.MULTICLASS) {
            place.problem("makes sense for a binary task only", "remove it");
            return 1;
        }
        return place.real(
                1,
                Range.aboveAndAtMost(0, 1_000_000),
                "set it to the factor of the loss of positives, at most negatives / positives");
    }

    private static float real(@Nullable Section settings, String key, float fallback, Range range, String remedy) {
        Place place = settings == null ? null : settings.optional(key);
        return place == null ? fallback : place.real(fallback, range, remedy);
    }
}
