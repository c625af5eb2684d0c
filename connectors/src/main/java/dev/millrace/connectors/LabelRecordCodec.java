package dev.millrace.connectors;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RouterInput;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A label on its way from the source, in the layout it has on the way to the router. */
final class LabelRecordCodec implements Codec<LabelRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public void write(LabelRecord label, DataOutput output) throws IOException {
        Codecs.ROUTER_INPUT.write(label, output);
    }

    @Override
    public LabelRecord read(DataInput input) throws IOException {
        RouterInput read = Codecs.ROUTER_INPUT.read(input);
        if (read instanceof LabelRecord label) {
            return label;
        }
        throw new IOException("an event where a label should be: the bytes are damaged");
    }
}
