package dev.millrace.pipeline;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where results go. The topics are different ones, and none is an input.
 *
 * @param alerts null: none are raised
 */
public record Output(
        String predictionsTopic,
        String metricsTopic,
        String deadLettersTopic,
        @Nullable AlertOutput alerts,
        Delivery delivery)
        implements Serializable {

    /** The topics of results, without that of dead letters. */
    public List<String> resultTopics() {
        return alerts == null
                ? List.of(predictionsTopic, metricsTopic)
                : List.of(predictionsTopic, metricsTopic, alerts.topic());
    }
}
