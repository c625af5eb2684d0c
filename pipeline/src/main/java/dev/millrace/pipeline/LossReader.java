package dev.millrace.pipeline;

import dev.millrace.networks.LossSpec;
import dev.millrace.networks.Task;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code loss}, which must suit the task. */
final class LossReader {

    private static final String CROSS_ENTROPY = "cross-entropy";
    private static final String SQUARED = "mean-squared-error";
    private static final String ABSOLUTE = "mean-absolute-error";

    private static final Set<String> LOSSES = new TreeSet<>(List.of(CROSS_ENTROPY, SQUARED, ABSOLUTE));

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
        boolean crossEntropy = variant.kind().equals(CROSS_ENTROPY);
        if (task != null && crossEntropy != (task != Task.REGRESSION)) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            variant.kind(),
                            crossEntropy
                                    ? "must be " + SQUARED + " or " + ABSOLUTE + " for a regression"
                                    : "must be " + CROSS_ENTROPY + " for classes",
                            "change it, remove it, or change model.task"));
            return null;
        }
        try (Section settings = variant.settings()) {
            if (crossEntropy) {
                return new LossSpec.CrossEntropy(settings == null ? 1 : readPositiveWeight(settings, task));
            }
            return variant.kind().equals(SQUARED) ? new LossSpec.MeanSquaredError() : new LossSpec.MeanAbsoluteError();
        }
    }

    private static float readPositiveWeight(Section settings, @Nullable Task task) {
        Place place = settings.optional("positive-weight");
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
}
