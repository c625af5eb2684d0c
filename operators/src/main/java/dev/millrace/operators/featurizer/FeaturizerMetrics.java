package dev.millrace.operators.featurizer;

import dev.millrace.events.Field;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureCounts;
import java.util.List;
import org.apache.flink.metrics.MetricGroup;

/**
 * Metrics of the {@link Featurizer}, gauges per feature that reads a field of the record, for example {@code
 * …taskmanager.job.task.operator.features.feature.amount.missing}; {@code feature} is a variable of the group. They count
 * since the task began. What entities add has none: a history of ten steps would bring forty that say how young it is.
 */
public final class FeaturizerMetrics {

    /** Group of all of them. */
    public static final String GROUP = "features";
    /** Variable that holds the name of the feature. */
    public static final String FEATURE = "feature";
    /** Events without the value. */
    public static final String MISSING = "missing";
    /** Of a number: values beyond its range, or beyond that of a float. Of an embedding: ids that are too long. */
    public static final String OUT_OF_RANGE = "outOfRange";
    /** Of a one-hot: values that it does not list. */
    public static final String UNSEEN = "unseen";

    private final FeaturizerOptions options;
    private final List<FeatureCounts> counts;

    /** @param counts of each feature, in order */
    FeaturizerMetrics(FeaturizerOptions options, List<FeatureCounts> counts) {
        this.options = options;
        this.counts = counts;
    }

    void register(MetricGroup operatorGroup) {
        MetricGroup features = operatorGroup.addGroup(GROUP);
        for (int i = 0; i < counts.size(); i++) {
            Feature feature = options.features().features().get(i);
            FeatureCounts count = counts.get(i);
            if (!areDeclared(feature.fields())) {
                continue;
            }
            MetricGroup group = features.addGroup(FEATURE, feature.name());
            group.gauge(MISSING, count::missing);
            if (feature instanceof Feature.Numeric || feature instanceof Feature.Embedding) {
                group.gauge(OUT_OF_RANGE, count::outOfRange);
            }
            if (feature instanceof Feature.OneHot) {
                group.gauge(UNSEEN, count::unseen);
            }
        }
    }

    private boolean areDeclared(List<String> fields) {
        return options.schema().declaredFields().stream()
                .map(Field::name)
                .toList()
                .containsAll(fields);
    }
}
