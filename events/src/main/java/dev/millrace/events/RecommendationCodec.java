package dev.millrace.events;

import dev.millrace.events.Recommendation.Item;
import dev.millrace.events.Recommendation.Source;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Layout: version, components in order. */
final class RecommendationCodec implements Codec<Recommendation> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final Source[] SOURCES = Source.values();

    @Override
    public void write(Recommendation answer, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        Wire.writeText(output, answer.model());
        Wire.writeId(output, answer.request());
        Wire.writeSigned(output, answer.time());
        Wire.writeUnsigned(output, answer.shard());
        Wire.writeText(output, answer.user());
        Wire.writeUnsigned(output, answer.items().size());
        for (Item item : answer.items()) {
            Wire.writeText(output, item.id());
            output.writeInt(Float.floatToIntBits(item.score()));
        }
        output.writeByte(answer.source().ordinal());
        Wire.writeUnsigned(output, answer.unknownItems());
        Wire.writeUnsigned(output, answer.modelVersion());
        output.writeLong(answer.newestLabelTime());
    }

    @Override
    public Recommendation read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "recommendation");
        return new Recommendation(
                Wire.readText(input),
                Wire.readId(input),
                Wire.readSigned(input),
                Wire.readCount(input),
                Wire.readText(input),
                readItems(input),
                readSource(input),
                Wire.readCount(input),
                Wire.readUnsigned(input),
                input.readLong());
    }

    private static List<Item> readItems(DataInput input) throws IOException {
        int count = Wire.readCount(input);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(new Item(Wire.readText(input), input.readFloat()));
        }
        return items;
    }

    private static Source readSource(DataInput input) throws IOException {
        int ordinal = input.readUnsignedByte();
        if (ordinal >= SOURCES.length) {
            throw new IOException(
                    "recommendation of source " + ordinal + ": damaged bytes, or written by a newer release");
        }
        return SOURCES[ordinal];
    }
}
