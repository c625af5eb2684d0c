package dev.millrace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operators.order.Order;
import dev.millrace.operators.order.OrderedOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every stateful operator must do: taken down after any step of a script and brought up again from its snapshot, on
 * either state backend and at another parallelism, with room for its buffer in memory or without, it puts out the very same
 * as a run that nobody disturbed.
 */
public abstract class SnapshotContract<K, R, O> {

    /** As {@link OrderedOperator#holdInMemory}. */
    private static final int ROOMY = OrderedOperator.DEFAULT_RECORDS_IN_MEMORY;

    private static final int CROWDED = 2;

    protected abstract OperatorRun.Operator<R, O> operator(Order order);

    protected abstract KeySelector<R, K> key();

    protected abstract TypeInformation<K> keyType();

    /** Records of several keys, out of order, with watermarks between them; the last step is the end. */
    protected abstract List<Step<R>> script();

    /** Everything a run has put out, output by output, as texts that contain every bit. */
    protected abstract List<List<String>> outputs(OperatorRun<K, R, O> run);

    static Stream<Arguments> settings() {
        List<Arguments> settings = new ArrayList<>();
        for (Order order : Order.values()) {
            settings.add(Arguments.of(StateBackends.HASH_MAP, order, 1, 1, ROOMY));
            settings.add(Arguments.of(StateBackends.HASH_MAP, order, 1, 2, ROOMY));
            settings.add(Arguments.of(StateBackends.HASH_MAP, order, 2, 1, ROOMY));
        }
        settings.add(Arguments.of(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, 2, CROWDED));
        settings.add(Arguments.of(StateBackends.HASH_MAP, Order.EVENT_TIME, 2, 1, CROWDED));
        // RocksDB opens a database per restart: what does not depend on the backend is not tried again.
        settings.add(Arguments.of(StateBackends.ROCKS_DB, Order.ARRIVAL, 1, 2, ROOMY));
        settings.add(Arguments.of(StateBackends.ROCKS_DB, Order.EVENT_TIME, 2, 1, ROOMY));
        settings.add(Arguments.of(StateBackends.ROCKS_DB, Order.EVENT_TIME, 1, 2, CROWDED));
        settings.add(Arguments.of(StateBackends.ROCKS_DB, Order.EVENT_TIME, 2, 1, CROWDED));
        return settings.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, parallelism {2} then {3}, {4} records in memory")
    @MethodSource("settings")
    void goesOnFromASnapshotAsIfNothingHadHappened(
            StateBackends backend, Order order, int before, int after, int recordsInMemory) throws Exception {
        List<Step<R>> script = script();
        List<List<String>> undisturbed;
        try (var run = start(backend, order, before, List.of())) {
            for (Step<R> step : script) {
                run.step(step);
            }
            run.endInput();
            // Keys are independent: which of two puts out first at the same instant is nobody's promise.
            undisturbed = outputs(run).stream()
                    .map(output -> output.stream().sorted().toList())
                    .toList();
        }
        assertThat(undisturbed).noneMatch(List::isEmpty);

        // For the same reason not after every step in every setting.
        boolean everyStep =
                backend == StateBackends.HASH_MAP || (order == Order.EVENT_TIME && recordsInMemory == ROOMY);
        int stride = everyStep ? 1 : Math.max(1, script.size() / 4);
        for (int taken = 1; taken < script.size(); taken += stride) {
            List<List<String>> outputs = new ArrayList<>();
            List<OperatorSubtaskState> snapshot;
            try (var first = start(backend, order, before, recordsInMemory, List.of())) {
                for (Step<R> step : script.subList(0, taken)) {
                    first.step(step);
                }
                append(outputs, outputs(first));
                snapshot = first.snapshot(taken);
            }
            try (var second = start(backend, order, after, recordsInMemory, snapshot)) {
                for (Step<R> step : script.subList(taken, script.size())) {
                    second.step(step);
                }
                second.endInput();
                append(outputs, outputs(second));
            }
            outputs.forEach(output -> output.sort(null));
            assertThat(outputs).as("taken down after step %d", taken).isEqualTo(undisturbed);
        }
    }

    private static void append(List<List<String>> outputs, List<List<String>> more) {
        for (int i = 0; i < more.size(); i++) {
            if (outputs.size() <= i) {
                outputs.add(new ArrayList<>());
            }
            outputs.get(i).addAll(more.get(i));
        }
    }

    protected final OperatorRun<K, R, O> start(
            StateBackends backend, Order order, int parallelism, List<OperatorSubtaskState> snapshot) throws Exception {
        return start(backend, order, parallelism, ROOMY, snapshot);
    }

    private OperatorRun<K, R, O> start(
            StateBackends backend,
            Order order,
            int parallelism,
            int recordsInMemory,
            List<OperatorSubtaskState> snapshot)
            throws Exception {
        OperatorRun.Operator<R, O> operator = () -> {
            var created = operator(order).create();
            ((OrderedOperator<?, ?, ?>) created).holdInMemory(recordsInMemory);
            return created;
        };
        return new OperatorRun<>(operator, key(), keyType(), backend, parallelism, snapshot);
    }
}
