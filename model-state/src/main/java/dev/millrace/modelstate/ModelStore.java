package dev.millrace.modelstate;

import dev.millrace.networks.Engine;
import dev.millrace.networks.InputScaler;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.Weights;
import dev.millrace.serializers.CodecSerializer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The models of one subtask: those in use live, the others in keyed state.
 *
 * <p>A {@code value()} and an {@code update()} of even a small network cost RocksDB 40 to 90 µs, a score costs 2 µs. So
 * models stay live in a bounded, least-recently-used map; one that leaves it is written through, and all that changed is
 * written by {@link #flush} at the snapshot. Weights, updater state, scaler and mini-batch are separate states: scoring
 * alone rewrites none but the scaler.
 */
public final class ModelStore {

    private static final Logger LOG = LoggerFactory.getLogger(ModelStore.class);

    public static final ValueStateDescriptor<StoredWeights> WEIGHTS =
            new ValueStateDescriptor<>("weights", new CodecSerializer<>(StoredWeights.CODEC));
    public static final ValueStateDescriptor<StoredUpdater> UPDATER =
            new ValueStateDescriptor<>("updater", new CodecSerializer<>(StoredUpdater.CODEC));
    public static final ValueStateDescriptor<StoredScaler> SCALER =
            new ValueStateDescriptor<>("scaler", new CodecSerializer<>(StoredScaler.CODEC));
    public static final ValueStateDescriptor<StoredBatch> BATCH =
            new ValueStateDescriptor<>("mini-batch", new CodecSerializer<>(StoredBatch.CODEC));
    public static final ValueStateDescriptor<ShardProgress> PROGRESS =
            new ValueStateDescriptor<>("progress", new CodecSerializer<>(ShardProgress.CODEC));

    private final KeyContext keys;
    private final Engine engine;
    private final ModelShape shape;
    private final int liveLimit;
    private final LinkedHashMap<Object, LiveModel> live = new LinkedHashMap<>(16, 0.75f, true);

    private final ValueState<StoredWeights> weights;
    private final ValueState<StoredUpdater> updater;
    private final ValueState<StoredScaler> scaler;
    private final ValueState<StoredBatch> batch;
    private final ValueState<ShardProgress> progress;
    private boolean kernelReported;

    /**
     * @param keys the operator, whose current key says which model is meant
     * @param liveLimit how many models are held live at most, at least 1
     */
    public ModelStore(KeyContext keys, KeyedStateStore states, Engine engine, ModelShape shape, int liveLimit) {
        this.keys = keys;
        this.engine = engine;
        this.shape = shape;
        this.liveLimit = Math.max(1, liveLimit);
        this.weights = states.getState(WEIGHTS);
        this.updater = states.getState(UPDATER);
        this.scaler = states.getState(SCALER);
        this.batch = states.getState(BATCH);
        this.progress = states.getState(PROGRESS);
    }

    /** The model of the current key, which is {@code shard}'s; a fresh one if there is none yet. */
    public LiveModel of(int shard) throws Exception {
        LiveModel model = ofCurrentKey();
        return model != null ? model : hold(fresh(shard));
    }

    /** The model of the current key; null if it has none. */
    public @Nullable LiveModel ofCurrentKey() throws Exception {
        LiveModel model = live.get(keys.getCurrentKey());
        if (model != null) {
            return model;
        }
        ShardProgress stored = progress.value();
        return stored == null ? null : hold(load(stored));
    }

    /** Writes everything that has changed since the last time. Leaves another current key than it found. */
    public void flush() throws Exception {
        for (Map.Entry<Object, LiveModel> entry : live.entrySet()) {
            keys.setCurrentKey(entry.getKey());
            write(entry.getValue());
        }
    }

    public int liveCount() {
        return live.size();
    }

    private LiveModel hold(LiveModel model) throws Exception {
        Object current = keys.getCurrentKey();
        if (live.size() >= liveLimit) {
            Iterator<Map.Entry<Object, LiveModel>> eldest = live.entrySet().iterator();
            Map.Entry<Object, LiveModel> entry = eldest.next();
            keys.setCurrentKey(entry.getKey());
            write(entry.getValue());
            keys.setCurrentKey(current);
            eldest.remove();
        }
        live.put(current, model);
        return model;
    }

    private LiveModel fresh(int shard) {
        LiveModel model = new LiveModel(
                engine.initialWeights(Seeds.ofShard(engine.spec().seed(), shard)),
                new InputScaler(shape.standardised()),
                new MiniBatch(),
                new ShardProgress(shard, Long.MIN_VALUE, 0, 0, 0));
        model.weightsChanged = true;
        model.scalerChanged = true;
        return model;
    }

    private LiveModel load(ShardProgress stored) throws Exception {
        StoredWeights parameters = weights.value();
        StoredUpdater slots = updater.value();
        StoredScaler statistics = scaler.value();
        StoredBatch rows = batch.value();
        if (parameters == null || slots == null || statistics == null) {
            throw new IllegalStateException("the state of shard " + stored.shard()
                    + " must hold weights, updater state and scaler, and lacks one: the snapshot is incomplete");
        }
        checkShape(stored.shard(), parameters, slots);
        checkKernel(stored.shard(), parameters);
        return new LiveModel(
                new Weights(parameters.parameters().clone(), slots.slots().clone(), parameters.updates()),
                new InputScaler(shape.standardised(), statistics.counts(), statistics.means(), statistics.squares()),
                rows == null ? new MiniBatch() : new MiniBatch(rows, shape.standardised().length),
                stored);
    }

    private void checkShape(int shard, StoredWeights parameters, StoredUpdater slots) {
        if (!parameters.network().equals(shape.description())) {
            throw new IllegalStateException(
                    "the weights of shard " + shard + " must belong to the network of the pipeline, "
                            + shape.description() + ", got those of " + parameters.network()
                            + "; start with the features and layers they were trained with, or without this savepoint");
        }
        if (slots.slots().length != engine.updaterStateCount()) {
            throw new IllegalStateException("the updater state of shard " + shard + " must hold "
                    + engine.updaterStateCount() + " values for optimizer "
                    + engine.spec().optimizer() + ", got "
                    + slots.slots().length + "; start with the optimizer it was trained with");
        }
    }

    private void checkKernel(int shard, StoredWeights parameters) {
        if (!kernelReported && !parameters.kernel().equals(engine.kernel())) {
            kernelReported = true;
            LOG.warn(
                    "Weights of shard {} were computed by kernel {} and go on with {}: from here on their last bits"
                            + " differ from an uninterrupted run",
                    shard,
                    parameters.kernel(),
                    engine.kernel());
        }
    }

    private void write(LiveModel model) throws Exception {
        boolean anything = model.weightsChanged || model.scalerChanged || model.batchChanged || model.delaysChanged;
        if (model.weightsChanged) {
            Weights current = model.weights();
            weights.update(new StoredWeights(
                    shape.description(),
                    engine.kernel(),
                    current.updates(),
                    current.parameters().clone()));
            updater.update(new StoredUpdater(current.updaterState().clone()));
            model.weightsChanged = false;
        }
        if (model.scalerChanged) {
            InputScaler current = model.scaler();
            scaler.update(new StoredScaler(current.counts(), current.means(), current.squares()));
            model.scalerChanged = false;
        }
        if (model.batchChanged) {
            if (model.batch().rows() == 0) {
                batch.clear();
            } else {
                batch.update(model.batch().store(shape.standardised().length));
            }
            model.batchChanged = false;
        }
        if (anything) {
            progress.update(model.progress());
            model.delaysChanged = false;
        }
    }
}
