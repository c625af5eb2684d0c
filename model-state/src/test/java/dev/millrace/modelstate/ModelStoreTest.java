package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class ModelStoreTest {

    private static final boolean[] STANDARDISED = {true, false};
    private static final ModelShape SHAPE = ModelShape.of(network(), List.of("a", "b"), STANDARDISED);

    private final States states = new States();

    @Test
    void aFreshModelDependsOnTheSeedOfItsShardAndNotOnItsKey() throws Exception {
        states.setCurrentKey(77);
        LiveModel model = store(1).of(3);
        assertThat(model.shard()).isEqualTo(3);
        assertThat(model.weights().parameters())
                .isEqualTo(new AddingEngine("k")
                        .initialWeights(Seeds.ofShard(network().seed(), 3))
                        .parameters());
    }

    @Test
    void aKeyWithoutAModelHasNoneUntilItsShardIsNamed() throws Exception {
        ModelStore store = store(2);
        states.setCurrentKey(1);
        assertThat(store.ofCurrentKey()).isNull();
        LiveModel model = store.of(0);
        assertThat(store.ofCurrentKey()).isSameAs(model);
    }

    @Test
    void aModelThatWasPushedOutComesBackWithTheSameBits() throws Exception {
        ModelStore crowded = store(1);
        States others = new States();
        ModelStore roomy = new ModelStore(others, others.store(), new AddingEngine("k"), SHAPE, 9);
        for (int round = 0; round < 20; round++) {
            for (int key = 0; key < 3; key++) {
                states.setCurrentKey(key);
                work(crowded.of(key), round);
                others.setCurrentKey(key);
                work(roomy.of(key), round);
            }
        }
        assertThat(crowded.liveCount()).isEqualTo(1);
        assertThat(roomy.liveCount()).isEqualTo(3);
        crowded.flush();
        roomy.flush();
        assertThat(states.contents()).isEqualTo(others.contents());
    }

    @Test
    void theLeastRecentlyUsedModelIsPushedOut() throws Exception {
        ModelStore store = store(2);
        states.setCurrentKey(1);
        LiveModel first = store.of(1);
        states.setCurrentKey(2);
        LiveModel second = store.of(2);
        states.setCurrentKey(1);
        assertThat(store.of(1)).isSameAs(first);
        states.setCurrentKey(3);
        store.of(3);
        assertThat(states.getCurrentKey()).isEqualTo(3);
        states.setCurrentKey(1);
        assertThat(store.of(1)).isSameAs(first);
        states.setCurrentKey(2);
        assertThat(store.of(2)).isNotSameAs(second);
    }

    @Test
    void flushWritesOnlyWhatHasChanged() throws Exception {
        ModelStore store = store(2);
        states.setCurrentKey(1);
        LiveModel model = store.of(0);
        store.flush();
        assertThat(states.takeWrites()).containsExactlyInAnyOrder("weights", "updater", "scaler", "progress");

        store.flush();
        assertThat(states.takeWrites()).isEmpty();

        model.scaler().update(new float[] {1, 2});
        model.countScored();
        store.flush();
        assertThat(states.takeWrites()).containsExactlyInAnyOrder("scaler", "progress");

        model.batch().add(new float[] {1, 2}, 1, 1, 10);
        model.batchChanged();
        store.flush();
        assertThat(states.takeWrites()).containsExactlyInAnyOrder("mini-batch", "progress");

        model.countRefused();
        store.flush();
        assertThat(states.takeWrites()).containsExactlyInAnyOrder("mini-batch cleared", "progress");

        model.batch().add(new float[] {1, 2}, 1, 1, 11);
        model.countTrained();
        store.flush();
        assertThat(states.takeWrites())
                .containsExactlyInAnyOrder("weights", "updater", "mini-batch cleared", "progress");
    }

    @Test
    void stateNeverHoldsALiveArray() throws Exception {
        ModelStore store = store(2);
        states.setCurrentKey(1);
        work(store.of(0), 1);
        store.flush();
        Map<String, String> before = states.contents();
        LiveModel model = store.of(0);
        Arrays.fill(model.weights().parameters(), 9);
        Arrays.fill(model.weights().updaterState(), 9);
        model.scaler().update(new float[] {9, 9});
        Arrays.fill(model.batch().labels(), 9);
        assertThat(states.contents()).isEqualTo(before);

        Arrays.fill(store(2).of(0).weights().parameters(), 9);
        assertThat(states.contents()).isEqualTo(before);
    }

    @Test
    void progressIsCountedAcrossARestore() throws Exception {
        ModelStore store = store(2);
        states.setCurrentKey(1);
        for (int round = 0; round < 3; round++) {
            work(store.of(5), round);
        }
        store.flush();
        LiveModel restored = store(2).ofCurrentKey();
        assertThat(restored.progress()).isEqualTo(new ShardProgress(5, 110, 3, 3, 0));
        assertThat(restored.weights().updates()).isEqualTo(3);
        assertThat(restored.batch().rows()).isEqualTo(3);
    }

    @Test
    void weightsOfOtherFeaturesOrLayersAreRefusedWithBothAndTheRemedy() throws Exception {
        saveOneModel();
        ModelShape other = ModelShape.of(network(), List.of("a", "c"), STANDARDISED);
        ModelStore store = new ModelStore(states, states.store(), new AddingEngine("k"), other, 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> store.of(0))
                .withMessageContaining("shard 0")
                .withMessageContaining("[a, c] → 2 → 1 binary")
                .withMessageContaining("[a, b] → 2 → 1 binary")
                .withMessageContaining("start with the features and layers they were trained with");
    }

    @Test
    void theUpdaterStateOfAnotherOptimizerIsRefusedWithTheRemedy() throws Exception {
        saveOneModel();
        ModelStore store = new ModelStore(
                states,
                states.store(),
                new AddingEngine("k") {
                    @Override
                    public int updaterStateCount() {
                        return 99;
                    }
                },
                SHAPE,
                1);
        assertThatIllegalStateException()
                .isThrownBy(() -> store.of(0))
                .withMessageContaining("99 values for optimizer Sgd")
                .withMessageContaining("start with the optimizer it was trained with");
    }

    @Test
    void aSnapshotThatLacksAPartIsRefused() throws Exception {
        saveOneModel();
        states.remove("scaler");
        assertThatIllegalStateException()
                .isThrownBy(() -> store(1).of(0))
                .withMessageContaining("the snapshot is incomplete");
    }

    @Test
    void anotherKernelIsReportedOnceAndStoredFromThenOn() throws Exception {
        for (int key = 0; key < 3; key++) {
            states.setCurrentKey(key);
            ModelStore store = store(1);
            work(store.of(key), 1);
            store.flush();
        }
        List<String> warnings = new ArrayList<>();
        try (Warnings captured = new Warnings(warnings)) {
            ModelStore store = new ModelStore(states, states.store(), new AddingEngine("other"), SHAPE, 1);
            for (int key = 0; key < 3; key++) {
                states.setCurrentKey(key);
                work(store.of(key), 2);
            }
            store.flush();
            assertThat(captured).isNotNull();
        }
        assertThat(warnings).singleElement().asString().contains("kernel k").contains("go on with other");
        states.setCurrentKey(0);
        assertThat(states.store().getState(ModelStore.WEIGHTS).value().kernel()).isEqualTo("other");
    }

    @Test
    void aShapeNamesEveryInputOfItsNetwork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelShape.of(network(), List.of("a"), STANDARDISED))
                .withMessageContaining(
                        "a network of 2 inputs, 2 of them numbers, needs as many names and flags, got 1 and 2");
    }

    private void saveOneModel() throws Exception {
        states.setCurrentKey(1);
        ModelStore store = store(1);
        work(store.of(0), 1);
        store.flush();
    }

    private ModelStore store(int liveLimit) {
        return new ModelStore(states, states.store(), new AddingEngine("k"), SHAPE, liveLimit);
    }

    /** Scores one row, trains one, leaves one waiting. */
    private static void work(LiveModel model, int round) {
        float[] row = {round, model.shard()};
        model.scaler().update(row);
        model.countScored();
        MiniBatch waiting = new MiniBatch();
        for (int i = 0; i < model.batch().rows(); i++) {
            waiting.add(model.batch().input(i), model.batch().labels()[i], 1, 100);
        }
        model.batch().clear();
        model.batch().add(row, 1, 1, 110);
        model.weights().parameters()[0] += round;
        model.weights().countUpdate();
        model.countTrained();
        for (int i = 0; i < waiting.rows(); i++) {
            model.batch().add(waiting.input(i), waiting.labels()[i], 1, 100);
        }
        model.batch().add(row, round, 1, 100);
        model.batchChanged();
    }

    private static NetworkSpec network() {
        return new NetworkSpec(
                2,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(2, Activation.RELU)),
                new LossSpec.CrossEntropy(1),
                new OptimizerSpec.Sgd(0.1f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
    }

    /** An engine as far as a store asks one: it makes fresh weights and names its kernel. */
    private static class AddingEngine implements Engine {

        private final String kernel;

        AddingEngine(String kernel) {
            this.kernel = kernel;
        }

        @Override
        public NetworkSpec spec() {
            return network();
        }

        @Override
        public EngineChoice choice() {
            return EngineChoice.FUSED;
        }

        @Override
        public int parameterCount() {
            return 9;
        }

        @Override
        public int updaterStateCount() {
            return 4;
        }

        @Override
        public String kernel() {
            return kernel;
        }

        @Override
        public Weights initialWeights(long seed) {
            float[] parameters = new float[9];
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = Seeds.mix(seed, i) / 1e18f;
            }
            return new Weights(parameters, new float[4], 0);
        }

        @Override
        public void score(Weights weights, float[] inputs, int rows, float[] scores) {
            throw new UnsupportedOperationException("a store scores nothing");
        }

        @Override
        public float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows) {
            throw new UnsupportedOperationException("a store trains nothing");
        }

        @Override
        public float fit(
                Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows, float[] inputGradients) {
            throw new UnsupportedOperationException("a store trains nothing");
        }

        @Override
        public void inputGradient(Weights weights, float[] row, int output, float[] gradient) {
            throw new UnsupportedOperationException("a store needs no gradient");
        }

        @Override
        public void close() {}
    }

    /** Keyed state in a map, which counts what is written. Values are held as they are handed over, like on the heap. */
    private static final class States implements KeyContext {

        private final Map<String, Object> entries = new TreeMap<>();
        private final List<String> writes = new ArrayList<>();
        private Object key = 0;

        @Override
        public void setCurrentKey(Object newKey) {
            key = newKey;
        }

        @Override
        public Object getCurrentKey() {
            return key;
        }

        List<String> takeWrites() {
            List<String> taken = List.copyOf(writes);
            writes.clear();
            return taken;
        }

        void remove(String name) {
            entries.keySet().removeIf(entry -> entry.startsWith(name + "@"));
        }

        /** Every entry as its bytes. */
        Map<String, String> contents() {
            Map<String, String> contents = new TreeMap<>();
            entries.forEach((name, value) -> contents.put(name, HexFormat.of().formatHex(bytes(value))));
            return contents;
        }

        private static byte[] bytes(Object value) {
            if (value instanceof StoredWeights stored) {
                return StoredWeights.CODEC.toBytes(stored);
            } else if (value instanceof StoredUpdater stored) {
                return StoredUpdater.CODEC.toBytes(stored);
            } else if (value instanceof StoredScaler stored) {
                return StoredScaler.CODEC.toBytes(stored);
            } else if (value instanceof StoredBatch stored) {
                return StoredBatch.CODEC.toBytes(stored);
            }
            return ShardProgress.CODEC.toBytes((ShardProgress) value);
        }

        /** The one method of the interface that a model store calls. */
        KeyedStateStore store() {
            return (KeyedStateStore) Proxy.newProxyInstance(
                    States.class.getClassLoader(),
                    new Class<?>[] {KeyedStateStore.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("getState")) {
                            return stateOf(((ValueStateDescriptor<?>) arguments[0]).getName());
                        }
                        throw new UnsupportedOperationException(method.getName());
                    });
        }

        private ValueState<Object> stateOf(String name) {
            return new ValueState<>() {
                @Override
                public Object value() {
                    return entries.get(name + "@" + key);
                }

                @Override
                public void update(Object value) {
                    writes.add(name);
                    entries.put(name + "@" + key, value);
                }

                @Override
                public void clear() {
                    writes.add(name + " cleared");
                    entries.remove(name + "@" + key);
                }
            };
        }
    }

    /** Collects what the store logs, while it is open. */
    private static final class Warnings extends AbstractAppender implements AutoCloseable {

        private final List<String> messages;
        private final Logger logger = (Logger) LogManager.getLogger(ModelStore.class);

        Warnings(List<String> messages) {
            super("warnings", null, null, true, Property.EMPTY_ARRAY);
            this.messages = messages;
            Configurator.setLevel(logger, Level.WARN);
            start();
            logger.addAppender(this);
        }

        @Override
        public void append(LogEvent event) {
            messages.add(event.getMessage().getFormattedMessage());
        }

        @Override
        public void close() {
            logger.removeAppender(this);
            stop();
        }
    }
}
