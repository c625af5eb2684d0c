package dev.millrace.operators.ranking;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a shard knows of one item. Live: changed in place, and written to state as bytes. */
final class Item {

    static final Codec<Item> CODEC = new ItemCodec();

    private static final float[] NO_VALUES = {};

    /** From 0, in the order in which items were first taken. */
    final int number;

    final String id;
    /** How many events the shard had seen before the one that first took it. */
    final long firstEvent;

    long taken;
    /** The same, events counted the less the older they are; in units of {@link Catalogue#decay}. */
    double decayed;

    PairCounts pairs = new PairCounts();

    /** Learned by the model; empty where it uses none. */
    float[] vector = NO_VALUES;

    float[] vectorSlots = NO_VALUES;
    long vectorUpdates;

    /** Learned by the baseline {@link Factorisation}; empty where there is none. */
    float[] factors = NO_VALUES;

    Item(int number, String id, long firstEvent) {
        this.number = number;
        this.id = id;
        this.firstEvent = firstEvent;
    }

    /** Layout: version, fields in order. */
    private static final class ItemCodec implements Codec<Item> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;

        @Override
        public void write(Item item, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeUnsigned(output, item.number);
            Wire.writeText(output, item.id);
            Wire.writeUnsigned(output, item.firstEvent);
            Wire.writeUnsigned(output, item.taken);
            output.writeDouble(item.decayed);
            item.pairs.write(output);
            Wire.writeFloats(output, item.vector);
            Wire.writeFloats(output, item.vectorSlots);
            Wire.writeUnsigned(output, item.vectorUpdates);
            Wire.writeFloats(output, item.factors);
        }

        @Override
        public Item read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "item of a catalogue");
            Item item = new Item(Wire.readCount(input), Wire.readText(input), Wire.readUnsigned(input));
            item.taken = Wire.readUnsigned(input);
            item.decayed = input.readDouble();
            item.pairs = PairCounts.read(input);
            item.vector = Wire.readFloats(input);
            item.vectorSlots = Wire.readFloats(input);
            item.vectorUpdates = Wire.readUnsigned(input);
            item.factors = Wire.readFloats(input);
            return item;
        }
    }
}
