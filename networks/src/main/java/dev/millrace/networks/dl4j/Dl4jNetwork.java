package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Block;
import dev.millrace.networks.Weights;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * DL4J's layers for a layout, and the copies between flat vectors and its native ones.
 *
 * <p>DL4J keeps the weights of a dense layer column-major, {@code W[unit][input]}, then the bias; the layers in the same order
 * as {@link ParameterLayout}. Its output layer gives plain sums here: activation and loss are {@code OutputLoss}.
 */
final class Dl4jNetwork {

    private final ParameterLayout layout;
    private final Layer[] layers;
    private final FloatPointer nativeParameters;
    private final FloatPointer nativeGradient;
    private final float[] columnMajor;

    private @Nullable Weights loaded;
    private long loadedGeneration;

    Dl4jNetwork(ParameterLayout layout) {
        this.layout = layout;
        this.columnMajor = new float[layout.parameterCount()];
        NeuralNetConfiguration.ListBuilder builder = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .updater(new NoOp())
                .list();
        for (Block block : layout.blocks()) {
            builder.layer(new DenseLayer.Builder()
                    .nIn(block.inputs())
                    .nOut(block.units())
                    .activation(block.output() ? activation(Activation.IDENTITY) : activation(block.activation()))
                    .build());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(builder.build());
        network.init(Nd4j.create(DataType.FLOAT, 1, layout.parameterCount()), false);
        network.initGradientsView();
        this.layers = network.getLayers();
        this.nativeParameters = NativeMatrix.memoryOf(network.params());
        this.nativeGradient = NativeMatrix.memoryOf(network.getFlattenedGradients());
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation activation) {
        return switch (activation) {
            case SIGMOID -> org.nd4j.linalg.activations.Activation.SIGMOID;
            case TANH -> org.nd4j.linalg.activations.Activation.TANH;
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case SOFTMAX -> org.nd4j.linalg.activations.Activation.SOFTMAX;
            case IDENTITY -> org.nd4j.linalg.activations.Activation.IDENTITY;
        };
    }

    Layer[] layers() {
        return layers;
    }

    /** Makes the layers use these weights; does nothing if they already do. */
    void load(Weights weights) {
        if (weights == loaded && weights.generation() == loadedGeneration) {
            return;
        }
        float[] rowMajor = weights.parameters();
        for (Block block : layout.blocks()) {
            int offset = block.weightOffset();
            for (int unit = 0; unit < block.units(); unit++) {
                for (int input = 0; input < block.inputs(); input++) {
                    columnMajor[offset + unit * block.inputs() + input] =
                            rowMajor[offset + input * block.units() + unit];
                }
            }
            System.arraycopy(rowMajor, block.biasOffset(), columnMajor, block.biasOffset(), block.units());
        }
        nativeParameters.put(columnMajor, 0, columnMajor.length);
        loaded = weights;
        loadedGeneration = weights.generation();
    }

    /** The gradient that the last way back left, in the order of the layout. */
    void readGradient(float[] gradient) {
        nativeGradient.get(columnMajor, 0, columnMajor.length);
        for (Block block : layout.blocks()) {
            int offset = block.weightOffset();
            for (int input = 0; input < block.inputs(); input++) {
                for (int unit = 0; unit < block.units(); unit++) {
                    gradient[offset + input * block.units() + unit] =
                            columnMajor[offset + unit * block.inputs() + input];
                }
            }
            System.arraycopy(columnMajor, block.biasOffset(), gradient, block.biasOffset(), block.units());
        }
    }
}
