package dev.millrace.pipeline;

import dev.millrace.events.EventSchema;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
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
 * @param tables whose rows join each event, in this order
 * @param entities what their past adds to an event, one kind of entity after the other, in this order
 * @param features what an example holds, read from {@link #encodedSchema}: the inputs of the model; of a ranking the ids of user
 *     and item, in this order
 * @param embeddings those of the features that are rows of their own
 * @param ranking of whom and what; null exactly if the task is another
 * @param network the model; as many inputs as {@code features} give, of a ranking as many as {@code ranking} names
 */
public record Pipeline(
        String name,
        Map<String, String> kafka,
        EventStream events,
        LabelSource label,
        List<TableSource> tables,
        List<EntityFeatures> entities,
        FeatureSet features,
        EmbeddingSpec embeddings,
        @Nullable Ranking ranking,
        NetworkSpec network,
        Training training,
        Output output)
        implements Serializable {

    public Pipeline {
        tables = List.copyOf(tables);
        entities = List.copyOf(entities);
        kafka = Collections.unmodifiableMap(new TreeMap<>(kafka));
    }

    /** The schema of an event once the rows of side tables have joined it. */
    public EventSchema joinedSchema() {
        return events.schema()
                .joined(tables.stream()
                        .flatMap(table -> table.joinedFields().stream())
                        .toList());
    }

    /** The same with other tables, of the same fields. */
    public Pipeline withTables(List<TableSource> others) {
        return new Pipeline(
                name, kafka, events, label, others, entities, features, embeddings, ranking, network, training, output);
    }

    /** The schema of an event once every entity has added its numbers. */
    public EventSchema encodedSchema() {
        EventSchema schema = joinedSchema();
        for (EntityFeatures entity : entities) {
            schema = schema.with(entity.addedFields());
        }
        return schema;
    }

    /** The fields that name the entities of an event, in the order of {@link #entities}. */
    public List<String> entityFields() {
        return entities.stream().map(EntityFeatures::field).toList();
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
