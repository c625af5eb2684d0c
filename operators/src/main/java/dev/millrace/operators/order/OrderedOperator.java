package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.events.Ordered;
import dev.millrace.operators.order.OrderBuffer.Entry;
import dev.millrace.serializers.CodecSerializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.jspecify.annotations.Nullable;

/**
 * Base of the keyed operators. It owns the order of records and of instants; a subclass implements {@link #onRecord} and
 * {@link #onInstant} and does not know which {@link Order} it runs in.
 *
 * <p>In event-time order a record waits until the watermark reaches its stream time. Then records and instants are worked
 * off as one sequence: before a record at t every instant before t, at watermark W every instant up to W. A record that
 * comes after the watermark has passed it is handled at once and counted.
 *
 * <p>Instants are Flink's keyed event-time timers, so they are checkpointed and rescaled with their key, but this class
 * alone says how far they may fire: it moves the timer service in step with the buffer. Several instants of one key at
 * the same time are one call; an operator decides in {@link #onInstant} all that is due by then.
 *
 * <p>At the end of bounded input the watermark jumps to the end of time. Instants up to the horizon, the last event time
 * of the input, are handled as ever; later ones reach {@link #onRemaining}, because nothing may be concluded from a time
 * that the input does not cover. That holds before the end too, where labels take the watermark beyond the last event:
 * otherwise it would depend on how far the watermark came before it jumped. Without a horizon all instants that are left
 * at the end are remaining ones.
 *
 * <p>Cost in event-time order: one heap insertion and removal per record, no timer. The buffer is written to keyed state
 * at the snapshot, key by key, and nowhere else.
 *
 * @param <K> key
 * @param <R> record taken in
 * @param <O> record put out
 */
public abstract class OrderedOperator<K, R extends Ordered, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<R, O>, Triggerable<K, VoidNamespace> {

    private static final long serialVersionUID = 1L;
    private static final String BUFFER_STATE = "order-buffer";

    private final Order order;
    private final Codec<R> codec;
    private final @Nullable Long horizon;

    private transient OrderBuffer<K, R> buffer;
    private transient OrderMetrics orderMetrics;
    private transient InternalTimerService<VoidNamespace> instants;
    private transient ListState<R> bufferState;
    /** Keys with records in {@link #bufferState}, to be overwritten at the next snapshot. */
    private transient Set<K> keysInState;

    private transient long watermark;
    private transient boolean ending;

    /**
     * @param codec of the records, for the buffer's state and to break full ties
     * @param horizon last event time of a bounded input, milliseconds since the epoch; empty if the input has no end
     */
    @SuppressWarnings("NullAway.Init") // transient fields are built in open and initializeState
    protected OrderedOperator(Order order, Codec<R> codec, OptionalLong horizon) {
        this.order = order;
        this.codec = codec;
        this.horizon = horizon.isPresent() ? horizon.getAsLong() : null;
    }

    /** Handles one record. The current key is the record's. */
    protected abstract void onRecord(R value) throws Exception;

    /** Handles all that is due for the current key at {@code time}, an instant that was {@link #schedule scheduled}. */
    protected abstract void onInstant(long time) throws Exception;

    /** The input has ended before this scheduled instant of the current key. Nothing follows from that by default. */
    protected void onRemaining(long time) throws Exception {}

    /** Asks for {@link #onInstant} at {@code time}, for the current key. Asking twice is asking once. */
    protected final void schedule(long time) {
        instants.registerEventTimeTimer(VoidNamespace.INSTANCE, time);
    }

    @SuppressWarnings("unchecked") // the key selector of the stream is typed by K
    protected final K currentKey() {
        return (K) getCurrentKey();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        buffer = new OrderBuffer<>(codec);
        keysInState = new HashSet<>();
        watermark = Long.MIN_VALUE;
        bufferState = getPartitionedState(new ListStateDescriptor<>(BUFFER_STATE, new CodecSerializer<>(codec)));
        if (context.isRestored()) {
            KeyedStateBackend<K> backend = getKeyedStateBackend();
            try (var keys = backend.getKeys(BUFFER_STATE, VoidNamespace.INSTANCE)) {
                keys.forEach(keysInState::add);
            }
            for (K key : keysInState) {
                setCurrentKey(key);
                for (R value : bufferState.get()) {
                    buffer.add(key, value);
                }
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        instants = getInternalTimerService("instants", VoidNamespaceSerializer.INSTANCE, this);
        orderMetrics = new OrderMetrics(getMetricGroup(), buffer);
    }

    @Override
    public final void processElement(StreamRecord<R> element) throws Exception {
        R value = element.getValue();
        if (order == Order.EVENT_TIME) {
            if (value.streamTime() > watermark) {
                buffer.add(currentKey(), value);
                return;
            }
            orderMetrics.countLate();
        }
        onRecord(value);
    }

    @Override
    public final void processWatermark(Watermark mark) throws Exception {
        watermark = mark.getTimestamp();
        boolean atEnd = watermark == Watermark.MAX_WATERMARK.getTimestamp();
        long due = horizon != null ? Math.min(watermark, horizon) : atEnd ? Long.MIN_VALUE : watermark;
        for (Entry<K, R> next = buffer.pollUntil(watermark); next != null; next = buffer.pollUntil(watermark)) {
            advanceInstants(Math.min(next.value().streamTime() - 1, due));
            setCurrentKey(next.key());
            onRecord(next.value());
        }
        advanceInstants(due);
        if (atEnd) {
            ending = true;
            advanceInstants(watermark);
        }
        output.emitWatermark(mark);
    }

    private void advanceInstants(long time) throws Exception {
        if (time > instants.currentWatermark()) {
            timeServiceManager.advanceWatermark(new Watermark(time));
        }
    }

    @Override
    public final void onEventTime(InternalTimer<K, VoidNamespace> timer) throws Exception {
        if (ending) {
            onRemaining(timer.getTimestamp());
        } else {
            onInstant(timer.getTimestamp());
        }
    }

    @Override
    public final void onProcessingTime(InternalTimer<K, VoidNamespace> timer) {
        throw new IllegalStateException("no operator schedules by the wall clock");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        Map<K, List<R>> byKey = new HashMap<>();
        buffer.forEach((key, value) ->
                byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(value));
        for (K key : keysInState) {
            if (!byKey.containsKey(key)) {
                setCurrentKey(key);
                bufferState.clear();
            }
        }
        for (Map.Entry<K, List<R>> entry : byKey.entrySet()) {
            setCurrentKey(entry.getKey());
            bufferState.update(entry.getValue());
        }
        keysInState.clear();
        keysInState.addAll(byKey.keySet());
    }
}
