package dev.millrace.pipeline;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where results go. The topics are different ones, and none is an input.
 *
 * @param recommendationsTopic null: nobody requests any
 * @param alerts null: none are raised
 */
public record Output(
        String predictionsTopic,
        String metricsTopic,
        String deadLettersTopic,
        @Nullable String recommendationsTopic,
        @Nullable AlertOutput alerts,
        Delivery delivery)
        implements Serializable {

    /** The topics of results, without that of dead letters. */
    public List<String> resultTopics() {
        List<String> topics = new ArrayList<>(List.of(predictionsTopic, metricsTopic));
        if (recommendationsTopic != null) {
            topics.add(recommendationsTopic);
        }
        if (alerts != null) {
            topics.add(alerts.topic());
        }
        return topics;
    }
}
