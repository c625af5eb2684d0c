package dev.millrace.operators.order;

import java.util.OptionalLong;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Tells what it was asked to do, how often its key was before, and nothing else. */
final class RecordingOperator extends OrderedOperator<Integer, Tick, String> {

    private static final long serialVersionUID = 1L;

    private transient ValueState<Long> calls;

    RecordingOperator(Order order, OptionalLong horizon) {
        super(order, Tick.CODEC, horizon);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        calls = context.getKeyedStateStore().getState(new ValueStateDescriptor<>("calls", LongSerializer.INSTANCE));
    }

    @Override
    protected void onRecord(Tick tick) throws Exception {
        if (tick.key() != currentKey()) {
            throw new AssertionError("the record of key " + tick.key() + " was handled under key " + currentKey());
        }
        tell(tick.toString());
        if (tick.instant() != 0) {
            schedule(tick.instant());
        }
    }

    @Override
    protected void onInstant(long time) throws Exception {
        tell(currentKey() + " instant@" + time);
    }

    @Override
    protected void onRemaining(long time) throws Exception {
        tell(currentKey() + " remaining@" + time);
    }

    private void tell(String what) throws Exception {
        Long before = calls.value();
        long count = before == null ? 1 : before + 1;
        calls.update(count);
        output.collect(new StreamRecord<>(what + " #" + count));
    }
}
