package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import dev.millrace.networks.fused.FusedEngine;
import java.util.List;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Networks with a layer for sequences, trained by DL4J itself, end where ours end. */
class Dl4jLayersTest {

    private static final int ROWS = 7;
    private static final int STEPS = 6;
    private static final int CHANNELS = 3;
    private static final int UNITS = 4;
    private static final int UPDATES = 5;
    private static final float RATE = 0.3f;

    @BeforeAll
    static void load() {
        NativeRuntime.load();
    }

    @Test
    void lstmIsThatOfDl4j() {
        // DL4J's blocks are g, f, o, i.
        int[] theirs = {3, 1, 0, 2};
        assertAgreement(
                new LayerSpec.Lstm(UNITS),
                new LSTM.Builder()
                        .nIn(CHANNELS)
                        .nOut(UNITS)
                        .activation(org.nd4j.linalg.activations.Activation.TANH)
                        .build(),
                LayerSpec.Pooling.MEAN,
                ours -> {
                    float[][] w = matrix(ours, 0);
                    float[][] r = matrix(ours, 1);
                    float[] bias = new float[4 * UNITS];
                    System.arraycopy(vector(ours, 2), 0, bias, 0, UNITS);
                    System.arraycopy(vector(ours, 3), 0, bias, UNITS, UNITS);
                    System.arraycopy(vector(ours, 4), 0, bias, 2 * UNITS, 2 * UNITS);
                    return new INDArray[] {blocks(w, theirs), blocks(r, theirs), blocks(new float[][] {bias}, theirs)};
                },
                UPDATES,
                "W",
                "RW",
                "b");
    }

    @Test
    void convolutionsAreThoseOfDl4j() {
        for (LayerSpec.Padding padding : LayerSpec.Padding.values()) {
            assertAgreement(
                    new LayerSpec.Convolution(UNITS, 3, padding, 1, Activation.TANH),
                    new Convolution1DLayer.Builder(3)
                            .nIn(CHANNELS)
                            .nOut(UNITS)
                            .convolutionMode(
                                    padding == LayerSpec.Padding.SAME ? ConvolutionMode.Same : ConvolutionMode.Causal)
                            .activation(org.nd4j.linalg.activations.Activation.TANH)
                            .build(),
                    LayerSpec.Pooling.MAX,
                    // DL4J says [filters, channels, width] of memory that it uses as [width, channels, filters].
                    ours -> new INDArray[] {
                        Nd4j.createFromArray(vector(ours, 0)), Nd4j.create(new float[][] {vector(ours, 1)})
                    },
                    UPDATES,
                    "W",
                    "b");
        }
    }

    /** Scores alone: what DL4J learns differs from the numerical gradients, which ours keeps to. */
    @Test
    void attentionIsThatOfDl4j() {
        int heads = 2;
        assertAgreement(
                new LayerSpec.Attention(heads, UNITS),
                new SelfAttentionLayer.Builder()
                        .nIn(CHANNELS)
                        .nOut(UNITS)
                        .nHeads(heads)
                        .headSize(UNITS / heads)
                        .projectInput(true)
                        .build(),
                LayerSpec.Pooling.MEAN,
                ours -> {
                    INDArray[] theirs = new INDArray[4];
                    for (int k = 0; k < 3; k++) {
                        float[][] w = matrix(ours, k);
                        theirs[k] = Nd4j.create(heads, UNITS / heads, CHANNELS);
                        for (int unit = 0; unit < UNITS; unit++) {
                            for (int channel = 0; channel < CHANNELS; channel++) {
                                theirs[k].putScalar(
                                        unit / (UNITS / heads), unit % (UNITS / heads), channel, w[channel][unit]);
                            }
                        }
                    }
                    theirs[3] = Nd4j.create(matrix(ours, 3));
                    return theirs;
                },
                0,
                "Wq",
                "Wk",
                "Wv",
                "Wo");
    }

    @Test
    void batchNormalizationIsThatOfDl4j() {
        NetworkSpec spec = network(CHANNELS, List.of(new LayerSpec.BatchNormalization()));
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(RATE))
                .list()
                .layer(new BatchNormalization.Builder()
                        .nIn(CHANNELS)
                        .nOut(CHANNELS)
                        .useLogStd(false)
                        .build())
                .layer(output(CHANNELS))
                .build());
        network.init();
        float[] inputs = Networks.normal(ROWS * CHANNELS, 1);
        train(
                spec,
                network,
                inputs,
                Nd4j.createFromArray(inputs).reshape(ROWS, CHANNELS),
                ours -> new INDArray[] {
                    Nd4j.create(new float[][] {vector(ours, 0)}),
                    Nd4j.create(new float[][] {vector(ours, 1)}),
                    Nd4j.create(new float[][] {vector(ours, 2)}),
                    Nd4j.create(new float[][] {vector(ours, 3)})
                },
                UPDATES,
                "gamma",
                "beta",
                "mean",
                "var");
    }

    private static void assertAgreement(
            LayerSpec layer,
            Layer theirs,
            LayerSpec.Pooling pooling,
            Function<Parameters, INDArray[]> translation,
            int updates,
            String... keys) {
        NetworkSpec spec = network(
                STEPS * CHANNELS, List.of(new LayerSpec.Sequence(STEPS, false), layer, new LayerSpec.Pool(pooling)));
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .updater(new Sgd(RATE))
                .list()
                .layer(theirs)
                .layer(new GlobalPoolingLayer.Builder(
                                pooling == LayerSpec.Pooling.MEAN ? PoolingType.AVG : PoolingType.MAX)
                        .build())
                .layer(output(UNITS))
                .setInputType(InputType.recurrent(CHANNELS, STEPS, RNNFormat.NCW))
                .build());
        network.init();
        float[] inputs = Networks.normal(ROWS * STEPS * CHANNELS, 1);
        INDArray features = Nd4j.createFromArray(inputs)
                .reshape(ROWS, STEPS, CHANNELS)
                .permute(0, 2, 1)
                .dup('c');
        train(spec, network, inputs, features, translation, updates, keys);
    }

    private static void train(
            NetworkSpec spec,
            MultiLayerNetwork network,
            float[] inputs,
            INDArray features,
            Function<Parameters, INDArray[]> translation,
            int updates,
            String... keys) {
        for (Engine engine : List.of(new Dl4jEngine(spec), new FusedEngine(spec))) {
            train(engine, network.clone(), inputs, features, translation, updates, keys);
        }
    }

    private static void train(
            Engine opened,
            MultiLayerNetwork network,
            float[] inputs,
            INDArray features,
            Function<Parameters, INDArray[]> translation,
            int updates,
            String... keys) {
        NetworkSpec spec = opened.spec();
        float[] labels = {1, 0, 0, 1, 1, 0, 1};
        try (Engine engine = opened) {
            Weights weights = engine.initialWeights(3);
            Parameters ours = new Parameters(ParameterLayout.of(spec), weights.parameters());
            INDArray[] translated = translation.apply(ours);
            for (int k = 0; k < keys.length; k++) {
                network.getLayer(0)
                        .getParam(keys[k])
                        .assign(translated[k].reshape(
                                network.getLayer(0).getParam(keys[k]).shape()));
            }
            List<Tensor> tensors = ours.layout().tensors();
            Tensor last = tensors.get(tensors.size() - 2);
            int output = network.getnLayers() - 1;
            for (int i = 0; i < last.count(); i++) {
                network.getLayer(output).getParam("W").putScalar(i, 0, weights.parameters()[last.offset() + i]);
            }
            for (int update = 0; update < updates; update++) {
                engine.fit(weights, inputs, labels, Networks.ones(ROWS), ROWS);
                network.fit(features, Nd4j.createFromArray(labels).reshape(ROWS, 1));
            }
            translated = translation.apply(ours);
            for (int k = 0; k < keys.length; k++) {
                INDArray theirs = network.getLayer(0).getParam(keys[k]);
                float[] expected = theirs.dup('c').reshape(-1).toFloatVector();
                float[] actual = translated[k].dup('c').reshape(-1).toFloatVector();
                assertThat(actual).as(keys[k]).containsExactly(expected, within(2e-5f));
            }
            float[] scores = new float[ROWS];
            engine.score(weights, inputs, ROWS, scores);
            assertThat(scores)
                    .containsExactly(network.output(features).reshape(-1).toFloatVector(), within(2e-5f));
        }
    }

    private record Parameters(ParameterLayout layout, float[] values) {}

    private static float[][] matrix(Parameters ours, int tensor) {
        Tensor w = ours.layout().tensors().get(tensor);
        float[][] matrix = new float[w.rows()][w.columns()];
        for (int row = 0; row < w.rows(); row++) {
            System.arraycopy(ours.values(), w.offset() + row * w.columns(), matrix[row], 0, w.columns());
        }
        return matrix;
    }

    private static float[] vector(Parameters ours, int tensor) {
        Tensor b = ours.layout().tensors().get(tensor);
        float[] vector = new float[b.count()];
        System.arraycopy(ours.values(), b.offset(), vector, 0, vector.length);
        return vector;
    }

    /** Column blocks of {@code UNITS}: ours i, f, g, o each go where the order says. */
    private static INDArray blocks(float[][] ours, int[] order) {
        float[][] theirs = new float[ours.length][4 * UNITS];
        for (int row = 0; row < ours.length; row++) {
            for (int block = 0; block < 4; block++) {
                System.arraycopy(ours[row], block * UNITS, theirs[row], order[block] * UNITS, UNITS);
            }
        }
        return Nd4j.create(theirs);
    }

    private static OutputLayer output(int inputs) {
        return new OutputLayer.Builder(LossFunction.XENT)
                .nIn(inputs)
                .nOut(1)
                .activation(org.nd4j.linalg.activations.Activation.SIGMOID)
                .build();
    }

    private static NetworkSpec network(int inputs, List<LayerSpec> layers) {
        return new NetworkSpec(
                inputs,
                Task.BINARY,
                1,
                layers,
                new LossSpec.CrossEntropy(),
                new OptimizerSpec.Sgd(RATE),
                Regularization.NONE,
                7,
                EngineChoice.DL4J);
    }
}
