package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NamespacedStateTest {

    private static final int ENTRIES = 1_000;

    static List<Supplier<StateBackend>> backends() {
        return List.of(HashMapStateBackend::new, NamespacedStateTest::rocksDb);
    }

    static StateBackend rocksDb() {
        Configuration configuration = new Configuration();
        configuration.setString("state.backend.rocksdb.memory.managed", "false");
        return new EmbeddedRocksDBStateBackend().configure(configuration, NamespacedStateTest.class.getClassLoader());
    }

    @ParameterizedTest
    @MethodSource("backends")
    void entriesOfOneKeyAreApartAndSurviveARestore(Supplier<StateBackend> backend) throws Exception {
        OperatorSubtaskState snapshot;
        List<String> before;
        try (var harness = start(backend, null)) {
            Tables tables = tables(harness);
            fill(tables, 1);
            fill(tables, 2);
            tables.values.at(7L).clear();
            tables.lists.at(7L).clear();
            before = everything(tables);
            snapshot = harness.snapshot(1, 1);
        }
        assertThat(before).contains("1/6=value 6 of 1", "2/999=value 999 of 2", "1/6=[6, 7]", "2/7=null");
        try (var harness = start(backend, snapshot)) {
            assertThat(everything(tables(harness))).isEqualTo(before);
        }
    }

    @Test
    void bothBackendsAgree() throws Exception {
        List<List<String>> contents = new ArrayList<>();
        for (Supplier<StateBackend> backend : backends()) {
            try (var harness = start(backend, null)) {
                Tables tables = tables(harness);
                fill(tables, 1);
                for (long entry = 0; entry < ENTRIES; entry += 3) {
                    tables.values.at(entry).clear();
                    tables.lists.at(entry).add(-1L);
                }
                contents.add(everything(tables));
            }
        }
        assertThat(contents.get(0)).isEqualTo(contents.get(1));
    }

    /** One map state under one key would be one entry, copied as a whole when it is touched during a snapshot. */
    @Test
    void eachNamespaceIsAnEntryOfItsOwn() throws Exception {
        try (var harness = start(HashMapStateBackend::new, null)) {
            Tables tables = tables(harness);
            fill(tables, 1);
            assertThat(harness.numKeyedStateEntries()).isEqualTo(2 * ENTRIES);
            tables.backend.setCurrentKey(1);
            for (long entry = 0; entry < ENTRIES; entry++) {
                tables.values.at(entry).clear();
                tables.lists.at(entry).clear();
            }
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    private static void fill(Tables tables, int key) throws Exception {
        tables.backend.setCurrentKey(key);
        for (long entry = 0; entry < ENTRIES; entry++) {
            tables.values.at(entry).update("value " + entry + " of " + key);
            tables.lists.at(entry).add(entry);
            tables.lists.at(entry).add(entry + 1);
        }
    }

    private static List<String> everything(Tables tables) throws Exception {
        List<String> contents = new ArrayList<>();
        for (int key : new int[] {1, 2}) {
            tables.backend.setCurrentKey(key);
            for (long entry = 0; entry < ENTRIES; entry++) {
                contents.add(key + "/" + entry + "=" + tables.values.at(entry).value());
                Iterable<Long> list = tables.lists.at(entry).get();
                contents.add(key + "/" + entry + "=" + (list == null ? null : copyOf(list)));
            }
        }
        return contents;
    }

    private static List<Long> copyOf(Iterable<Long> list) {
        List<Long> copy = new ArrayList<>();
        list.forEach(copy::add);
        return copy;
    }

    private static Tables tables(KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> harness) {
        return ((Tables) harness.getOneInputOperator());
    }

    private static KeyedOneInputStreamOperatorTestHarness<Integer, Integer, Integer> start(
            Supplier<StateBackend> backend, OperatorSubtaskState snapshot) throws Exception {
        var harness = new KeyedOneInputStreamOperatorTestHarness<>(new Tables(), value -> value, Types.INT, 360, 1, 0);
        harness.setStateBackend(backend.get());
        harness.setup();
        if (snapshot != null) {
            harness.initializeState(snapshot);
        }
        harness.open();
        return harness;
    }

    /** Nothing but two namespaced states. */
    private static final class Tables extends AbstractStreamOperator<Integer>
            implements OneInputStreamOperator<Integer, Integer> {

        private static final long serialVersionUID = 1L;

        transient KeyedStateBackend<Integer> backend;
        transient NamespacedState<Long, ValueState<String>> values;
        transient NamespacedState<Long, ListState<Long>> lists;

        @Override
        public void initializeState(StateInitializationContext context) throws Exception {
            super.initializeState(context);
            backend = getKeyedStateBackend();
            values = NamespacedState.values(
                    backend, LongSerializer.INSTANCE, new ValueStateDescriptor<>("values", StringSerializer.INSTANCE));
            lists = NamespacedState.lists(
                    backend, LongSerializer.INSTANCE, new ListStateDescriptor<>("lists", LongSerializer.INSTANCE));
        }

        @Override
        public void processElement(StreamRecord<Integer> element) {}
    }
}
