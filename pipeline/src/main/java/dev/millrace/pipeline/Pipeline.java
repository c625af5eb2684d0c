package dev.millrace.pipeline;

import dev.millrace.features.FeatureSet;
import dev.millrace.networks.NetworkSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pipeline file says, complete and valid.
 *
 * @param name begins the names of topics and metrics
 * @param kafka properties of every Kafka client, by Kafka's own names ({@code bootstrap.servers}), sorted; may hold secrets
 * @param events the stream that is scored
 * @param label how its labels come
 * @param features the inputs of the model
 * @param network the model; as many inputs as {@code features} give
 */
public record Pipeline(
        String name,
        Map<String, String> kafka,
        EventStream events,
        LabelSource label,
        FeatureSet features,
        NetworkSpec network,
        Training training,
        Output output)
        implements Serializable {

    public Pipeline {
        kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    }

    /** The name of the model, in predictions, state and metrics. */
    public String modelName() {
        return name;
    }

    /** The field that predictions and alerts are grouped by in reports; null if the file names none. */
    public @Nullable String reportBy() {
        return output.alerts() == null ? training.shardBy() : output.alerts().by();
    }

    /** The name alone: properties of Kafka clients may hold passwords. */
    @Override
    public String toString() {
        return "Pipeline " + name;
    }
}
