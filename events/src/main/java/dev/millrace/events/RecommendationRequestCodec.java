package dev.millrace.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Layout: version, components in order. */
final class RecommendationRequestCodec implements Codec<RecommendationRequest> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;

    @Override
    public void write(RecommendationRequest request, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        Wire.writeId(output, request.id());
        Wire.writeSigned(output, request.time());
        Wire.writeUnsigned(output, request.shard());
        Wire.writeText(output, request.user());
        Wire.writeUnsigned(output, request.k());
        writeTexts(output, request.candidates());
        writeTexts(output, request.excluded());
    }

    private static void writeTexts(DataOutput output, List<String> texts) throws IOException {
        Wire.writeUnsigned(output, texts.size());
        for (String text : texts) {
            Wire.writeText(output, text);
        }
    }

    @Override
    public RecommendationRequest read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "recommendation request");
        return new RecommendationRequest(
                Wire.readId(input),
                Wire.readSigned(input),
                Wire.readCount(input),
                Wire.readText(input),
                Wire.readCount(input),
                readTexts(input),
                readTexts(input));
    }

    private static List<String> readTexts(DataInput input) throws IOException {
        int count = Wire.readCount(input);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(Wire.readText(input));
        }
        return texts;
    }
}
