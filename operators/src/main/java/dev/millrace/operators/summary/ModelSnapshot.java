package dev.millrace.operators.summary;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.modelstate.ShardProgress;
import dev.millrace.networks.Engine;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * The model of one shard at the end of its input.
 *
 * @param model name of the model
 * @param engine the engine that trains it, as the pipeline file calls it
 * @param kernel the numeric kernel that computed the parameters
 * @param updates number of updates
 * @param waitingRows labelled rows in the part-full mini-batch, not trained
 * @param parameters in the engines' flat order; not to be changed
 * @param rows what the embedding rows are
 */
public record ModelSnapshot(
        String model,
        String engine,
        String kernel,
        ShardProgress progress,
        long updates,
        int waitingRows,
        float[] parameters,
        RowsDigest rows)
        implements EndReport {

    /** Of a model as it stands. */
    public static ModelSnapshot of(String name, Engine engine, LiveModel model, RowsDigest rows) {
        return new ModelSnapshot(
                name,
                engine.choice().name().toLowerCase(Locale.ROOT),
                engine.kernel(),
                model.progress(),
                model.weights().updates(),
                model.batch().rows(),
                model.weights().parameters().clone(),
                rows);
    }

    static final Codec<ModelSnapshot> CODEC = new ModelSnapshotCodec();

    /** Version 1 knew no embeddings. */
    private static final class ModelSnapshotCodec implements Codec<ModelSnapshot> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 2;

        @Override
        public void write(ModelSnapshot value, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeText(output, value.model);
            Wire.writeText(output, value.engine);
            Wire.writeText(output, value.kernel);
            ShardProgress.CODEC.write(value.progress, output);
            Wire.writeUnsigned(output, value.updates);
            Wire.writeUnsigned(output, value.waitingRows);
            Wire.writeFloats(output, value.parameters);
            Wire.writeUnsigned(output, value.rows.rows());
            output.writeLong(value.rows.a());
            output.writeLong(value.rows.b());
            output.writeLong(value.rows.c());
            output.writeLong(value.rows.d());
        }

        @Override
        public ModelSnapshot read(DataInput input) throws IOException {
            int version = Wire.readVersion(input, VERSION, "model snapshot");
            return new ModelSnapshot(
                    Wire.readText(input),
                    Wire.readText(input),
                    Wire.readText(input),
                    ShardProgress.CODEC.read(input),
                    Wire.readUnsigned(input),
                    Wire.readCount(input),
                    Wire.readFloats(input),
                    version < 2 ? RowsDigest.NONE : readRows(input));
        }

        private static RowsDigest readRows(DataInput input) throws IOException {
            return new RowsDigest(
                    Wire.readUnsigned(input), input.readLong(), input.readLong(), input.readLong(), input.readLong());
        }
    }
}
