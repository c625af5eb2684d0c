package dev.millrace.pipeline;

import dev.millrace.events.LabelRange;
import dev.millrace.networks.Task;
import org.jspecify.annotations.Nullable;

/** Reads {@code range} and {@code clip} of the label of a regression. */
final class LabelRangeReader {

    private static final String REMEDY = "write the least and the greatest label, e.g. [1, 5]";

    private LabelRangeReader() {}

    /**
     * Null where none is stated, or a problem was found.
     *
     * @param task null where it is missing or wrong
     */
    static @Nullable LabelRange read(Section label, @Nullable Task task) {
        Place range = label.optional("range");
        Place clip = label.optional("clip");
        if (range == null) {
            if (clip != null) {
                clip.problem("makes sense with range only", "state the range, e.g. range: [1, 5], or remove it");
            }
            return null;
        }
        if (task != null && task != Task.REGRESSION) {
            range.problems()
                    .addWithoutValue(
                            range, "makes sense for a regression only", "remove it, or set model.task to regression");
            return null;
        }
        boolean clips = clip == null || readClip(clip);
        double[] limits = range.interval(REMEDY);
        return limits == null || task == null ? null : new LabelRange(limits[0], limits[1], clips);
    }

    private static boolean readClip(Place place) {
        if (!place.is("true") && !place.is("false")) {
            place.problem("must be true or false", "write false for scores that may lie beyond the range");
        }
        return place.is("true");
    }
}
