package dev.millrace.operators.router;

import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.operators.summary.LabelCounts;
import java.util.List;
import java.util.Locale;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of the {@link LabelRouter}: one gauge per outcome, for example
 * {@code …taskmanager.job.task.operator.labels.orphaned}, and the number of ids it remembers. They are part of the
 * checkpoint, so they count since the job began and not since it last restarted.
 */
public final class LabelRouterMetrics {

    /** Group of all of them. */
    public static final String GROUP = "labels";
    /** Event ids that are remembered now. */
    public static final String REMEMBERED = "remembered";

    private static final LabelOutcome[] OUTCOMES = LabelOutcome.values();

    private final long[] counts = new long[OUTCOMES.length];
    private long remembered;

    /** The gauge's name of an outcome: its own in camel case. */
    public static String nameOf(LabelOutcome outcome) {
        String[] words = outcome.name().toLowerCase(Locale.ROOT).split("_", -1);
        StringBuilder name = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return name.toString();
    }

    void register(MetricGroup operatorGroup) {
        MetricGroup group = operatorGroup.addGroup(GROUP);
        for (LabelOutcome outcome : OUTCOMES) {
            group.gauge(nameOf(outcome), () -> counts[outcome.ordinal()]);
        }
        group.gauge(REMEMBERED, () -> remembered);
    }

    void count(List<LabelOutcome> outcomes) {
        for (LabelOutcome outcome : outcomes) {
            counts[outcome.ordinal()]++;
        }
    }

    void remember(int change) {
        remembered += change;
    }

    LabelCounts snapshot(int subtask) {
        return new LabelCounts(subtask, remembered, counts);
    }

    /** Adds what another subtask, or this one before a restart, had counted. */
    void add(LabelCounts saved) {
        remembered += saved.remembered();
        for (LabelOutcome outcome : OUTCOMES) {
            counts[outcome.ordinal()] += saved.count(outcome);
        }
    }
}
