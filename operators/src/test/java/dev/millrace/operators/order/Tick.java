package dev.millrace.operators.order;

import dev.millrace.events.Codec;
import dev.millrace.events.EventId;
import dev.millrace.events.Ordered;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The smallest record with a place in the order.
 *
 * @param instant what to schedule when it is handled; 0 for nothing
 */
record Tick(int key, long time, int rank, String name, long instant) implements Ordered {

    static final Codec<Tick> CODEC = new TickCodec();

    static Tick of(int key, long time) {
        return new Tick(key, time, RANK_EVENT, "a", 0);
    }

    Tick scheduling(long time) {
        return new Tick(key, this.time, rank, name, time);
    }

    Tick named(String another) {
        return new Tick(key, time, rank, another, instant);
    }

    Tick ranked(int another) {
        return new Tick(key, time, another, name, instant);
    }

    @Override
    public long streamTime() {
        return time;
    }

    @Override
    public EventId id() {
        return EventId.of(key);
    }

    @Override
    public String toString() {
        return key + name + "@" + time;
    }

    private static final class TickCodec implements Codec<Tick> {

        private static final long serialVersionUID = 1L;

        @Override
        public void write(Tick tick, DataOutput output) throws IOException {
            Wire.writeSigned(output, tick.key);
            Wire.writeSigned(output, tick.time);
            Wire.writeUnsigned(output, tick.rank);
            Wire.writeText(output, tick.name);
            Wire.writeSigned(output, tick.instant);
        }

        @Override
        public Tick read(DataInput input) throws IOException {
            return new Tick(
                    (int) Wire.readSigned(input),
                    Wire.readSigned(input),
                    Wire.readCount(input),
                    Wire.readText(input),
                    Wire.readSigned(input));
        }
    }
}
