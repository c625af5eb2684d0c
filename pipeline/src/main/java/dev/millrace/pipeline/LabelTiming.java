package dev.millrace.pipeline;

import dev.millrace.features.labels.MissingLabel;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code wait}, {@code keep} and {@code missing} of a label that comes later than its event. */
record LabelTiming(Duration waitTime, Duration keepTime, MissingLabel missing) {

    private static final Map<String, MissingLabel> POLICIES = new LinkedHashMap<>();

    static {
        POLICIES.put("negative", MissingLabel.NEGATIVE);
        POLICIES.put("drop", MissingLabel.DROP);
    }

    /**
     * Null only if a problem was found.
     *
     * @param delay of a label inside the event; null: it has a topic of its own, or a problem
     */
    static @Nullable LabelTiming read(Section label, @Nullable Duration delay, @Nullable Task task) {
        boolean hasDelay = label.optional("delay") != null;
        String waitRemedy = "set it to how long a label may take before it counts as missing, e.g. 7d";
        Place waitPlace = hasDelay ? label.optional("wait") : label.required("wait", waitRemedy);
        Place keepPlace = label.optional("keep");
        Duration waitTime = waitPlace == null ? delay : waitPlace.duration(waitRemedy);
        Duration keepTime = keepPlace == null
                ? longer(waitTime, delay)
                : keepPlace.duration("set it to how long a label may still be revised, e.g. 30d");
        if (keepPlace != null && keepTime != null) {
            requireAtLeast(keepPlace, keepTime, "label.wait", waitTime);
            requireAtLeast(keepPlace, keepTime, "label.delay", waitPlace == null ? null : delay);
        }
        MissingLabel missing = readMissing(label.optional("missing"), task);
        return waitTime == null || keepTime == null ? null : new LabelTiming(waitTime, keepTime, missing);
    }

    private static @Nullable Duration longer(@Nullable Duration left, @Nullable Duration right) {
        return left == null || (right != null && right.compareTo(left) > 0) ? right : left;
    }

    private static void requireAtLeast(Place keepPlace, Duration keepTime, String key, @Nullable Duration least) {
        if (least != null && keepTime.compareTo(least) < 0) {
            keepPlace.problem(
                    "must be at least " + key + " (" + Durations.text(least) + ")",
                    "labels that come after keep are lost: raise it, or remove it");
        }
    }

    private static MissingLabel readMissing(@Nullable Place place, @Nullable Task task) {
        MissingLabel missing = place == null ? null : place.choice(POLICIES);
        if (missing == MissingLabel.NEGATIVE && place != null && task != null && task != Task.BINARY) {
            place.problem("must be drop unless model.task is binary", "write drop");
        }
        return missing == null ? Defaults.MISSING : missing;
    }
}
