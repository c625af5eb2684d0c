package dev.millrace.networks.dl4j;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A model from DL4J: the JSON of a {@code MultiLayerConfiguration}, or a zip written by {@code ModelSerializer}.
 *
 * <p>Nothing is deserialised: of the zip {@code configuration.json} is read as a tree and {@code coefficients.bin} as numbers, nothing
 * else. Dense layers, dropout and batch normalisation are understood; the output layer gives task and loss. How the model goes
 * on learning is the caller's, with fresh updater state.
 */
public final class Dl4jModel {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final int MOST_BYTES = 1 << 30;

    private final Dl4jConfiguration configuration;
    private final float @Nullable [] coefficients;

    private Dl4jModel(Dl4jConfiguration configuration, float @Nullable [] coefficients) {
        this.configuration = configuration;
        this.coefficients = coefficients;
    }

    /**
     * A configuration without weights.
     *
     * @throws IllegalArgumentException if it is no configuration, or one with what is not understood
     */
    public static Dl4jModel ofConfiguration(String json) {
        return new Dl4jModel(Dl4jConfiguration.parse(json), null);
    }

    /**
     * A configuration with its weights.
     *
     * @param zip read to its end, not closed
     * @throws IllegalArgumentException if it is no such zip, or one with what is not understood
     */
    public static Dl4jModel ofZip(InputStream zip) throws IOException {
        String json = null;
        byte[] numbers = null;
        ZipInputStream entries = new ZipInputStream(zip);
        for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
            if (entry.getName().equals(CONFIGURATION)) {
                json = new String(read(entries, CONFIGURATION), StandardCharsets.UTF_8);
            } else if (entry.getName().equals(COEFFICIENTS)) {
                numbers = read(entries, COEFFICIENTS);
            }
        }
        if (json == null || numbers == null) {
            throw new IllegalArgumentException(
                    "a model file must be a zip with " + CONFIGURATION + " and " + COEFFICIENTS
                            + ", got none with " + (json == null ? CONFIGURATION : COEFFICIENTS)
                            + "; write it with ModelSerializer.writeModel");
        }
        return new Dl4jModel(Dl4jConfiguration.parse(json), coefficients(numbers));
    }

    private static byte[] read(InputStream entry, String name) throws IOException {
        byte[] bytes = entry.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    name + " must have at most " + MOST_BYTES + " bytes, got more; bring a smaller model");
        }
        return bytes;
    }

    /** The array format of ND4J: a buffer of shape information, then one of numbers. */
    private static float[] coefficients(byte[] bytes) throws IOException {
        try (DataInputStream input = new DataInputStream(new ByteArrayInputStream(bytes))) {
            long shapeLength = bufferLength(input);
            int width = input.readUTF().equals("LONG") ? Long.BYTES : Integer.BYTES;
            if (shapeLength < 0 || shapeLength > 100) {
                throw new IOException("shape information of " + shapeLength + " numbers");
            }
            input.skipNBytes(shapeLength * width);
            long length = bufferLength(input);
            String type = input.readUTF();
            int size = type.equals("FLOAT") ? Float.BYTES : type.equals("DOUBLE") ? Double.BYTES : 0;
            if (size == 0 || length < 0 || length > input.available() / size) {
                throw new IOException(length + " numbers of type " + type + " in " + bytes.length + " bytes");
            }
            float[] values = new float[(int) length];
            for (int i = 0; i < values.length; i++) {
                values[i] = size == Float.BYTES ? input.readFloat() : (float) input.readDouble();
            }
            return values;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    COEFFICIENTS + " must be an array of floats or doubles as ND4J writes it, got another content ("
                            + e.getMessage() + "); write the model with ModelSerializer.writeModel",
                    e);
        }
    }

    private static long bufferLength(DataInputStream input) throws IOException {
        String mode = input.readUTF();
        return mode.equals("LONG_SHAPE") || mode.equals("MIXED_DATA_TYPES") ? input.readLong() : input.readInt();
    }

    public int inputs() {
        return configuration.inputs();
    }

    public Task task() {
        return configuration.task();
    }

    public int outputs() {
        return configuration.outputs();
    }

    public List<LayerSpec> layers() {
        return configuration.layers();
    }

    public LossSpec loss() {
        return configuration.loss();
    }

    /** The model as a network that learns as the arguments say. */
    public NetworkSpec network(OptimizerSpec optimizer, Regularization regularization, long seed, EngineChoice engine) {
        return new NetworkSpec(inputs(), task(), outputs(), layers(), loss(), optimizer, regularization, seed, engine);
    }

    /**
     * The weights of the model, never updated yet.
     *
     * @param network what {@link #network} made
     * @throws IllegalStateException if there was only a configuration
     */
    public Weights weights(NetworkSpec network) {
        float[] theirs = coefficients;
        if (theirs == null) {
            throw new IllegalStateException(
                    "a configuration has no weights; bring a zip, or train from initial weights");
        }
        ParameterLayout layout = ParameterLayout.of(network);
        if (theirs.length != layout.parameterCount()) {
            throw new IllegalArgumentException(COEFFICIENTS + " must have " + layout.parameterCount()
                    + " numbers for its configuration, got " + theirs.length + "; write the model again");
        }
        float[] ours = new float[theirs.length];
        int batchNormalization = 0;
        for (Stage stage : layout.stages()) {
            if (stage.layer() instanceof LayerSpec.BatchNormalization) {
                System.arraycopy(theirs, first(stage), ours, first(stage), end(stage) - first(stage));
                if (configuration.logarithmicDeviation().get(batchNormalization++)) {
                    Tensor variance = stage.tensors().get(3);
                    for (int i = variance.offset(); i < variance.endOffset(); i++) {
                        ours[i] = (float) StrictMath.pow(10, 2 * theirs[i]);
                    }
                }
            } else if (stage.layer() instanceof LayerSpec.Dense) {
                Tensor w = stage.tensors().get(0);
                for (int i = 0; i < w.rows(); i++) {
                    for (int unit = 0; unit < w.columns(); unit++) {
                        ours[w.offset() + i * w.columns() + unit] = theirs[w.offset() + unit * w.rows() + i];
                    }
                }
                Tensor bias = stage.tensors().get(1);
                System.arraycopy(theirs, bias.offset(), ours, bias.offset(), bias.count());
            }
        }
        return new Weights(ours, new float[layout.updaterStateCount()], 0);
    }

    private static int first(Stage stage) {
        return stage.tensors().get(0).offset();
    }

    private static int end(Stage stage) {
        return stage.tensors().get(stage.tensors().size() - 1).endOffset();
    }
}
