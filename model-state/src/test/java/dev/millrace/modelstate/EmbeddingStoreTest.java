package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.StableHash;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingSlot;
import dev.millrace.networks.embeddings.EmbeddingSlot.Absent;
import dev.millrace.networks.embeddings.EmbeddingSlot.Pooling;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.networks.embeddings.RowOptimizer;
import dev.millrace.serializers.CodecSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingStoreTest {

    private static final long SEED = 42;
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final RowOptimizer ADAGRAD = new RowOptimizer.Adagrad(0.1f);
    private static final int ROOMY = 1_000_000;

    static List<Supplier<StateBackend>> backends() {
        return List.of(HashMapStateBackend::new, NamespacedStateTest::rocksDb);
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anIdIsAdmittedAtItsNthEvent(Supplier<StateBackend> backend) throws Exception {
        try (Run run = new Run(backend, table(3, ADAGRAD, new Admission.After(3), null))) {
            assertThat(run.use("u1", 1)).isNull();
            assertThat(run.use("u1", 2)).isNull();
            assertThat(run.use("u2", 3)).isNull();
            assertThat(run.store.find(0, "u1")).isNull();
            LiveRow row = run.use("u1", 4);
            assertThat(row.values())
                    .isEqualTo(table(3, ADAGRAD, Admission.ALWAYS, null)
                            .initialRow(Seeds.ofShard(SEED, 0), RowName.hashOfId("u1")));
            assertThat(run.store.find(0, "u1")).isSameAs(row);
            EmbeddingCounts counts = run.store.counts(0);
            assertThat(counts.created()).isEqualTo(2);
            assertThat(counts.admitted()).isEqualTo(1);
            assertThat(counts.unadmitted()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void occurrencesAreCountedOnAfterARestore(Supplier<StateBackend> backend) throws Exception {
        EmbeddingTable table = table(3, ADAGRAD, new Admission.After(3), null);
        OperatorSubtaskState snapshot;
        try (Run run = new Run(backend, table)) {
            run.use("u1", 1);
            run.use("u1", 2);
            snapshot = run.snapshot();
        }
        try (Run run = new Run(backend, table, ROOMY, ROOMY, snapshot)) {
            assertThat(run.use("u1", 3)).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void chanceAdmitsTheSameIdsAtTheSameEventsHoweverOftenItIsTried(Supplier<StateBackend> backend) throws Exception {
        EmbeddingTable table = table(1, ADAGRAD, new Admission.Chance(0.2f), null);
        List<List<Integer>> admitted = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            try (Run run = new Run(backend, table)) {
                List<Integer> first = new ArrayList<>();
                for (int id = 0; id < 500; id++) {
                    int event = 0;
                    while (run.store.use(0, 0, "u" + id, 1, 1_000L * id + event) == null) {
                        event++;
                    }
                    first.add(event);
                }
                admitted.add(first);
                assertThat(run.store.counts(0).created()).isEqualTo(500);
            }
        }
        assertThat(admitted.get(0)).isEqualTo(admitted.get(1));
        // Failures before a success of probability p: (1 − p) / p on average.
        assertThat(admitted.get(0).stream().mapToInt(event -> event).average().orElseThrow())
                .isEqualTo(4, within(0.5));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void aRowThatNoEventNamesExpires(Supplier<StateBackend> backend) throws Exception {
        try (Run run = new Run(backend, table(2, ADAGRAD, Admission.ALWAYS, Duration.ofHours(2)))) {
            run.use("gone", 10 * MINUTE);
            run.use("stays", 10 * MINUTE);
            run.use("stays", 90 * MINUTE);
            run.expireUntil(3 * HOUR);
            assertThat(run.store.find(0, "gone")).isNull();
            assertThat(run.store.find(0, "stays")).isNotNull();
            assertThat(run.entries()).containsExactly("stays");
            assertThat(run.store.counts(0).expired()).isEqualTo(1);
            run.expireUntil(4 * HOUR);
            assertThat(run.entries()).isEmpty();
            assertThat(run.stateEntries()).isZero();
            assertThat(run.hours).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void expiryGoesOnAfterARestore(Supplier<StateBackend> backend) throws Exception {
        EmbeddingTable table = table(2, ADAGRAD, Admission.ALWAYS, Duration.ofHours(2));
        OperatorSubtaskState snapshot;
        try (Run run = new Run(backend, table)) {
            run.use("gone", 10 * MINUTE);
            snapshot = run.snapshot();
        }
        try (Run run = new Run(backend, table, ROOMY, ROOMY, snapshot)) {
            run.store.expire(3 * HOUR);
            assertThat(run.entries()).isEmpty();
            assertThat(run.store.counts(0).expired()).isEqualTo(1);
        }
    }

    /** Whether a row is expired must not depend on whether the hour that looks at it has come. */
    @ParameterizedTest
    @MethodSource("backends")
    void aRowThatIsMetAfterItsTimeAndBeforeItsHourIsFresh(Supplier<StateBackend> backend) throws Exception {
        EmbeddingTable table = table(2, ADAGRAD, Admission.ALWAYS, Duration.ofHours(2));
        try (Run run = new Run(backend, table)) {
            LiveRow first = run.use("u1", 10 * MINUTE);
            float[] initial = first.values().clone();
            run.learn(first);
            assertThat(first.values()).isNotEqualTo(initial);
            // To the very millisecond it is still there.
            assertThat(run.use("u1", 130 * MINUTE).values()).isEqualTo(first.values());
            LiveRow second = run.use("u1", 251 * MINUTE);
            assertThat(second.values()).isEqualTo(initial);
            assertThat(second.occurrences()).isEqualTo(1);
            assertThat(run.store.counts(0).expired()).isEqualTo(1);
            run.learn(second);
            run.expireUntil(6 * HOUR);
            assertThat(run.store.find(0, "u1").values()).isEqualTo(second.values());
            run.expireUntil(8 * HOUR);
            assertThat(run.stateEntries()).isZero();
            assertThat(run.hours).isEmpty();
        }
    }

    /** However often a row is met too late, one hour to come looks at it: the state of hours does not grow. */
    @Test
    void oneHourLooksAtARowHoweverOftenItComesAgain() throws Exception {
        try (Run run = new Run(HashMapStateBackend::new, table(1, ADAGRAD, Admission.ALWAYS, Duration.ofMinutes(1)))) {
            for (int use = 0; use < 100; use++) {
                long time = use * 10 * MINUTE;
                run.expireUntil(time);
                run.use("u1", time);
                assertThat(run.looks()).isEqualTo(1);
            }
        }
    }

    @Test
    void anIdByChanceIsFreshWhenItIsAdmittedAgain() throws Exception {
        EmbeddingTable table = table(2, ADAGRAD, new Admission.Chance(0.3f), Duration.ofMinutes(1));
        try (Run run = new Run(HashMapStateBackend::new, table)) {
            long event = 0;
            while (run.store.use(0, 0, "u1", 0, event) == null) {
                event++;
            }
            run.learn(run.store.find(0, "u1"));
            LiveRow row = null;
            for (int i = 0; row == null; i++) {
                row = run.store.use(0, 0, "u1", 2 * MINUTE, 1_000 + i);
            }
            assertThat(row.occurrences()).isEqualTo(1);
            assertThat(row.values()).isEqualTo(table.initialRow(Seeds.ofShard(SEED, 0), RowName.hashOfId("u1")));
            assertThat(run.looks()).isEqualTo(1);
            run.expireUntil(2 * HOUR);
            assertThat(run.stateEntries()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anIdThatMeetsTheRowOfAnotherHasNone(Supplier<StateBackend> backend) throws Exception {
        try (Run run = new Run(backend, table(2, ADAGRAD, Admission.ALWAYS, null))) {
            run.put("u1", new StoredRow("another", 5, 7, 3, new float[] {1, 2}, new float[] {0.5f}));
            assertThat(run.use("u1", 8)).isNull();
            assertThat(run.store.find(0, "u1")).isNull();
            run.store.flush();
            assertThat(run.get("u1"))
                    .usingRecursiveComparison()
                    .isEqualTo(new StoredRow("another", 5, 7, 3, new float[] {1, 2}, new float[] {0.5f}));
            assertThat(run.store.counts(0).clashes()).isEqualTo(1);
            assertThat(run.store.counts(0).created()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void rowsThatPushEachOtherOutAreThoseThatStay(Supplier<StateBackend> backend) throws Exception {
        EmbeddingTable[] tables = {
            table("user", 3, new RowOptimizer.Adam(0.01f), new Admission.After(2), Duration.ofHours(3)),
            table("item", 2, ADAGRAD, Admission.ALWAYS, null),
            table("genre", 1, new RowOptimizer.Sgd(0.1f), new Admission.Chance(0.5f), Duration.ofMinutes(20))
        };
        List<Map<String, StoredRow>> contents = new ArrayList<>();
        List<Map<Integer, RowsDigest>> digests = new ArrayList<>();
        for (int[] limits : new int[][] {{ROOMY, ROOMY}, {1, 1}, {5, 1}, {1, ROOMY}, {ROOMY, 3}}) {
            try (Run run = new Run(backend, new EmbeddingSpec(List.of(tables), slots(3)), limits[0], limits[1], null)) {
                run.work(3, 400);
                assertThat(run.store.liveCount()).isLessThanOrEqualTo(limits[0]);
                assertThat(run.store.changedCount()).isLessThanOrEqualTo(limits[1]);
                digests.add(run.store.digests());
                contents.add(run.contents());
            }
        }
        assertThat(contents.get(0)).hasSizeGreaterThan(10);
        for (int i = 1; i < contents.size(); i++) {
            assertThat(contents.get(i)).usingRecursiveComparison().isEqualTo(contents.get(0));
            assertThat(digests.get(i)).isEqualTo(digests.get(0));
        }
    }

    @Test
    void bothBackendsHoldTheSameRowsAlsoAfterARestore() throws Exception {
        EmbeddingTable table =
                table("user", 3, new RowOptimizer.Adam(0.01f), new Admission.After(2), Duration.ofHours(3));
        List<Map<Integer, RowsDigest>> digests = new ArrayList<>();
        List<Map<String, StoredRow>> contents = new ArrayList<>();
        for (Supplier<StateBackend> backend : backends()) {
            OperatorSubtaskState snapshot;
            try (Run run = new Run(backend, table)) {
                run.work(1, 300);
                snapshot = run.snapshot();
                digests.add(run.store.digests());
                contents.add(run.contents());
            }
            try (Run run = new Run(backend, table, 1, 1, snapshot)) {
                digests.add(run.store.digests());
                contents.add(run.contents());
            }
        }
        assertThat(digests.get(0)).hasSize(2);
        assertThat(digests).allSatisfy(digest -> assertThat(digest).isEqualTo(digests.get(0)));
        assertThat(contents)
                .allSatisfy(content ->
                        assertThat(content).usingRecursiveComparison().isEqualTo(contents.get(0)));
    }

    @Test
    void aDigestTellsEveryRowAndNotTheirOrder() {
        RowName one = new RowName(1, 10);
        RowName two = new RowName(1, 11);
        RowsDigest first = RowsDigest.of(one, new StoredRow("a", 1, 2, 3, new float[] {1, 2}, new float[0]));
        RowsDigest second = RowsDigest.of(two, new StoredRow("b", 1, 2, 3, new float[] {1, 2}, new float[0]));
        assertThat(first.plus(second)).isEqualTo(second.plus(first)).isNotEqualTo(first.plus(first));
        assertThat(first.plus(RowsDigest.NONE)).isEqualTo(first);
        assertThat(RowsDigest.of(one, new StoredRow("a", 1, 2, 3, new float[] {1, 2.0000002f}, new float[0])))
                .isNotEqualTo(first);
        assertThat(RowsDigest.of(new RowName(2, 10), new StoredRow("a", 1, 2, 3, new float[] {1, 2}, new float[0])))
                .isNotEqualTo(first);
    }

    /** A row keeps its values and begins anew with the optimiser. */
    @ParameterizedTest
    @MethodSource("backends")
    void anotherOptimiserReadsOldRows(Supplier<StateBackend> backend) throws Exception {
        List<RowOptimizer> optimizers = List.of(new RowOptimizer.Sgd(0.1f), ADAGRAD, new RowOptimizer.Adam(0.1f));
        for (RowOptimizer before : optimizers) {
            for (RowOptimizer after : optimizers) {
                OperatorSubtaskState snapshot;
                float[] values;
                try (Run run = new Run(backend, table(3, before, Admission.ALWAYS, null))) {
                    LiveRow row = run.use("u1", 1);
                    run.learn(row);
                    values = row.values().clone();
                    snapshot = run.snapshot();
                }
                try (Run run = new Run(backend, table(3, after, Admission.ALWAYS, null), ROOMY, ROOMY, snapshot)) {
                    LiveRow row = run.use("u1", 2);
                    assertThat(row.values()).isEqualTo(values);
                    assertThat(row.occurrences()).isEqualTo(2);
                    assertThat(row.slots()).hasSize(after.slots(3));
                    run.learn(row);
                    assertThat(row.nextUpdate()).isEqualTo(before.equals(after) ? 3 : 2);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void otherDimensionsAreAClearError(Supplier<StateBackend> backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (Run run = new Run(backend, table(3, ADAGRAD, Admission.ALWAYS, null))) {
            run.use("u1", 1);
            snapshot = run.snapshot();
        }
        try (Run run = new Run(backend, table(4, ADAGRAD, Admission.ALWAYS, null), ROOMY, ROOMY, snapshot)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> run.use("u1", 2))
                    .withMessage("row 'u1' of embedding table 'user' must have 4 dimensions, got 3;"
                            + " start with as many as it was trained with, or give the table another name");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 359})
    void shardsHaveRowsOfTheirOwn(int shard) throws Exception {
        try (Run run = new Run(HashMapStateBackend::new, table(2, ADAGRAD, Admission.ALWAYS, null))) {
            run.operator.setCurrentKey(1_000);
            LiveRow other = run.store.use(7, 0, "u1", 1, 1);
            run.learn(other);
            run.operator.setCurrentKey(2_000);
            assertThat(run.store.find(0, "u1")).isNull();
            assertThat(run.store.use(shard, 0, "u1", 1, 1).values())
                    .isEqualTo(table(2, ADAGRAD, Admission.ALWAYS, null)
                            .initialRow(Seeds.ofShard(SEED, shard), RowName.hashOfId("u1")));
            run.operator.setCurrentKey(1_000);
            assertThat(run.store.find(0, "u1")).isSameAs(other);
        }
    }

    /** An id that occurs twice in a mini-batch learns once, from the sum. */
    @Test
    void gradientsOfARowAddUp() throws Exception {
        try (Run run = new Run(HashMapStateBackend::new, withoutPenalty(2))) {
            LiveRow row = run.use("u1", 1);
            float[] before = row.values().clone();
            run.store.addGradient(0, row, new float[] {9, 1, 2}, 1, 1);
            run.store.addGradient(0, row, new float[] {4, 8}, 0, 0.5f);
            run.store.learn();
            assertThat(row.values()).containsExactly(before[0] - 3, before[1] - 6);
            run.store.learn();
            assertThat(row.values()).containsExactly(before[0] - 3, before[1] - 6);
            assertThat(row.nextUpdate()).isEqualTo(2);
        }
    }

    @Test
    void twoTablesWhoseNamesHaveOneHashAreRefused() {
        // Found by search: 32 bits of hash meet after some 77,000 names.
        Map<Integer, String> seen = new TreeMap<>();
        String name = "t0";
        for (int i = 1; seen.putIfAbsent(RowName.hashOfTable(name), name) == null; i++) {
            name = "t" + i;
        }
        EmbeddingTable first = table(seen.get(RowName.hashOfTable(name)), 1, ADAGRAD, Admission.ALWAYS, null);
        EmbeddingTable second = table(name, 1, ADAGRAD, Admission.ALWAYS, null);
        EmbeddingSpec spec = new EmbeddingSpec(List.of(first, second), slots(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingStore(new Rows(spec, 1, 1), null, spec, SEED, 1, 1, time -> {}))
                .withMessage("embedding table '" + name
                        + "' must have a name whose hash no other table has; choose another name");
    }

    private static EmbeddingTable table(int dimensions, RowOptimizer optimizer, Admission admission, Duration expire) {
        return table("user", dimensions, optimizer, admission, expire);
    }

    private static EmbeddingTable withoutPenalty(int dimensions) {
        return new EmbeddingTable("user", dimensions, 0.1f, new RowOptimizer.Sgd(1), 0, Admission.ALWAYS, null);
    }

    private static EmbeddingTable table(
            String name, int dimensions, RowOptimizer optimizer, Admission admission, Duration expire) {
        return new EmbeddingTable(name, dimensions, 0.1f, optimizer, 0.001f, admission, expire);
    }

    private static List<EmbeddingSlot> slots(int tables) {
        return IntStream.range(0, tables)
                .mapToObj(table ->
                        new EmbeddingSlot("slot" + table, table, 4 * table, Pooling.MEAN, Absent.ZEROS, Absent.ZEROS))
                .toList();
    }

    /** A store in an operator, and the hours that it wants to be called at. */
    private static final class Run implements AutoCloseable {

        final KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness;
        final Rows operator;
        final EmbeddingStore store;
        final TreeSet<Long> hours;

        Run(Supplier<StateBackend> backend, EmbeddingTable table) throws Exception {
            this(backend, table, ROOMY, ROOMY, null);
        }

        Run(
                Supplier<StateBackend> backend,
                EmbeddingTable table,
                int liveLimit,
                int changedLimit,
                OperatorSubtaskState snapshot)
                throws Exception {
            this(backend, new EmbeddingSpec(List.of(table), slots(1)), liveLimit, changedLimit, snapshot);
        }

        Run(
                Supplier<StateBackend> backend,
                EmbeddingSpec spec,
                int liveLimit,
                int changedLimit,
                OperatorSubtaskState snapshot)
                throws Exception {
            operator = new Rows(spec, liveLimit, changedLimit);
            harness = new KeyedOneInputStreamOperatorTestHarness<>(operator, value -> value, Types.INT, 360, 1, 0);
            harness.setStateBackend(backend.get());
            harness.setup();
            if (snapshot != null) {
                harness.initializeState(snapshot);
            }
            harness.open();
            store = operator.store;
            hours = operator.hours;
            operator.setCurrentKey(1);
        }

        LiveRow use(String id, long time) throws Exception {
            return store.use(0, 0, id, time, StableHash.of(id, time));
        }

        void learn(LiveRow row) {
            float[] gradient = new float[row.values().length];
            gradient[0] = 1;
            store.addGradient(0, row, gradient, 0, 1);
            store.learn();
        }

        /** Of the current key. */
        void expireUntil(long time) throws Exception {
            while (!hours.isEmpty() && hours.first() <= time) {
                store.expire(hours.pollFirst());
            }
        }

        /** Events of two keys with ids of every table, learned in mini-batches; hours are those of both keys. */
        void work(int tables, int events) throws Exception {
            Random random = new Random(3);
            for (int event = 0; event < events; event++) {
                int shard = random.nextInt(2);
                long time = event * 2 * MINUTE;
                for (int key = 0; key < 2; key++) {
                    operator.setCurrentKey(key);
                    for (long hour : hours.headSet(time, true)) {
                        store.expire(hour);
                    }
                }
                hours.headSet(time, true).clear();
                operator.setCurrentKey(shard);
                for (int table = 0; table < tables; table++) {
                    LiveRow row = store.use(shard, table, "id" + random.nextInt(12), time, event);
                    LiveRow shared = row == null ? store.useShared(shard, table, "rare", time) : row;
                    float[] gradient = new float[shared.values().length];
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] = (float) random.nextGaussian();
                    }
                    store.addGradient(table, shared, gradient, 0, 1);
                }
                store.learn();
                store.settle();
                assertThat(operator.getCurrentKey()).isEqualTo(shard);
            }
        }

        void put(String id, StoredRow row) throws Exception {
            operator.rows().at(name(id)).update(row);
        }

        StoredRow get(String id) throws Exception {
            operator.setCurrentKey(1);
            return operator.rows().at(name(id)).value();
        }

        private static RowName name(String id) {
            return new RowName(RowName.hashOfTable("user"), RowName.hashOfId(id));
        }

        List<String> entries() throws Exception {
            return contents().values().stream().map(StoredRow::id).sorted().toList();
        }

        /** Every row in state. */
        Map<String, StoredRow> contents() throws Exception {
            store.flush();
            Map<String, StoredRow> contents = new TreeMap<>();
            KeyedStateBackend<Integer> backend = operator.getKeyedStateBackend();
            try (var names = backend.<RowName>getKeysAndNamespaces(EmbeddingStore.ROWS.getName())) {
                for (var name : names.toList()) {
                    operator.setCurrentKey(name.f0);
                    contents.put(
                            name.f0 + "/" + name.f1, operator.rows().at(name.f1).value());
                }
            }
            operator.setCurrentKey(1);
            return contents;
        }

        /** Rows that an hour to come looks at, as often as one does. */
        long looks() throws Exception {
            long looks = 0;
            KeyedStateBackend<Integer> backend = operator.getKeyedStateBackend();
            try (var names = backend.<RowName>getKeysAndNamespaces(EmbeddingStore.EXPIRING.getName())) {
                for (var name : names.toList()) {
                    operator.setCurrentKey(name.f0);
                    for (Long id : operator.expiring().at(name.f1).get()) {
                        assertThat(id).isNotNull();
                        looks++;
                    }
                }
            }
            operator.setCurrentKey(1);
            return looks;
        }

        long stateEntries() throws Exception {
            store.flush();
            operator.setCurrentKey(1);
            KeyedStateBackend<Integer> backend = operator.getKeyedStateBackend();
            long entries = 0;
            for (String state : List.of(EmbeddingStore.ROWS.getName(), EmbeddingStore.EXPIRING.getName())) {
                try (var names = backend.getKeysAndNamespaces(state)) {
                    entries += names.count();
                }
            }
            return entries;
        }

        OperatorSubtaskState snapshot() throws Exception {
            OperatorSubtaskState snapshot = harness.snapshot(1, 1);
            operator.setCurrentKey(1);
            return snapshot;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }

    /** Nothing but a store. */
    private static final class Rows extends AbstractStreamOperator<Integer>
            implements OneInputStreamOperator<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        private final EmbeddingSpec spec;
        private final int liveLimit;
        private final int changedLimit;
        final TreeSet<Long> hours = new TreeSet<>();
        transient EmbeddingStore store;

        Rows(EmbeddingSpec spec, int liveLimit, int changedLimit) {
            this.spec = spec;
            this.liveLimit = liveLimit;
            this.changedLimit = changedLimit;
        }

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            store = new EmbeddingStore(this, getKeyedStateBackend(), spec, SEED, liveLimit, changedLimit, hours::add);
        }

        @Override
        public void snapshotState(StateSnapshotContext context) throws Exception {
            store.flush();
            super.snapshotState(context);
        }

        NamespacedState<RowName, ValueState<StoredRow>> rows() throws Exception {
            return NamespacedState.values(
                    getKeyedStateBackend(), new CodecSerializer<>(RowName.CODEC), EmbeddingStore.ROWS);
        }

        NamespacedState<RowName, ListState<Long>> expiring() throws Exception {
            return NamespacedState.lists(
                    getKeyedStateBackend(), new CodecSerializer<>(RowName.CODEC), EmbeddingStore.EXPIRING);
        }

        @Override
        public void processElement(StreamRecord<Integer> element) {}
    }
}
