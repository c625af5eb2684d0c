package dev.millrace.operators.summary;

import dev.millrace.events.Codec;
import dev.millrace.serializers.CodecTypeInformation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What an operator reports when its input has ended. */
public sealed interface EndReport permits ModelSnapshot, LabelCounts {

    Codec<EndReport> CODEC = new EndReportCodec();
    TypeInformation<EndReport> TYPE = CodecTypeInformation.of(EndReport.class, CODEC);
}

/** Layout: tag, then the kind's own codec. */
final class EndReportCodec implements Codec<EndReport> {

    private static final long serialVersionUID = 1L;
    private static final int MODEL_TAG = 1;
    private static final int LABELS_TAG = 2;

    @Override
    public void write(EndReport report, DataOutput output) throws IOException {
        if (report instanceof ModelSnapshot model) {
            output.writeByte(MODEL_TAG);
            ModelSnapshot.CODEC.write(model, output);
        } else {
            output.writeByte(LABELS_TAG);
            LabelCounts.CODEC.write((LabelCounts) report, output);
        }
    }

    @Override
    public EndReport read(DataInput input) throws IOException {
        int tag = input.readUnsignedByte();
        return switch (tag) {
            case MODEL_TAG -> ModelSnapshot.CODEC.read(input);
            case LABELS_TAG -> LabelCounts.CODEC.read(input);
            default -> throw new IOException("end report of kind " + tag + ": the bytes are damaged");
        };
    }
}
