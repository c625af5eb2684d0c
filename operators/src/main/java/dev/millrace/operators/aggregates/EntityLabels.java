package dev.millrace.operators.aggregates;

import dev.millrace.events.AggregatesInput;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.ShardInput;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Passes resolved labels on to the entities of one kind; those of events without such an entity end here. */
public final class EntityLabels implements FlatMapFunction<ShardInput, AggregatesInput> {

    private static final long serialVersionUID = 1L;

    private final int kind;

    /** @param kind place of the kind among those of the pipeline, from 0 */
    public EntityLabels(int kind) {
        this.kind = kind;
    }

    @Override
    public void flatMap(ShardInput input, Collector<AggregatesInput> out) {
        if (input instanceof ResolvedLabel label && label.entities().id(kind) != null) {
            out.collect(label);
        }
    }
}
