package dev.millrace.evaluation;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A version, and the row's JSON: rows are few, and their layout is a contract already. */
final class ReportRowCodec implements Codec<ReportRow> {

    private static final int VERSION = 1;

    @Override
    public void write(ReportRow row, DataOutput output) throws IOException {
        output.writeByte(VERSION);
        Wire.writeText(output, row.toJson());
    }

    @Override
    public ReportRow read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "report row");
        String json = Wire.readText(input);
        return ReportRow.fromJson(json)
                .orElseThrow(() ->
                        new IOException("a report row of a newer release: upgrade before you restore; got " + json));
    }
}
