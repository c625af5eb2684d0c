package dev.millrace.operators.featurizer;

import dev.millrace.events.Event;
import dev.millrace.events.Example;
import dev.millrace.events.ShardInput;
import dev.millrace.features.Category;
import dev.millrace.features.FeatureEncoder;
import dev.millrace.features.ShardAssignment;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.jspecify.annotations.Nullable;

/** Encodes an event into the inputs of the model, names its shard and weighs it. */
public final class Featurizer extends RichMapFunction<Event, ShardInput> {

    private static final long serialVersionUID = 1L;
    /** Of a row that states none. */
    private static final float WEIGHT = 1f;

    private static final int NO_SLOT = -1;

    private final FeaturizerOptions options;
    private final boolean labelled;

    private transient FeatureEncoder encoder;
    private transient ShardAssignment shards;
    private transient @Nullable Category reported;
    private transient int weightSlot;

    /** @param labelled whether an event's label is learned at once; otherwise the label router brings it */
    @SuppressWarnings("NullAway.Init") // transient fields are built in open
    public Featurizer(FeaturizerOptions options, boolean labelled) {
        this.options = options;
        this.labelled = labelled;
    }

    @Override
    public void open(OpenContext context) {
        encoder = new FeatureEncoder(options.schema(), options.features());
        new FeaturizerMetrics(options, encoder.counts())
                .register(getRuntimeContext().getMetricGroup());
        shards = new ShardAssignment(options.schema(), options.shards(), options.shardBy());
        reported = options.reportBy() == null ? null : new Category(options.schema(), options.reportBy());
        weightSlot = options.weight() == null ? NO_SLOT : options.schema().slot(options.weight());
    }

    @Override
    public ShardInput map(Event event) {
        return new Example(
                event.id(),
                event.time(),
                shards.shardOf(event),
                labelled ? event.label() : Event.NO_LABEL,
                weight(event),
                reportingId(event),
                encoder.encode(event),
                encoder.ids(event));
    }

    private float weight(Event event) {
        double weight = weightSlot == NO_SLOT ? Double.NaN : event.number(weightSlot);
        return Double.isNaN(weight) ? WEIGHT : (float) weight;
    }

    private String reportingId(Event event) {
        @Nullable String text = reported == null ? null : reported.of(event);
        return text == null ? "" : text;
    }
}
