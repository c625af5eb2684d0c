package dev.millrace.operators;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * A keyed operator at some parallelism, as one thing: records go to the subtask of their key, watermarks to all.
 *
 * @param <K> key
 * @param <R> record taken in
 * @param <O> record put out
 */
public final class OperatorRun<K, R, O> implements AutoCloseable {

    /** As in every Millrace job. */
    public static final int MAX_PARALLELISM = 360;

    /** Makes a new instance of the operator under test. */
    public interface Operator<R, O> {
        OneInputStreamOperator<R, O> create();
    }

    private final List<KeyedOneInputStreamOperatorTestHarness<K, R, O>> subtasks = new ArrayList<>();
    private final KeySelector<R, K> key;

    public OperatorRun(
            Operator<R, O> operator,
            KeySelector<R, K> key,
            TypeInformation<K> keyType,
            StateBackends backend,
            int parallelism,
            List<OperatorSubtaskState> snapshot)
            throws Exception {
        this.key = key;
        for (int subtask = 0; subtask < parallelism; subtask++) {
            var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                    operator.create(), key, keyType, MAX_PARALLELISM, parallelism, subtask);
            harness.setStateBackend(backend.create());
            harness.setup();
            if (!snapshot.isEmpty()) {
                harness.initializeState(AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(snapshot.toArray(OperatorSubtaskState[]::new)),
                        MAX_PARALLELISM,
                        snapshot.size(),
                        parallelism,
                        subtask));
            }
            harness.open();
            subtasks.add(harness);
        }
    }

    public void step(Step<R> step) throws Exception {
        if (step instanceof Step.Take<R> take) {
            subtaskOf(take.value()).processElement(new StreamRecord<>(take.value()));
        } else if (step instanceof Step.Watermark<R> watermark) {
            for (var subtask : subtasks) {
                subtask.processWatermark(watermark.time());
            }
        }
    }

    public void endInput() throws Exception {
        for (var subtask : subtasks) {
            subtask.endInput();
        }
    }

    public List<OperatorSubtaskState> snapshot(long checkpoint) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(checkpoint, checkpoint));
        }
        return states;
    }

    /** Size of a checkpoint. */
    public long snapshotBytes(long checkpoint) throws Exception {
        return snapshot(checkpoint).stream()
                .mapToLong(OperatorSubtaskState::getStateSize)
                .sum();
    }

    /** Values of the main output so far, subtask by subtask. */
    public List<O> output() {
        List<O> values = new ArrayList<>();
        subtasks.forEach(subtask -> values.addAll(subtask.extractOutputValues()));
        return values;
    }

    public <X> List<X> sideOutput(OutputTag<X> tag) {
        List<X> values = new ArrayList<>();
        for (var subtask : subtasks) {
            var records = subtask.getSideOutput(tag);
            if (records != null) {
                records.forEach(record -> values.add(record.getValue()));
            }
        }
        return values;
    }

    /** As {@link #output}, but what was put out is forgotten: for runs too long to keep it. */
    public List<O> takeOutput() {
        List<O> values = output();
        subtasks.forEach(subtask -> subtask.getOutput().clear());
        return values;
    }

    /** As {@link #sideOutput}, but what was put out is forgotten. */
    public <X> List<X> takeSideOutput(OutputTag<X> tag) {
        List<X> values = sideOutput(tag);
        for (var subtask : subtasks) {
            var records = subtask.getSideOutput(tag);
            if (records != null) {
                records.clear();
            }
        }
        return values;
    }

    /** Entries of one keyed state, in whatever namespaces, over all subtasks and on every backend. */
    public long entriesOf(String state) {
        long entries = 0;
        for (var subtask : subtasks) {
            KeyedStateBackend<K> backend = ((AbstractStreamOperator<O>) subtask.getOperator()).getKeyedStateBackend();
            try (Stream<Tuple2<K, Object>> found = backend.getKeysAndNamespaces(state)) {
                entries += found.count();
            }
        }
        return entries;
    }

    /** Keyed state entries in the default namespace, over all subtasks. Hash-map backend only. */
    public int stateEntries() {
        return subtasks.stream()
                .mapToInt(subtask -> subtask.numKeyedStateEntries())
                .sum();
    }

    /** Keyed state entries in one namespace, over all subtasks. Hash-map backend only. */
    public int stateEntries(Object namespace) {
        return subtasks.stream()
                .mapToInt(subtask -> subtask.numKeyedStateEntries(namespace))
                .sum();
    }

    public int scheduledInstants() {
        return subtasks.stream()
                .mapToInt(subtask -> subtask.numEventTimeTimers())
                .sum();
    }

    private KeyedOneInputStreamOperatorTestHarness<K, R, O> subtaskOf(R value) throws Exception {
        return subtasks.get(KeyGroupRangeAssignment.assignKeyToParallelOperator(
                key.getKey(value), MAX_PARALLELISM, subtasks.size()));
    }

    @Override
    public void close() throws Exception {
        for (var subtask : subtasks) {
            subtask.close();
        }
    }

    @Override
    public String toString() {
        return Arrays.toString(subtasks.toArray());
    }
}
