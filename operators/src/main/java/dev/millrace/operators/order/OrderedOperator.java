package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.events.Ordered;
import java.util.OptionalLong;
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
 * <p>Cost in event-time order: one heap insertion and removal per record, no timer. Up to {@link #DEFAULT_RECORDS_IN_MEMORY}
 * records wait in memory, and are written to keyed state at the snapshot; what is beyond that waits in keyed state.
 *
 * @param <K> key
 * @param <R> record taken in
 * @param <O> record put out
 */
public abstract class OrderedOperator<K, R extends Ordered, O> extends AbstractStreamOperator<O>
        implements OneInputStreamOperator<R, O>, Triggerable<K, VoidNamespace> {

    private static final long serialVersionUID = 1L;

    /** Records per subtask that wait for the watermark in memory, unless {@link #holdInMemory} says otherwise. */
    public static final int DEFAULT_RECORDS_IN_MEMORY = 1 << 18;

    private final Order order;
    private final Codec<R> codec;
    private final @Nullable Long horizon;
    private int recordsInMemory = DEFAULT_RECORDS_IN_MEMORY;

    private transient OrderBuffer<R> buffer;
    private transient OrderBufferState<K, R> bufferState;
    private transient OrderMetrics orderMetrics;
    private transient InternalTimerService<VoidNamespace> instants;
    /** Carries a buffered record to the key selector. */
    private transient StreamRecord<R> keyed;

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

    /** Before the operator starts: how many records may wait in memory per subtask, at least 1. Changes no result. */
    public final void holdInMemory(int records) {
        if (records < 1) {
            throw new IllegalArgumentException("records held in memory must be at least 1, got " + records);
        }
        recordsInMemory = records;
    }

    /** Whether a record has its place in the order. One that does not is handled when it comes. */
    protected boolean waits(R value) {
        return true;
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
        watermark = Long.MIN_VALUE;
        keyed = new StreamRecord<>(null);
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        bufferState = new OrderBufferState<>(this, getKeyedStateBackend(), maxParallelism, codec, this::keyOf);
        buffer = new OrderBuffer<>(codec, bufferState, recordsInMemory);
        for (R value : bufferState.savedMemory()) {
            buffer.add(value);
        }
    }

    /** Leaves it as the current key. */
    private K keyOf(R value) throws Exception {
        setKeyContextElement(keyed.replace(value));
        return currentKey();
    }

    @Override
    public void open() throws Exception {
        super.open();
        instants = getInternalTimerService("instants", VoidNamespaceSerializer.INSTANCE, this);
        orderMetrics = new OrderMetrics(getMetricGroup(), buffer, bufferState);
    }

    @Override
    public final void processElement(StreamRecord<R> element) throws Exception {
        R value = element.getValue();
        if (order == Order.EVENT_TIME && waits(value)) {
            if (value.streamTime() > watermark) {
                buffer.add(value);
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
        for (R next = buffer.pollUntil(watermark); next != null; next = buffer.pollUntil(watermark)) {
            advanceInstants(Math.min(next.streamTime() - 1, due));
            setKeyContextElement(keyed.replace(next));
            onRecord(next);
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
        bufferState.saveMemory(buffer.inMemory());
    }
}
