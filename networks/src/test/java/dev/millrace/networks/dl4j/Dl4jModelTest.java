package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Networks;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.Weights;
import dev.millrace.networks.engines.Engines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class Dl4jModelTest {

    private static final int ROWS = 20;

    @BeforeAll
    static void load() {
        NativeRuntime.load();
    }

    @Test
    void aModelOfDl4jScoresTheSameHereAndLearnsOn() throws IOException {
        MultiLayerNetwork theirs = new MultiLayerNetwork(configuration());
        theirs.init();
        float[] inputs = Networks.normal(ROWS * 4, 1);
        INDArray features = Nd4j.createFromArray(inputs).reshape(ROWS, 4);
        for (int i = 0; i < 5; i++) {
            theirs.fit(
                    features,
                    Nd4j.createFromArray(Networks.normal(ROWS, i))
                            .gt(0)
                            .castTo(features.dataType())
                            .reshape(ROWS, 1));
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        ModelSerializer.writeModel(theirs, zip, true);

        Dl4jModel model = Dl4jModel.ofZip(new ByteArrayInputStream(zip.toByteArray()));
        assertThat(model.inputs()).isEqualTo(4);
        assertThat(model.layers())
                .containsExactly(
                        new LayerSpec.Dropout((float) (1 - 0.8)),
                        new LayerSpec.Dense(6, Activation.LEAKY_RELU),
                        new LayerSpec.BatchNormalization(),
                        new LayerSpec.Dense(5, Activation.ELU));
        NetworkSpec network = model.network(Networks.ADAM, Regularization.NONE, 3, EngineChoice.AUTO);
        Weights weights = model.weights(network);
        try (Engine engine = Engines.create(network)) {
            float[] scores = new float[ROWS];
            engine.score(weights, inputs, ROWS, scores);
            assertThat(scores)
                    .containsExactly(theirs.output(features).reshape(-1).toFloatVector(), within(1e-5f));
            engine.fit(weights, inputs, new float[ROWS], Networks.ones(ROWS), ROWS);
            assertThat(weights.updates()).isEqualTo(1);
        }
    }

    @Test
    void aModelWrittenOutScoresTheSameInDl4jAndComesBackTheSame() throws IOException {
        NetworkSpec binary = Networks.with(
                Networks.binary(4, Activation.RELU),
                List.<LayerSpec>of(
                        new LayerSpec.Dense(7, Activation.TANH),
                        new LayerSpec.BatchNormalization(),
                        new LayerSpec.Dropout(0.25f),
                        new LayerSpec.Dense(3, Activation.RELU)));
        List<NetworkSpec> specs = new ArrayList<>();
        specs.add(binary);
        specs.add(Networks.withTask(binary, Task.MULTICLASS, 3, new LossSpec.CrossEntropy()));
        specs.add(Networks.withTask(binary, Task.REGRESSION, 1, new LossSpec.MeanAbsoluteError()));
        for (NetworkSpec spec : specs) {
            float[] inputs = Networks.normal(ROWS * 4, 1);
            try (Engine engine = new Dl4jEngine(spec)) {
                Weights weights = engine.initialWeights(3);
                for (int i = 0; i < 5; i++) {
                    engine.fit(weights, inputs, Networks.labels(spec, inputs, ROWS), Networks.ones(ROWS), ROWS);
                }
                ByteArrayOutputStream zip = new ByteArrayOutputStream();
                Dl4jExport.write(spec, weights, zip);
                MultiLayerNetwork theirs =
                        ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip.toByteArray()), false);
                float[] scores = new float[ROWS * spec.outputs()];
                engine.score(weights, inputs, ROWS, scores);
                INDArray features = Nd4j.createFromArray(inputs).reshape(ROWS, 4);
                assertThat(theirs.output(features).dup('c').reshape(-1).toFloatVector())
                        .containsExactly(scores, within(1e-5f));

                Dl4jModel back = Dl4jModel.ofZip(new ByteArrayInputStream(zip.toByteArray()));
                assertThat(back.network(spec.optimizer(), spec.regularization(), spec.seed(), spec.engine()))
                        .isEqualTo(spec);
                assertThat(back.weights(spec).parameters()).isEqualTo(weights.parameters());
            }
        }
    }

    @Test
    void aRankingIsNoModelOfDl4j() {
        NetworkSpec spec = Networks.withTask(
                Networks.binary(2, Activation.RELU, 3), Task.RANKING, 1, new LossSpec.ListwiseSoftmax());
        try (Engine engine = new Dl4jEngine(spec)) {
            Weights weights = engine.initialWeights(1);
            assertThatThrownBy(() -> Dl4jExport.write(spec, weights, new ByteArrayOutputStream()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("RANKING");
        }
    }

    @Test
    void aConfigurationAloneIsANetworkWithoutWeights() {
        Dl4jModel model = Dl4jModel.ofConfiguration(configuration().toJson());
        assertThat(model.task()).isEqualTo(Task.BINARY);
        NetworkSpec network = model.network(Networks.ADAM, Regularization.NONE, 3, EngineChoice.AUTO);
        assertThatThrownBy(() -> model.weights(network)).hasMessageContaining("no weights");
    }

    @Test
    void whatIsNotUnderstoodIsNamed() throws IOException {
        String lstm = new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(2).nOut(3).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MSE)
                        .nIn(3)
                        .nOut(2)
                        .build())
                .build()
                .toJson();
        assertRefused(lstm, "confs[0].layer.@class", "got LSTM");
        String json = configuration().toJson();
        assertRefused(json.replace("ActivationELU", "ActivationCube"), "confs[2].layer.activationFn", "Cube");
        assertRefused(json.replace("1.0E-5,\n      \"gainInit", "0.1,\n      \"gainInit"), "confs[1].layer.eps", "0.1");
        assertRefused(json.replace("LossBinaryXENT", "LossPoisson"), "confs[3].layer.lossFn", "LossPoisson");
        assertRefused("{}", "confs", "none");
        assertRefused("{", "must be JSON", "got");
        assertThatThrownBy(() -> Dl4jModel.ofZip(new ByteArrayInputStream(new byte[9])))
                .hasMessageContaining("configuration.json");
        assertThatThrownBy(() -> Dl4jModel.ofZip(
                        zip(Map.of("configuration.json", json.getBytes(), "coefficients.bin", new byte[] {1, 2, 3}))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("coefficients.bin must be an array");
    }

    private static void assertRefused(String json, String key, String detail) {
        assertThatThrownBy(() -> Dl4jModel.ofConfiguration(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(detail);
    }

    private static ByteArrayInputStream zip(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return new ByteArrayInputStream(bytes.toByteArray());
    }

    private static MultiLayerConfiguration configuration() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(4)
                        .nOut(6)
                        .activation(org.nd4j.linalg.activations.Activation.LEAKYRELU)
                        .dropOut(0.8)
                        .build())
                .layer(new BatchNormalization.Builder().nIn(6).nOut(6).build())
                .layer(new DenseLayer.Builder()
                        .nIn(6)
                        .nOut(5)
                        .activation(org.nd4j.linalg.activations.Activation.ELU)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.XENT)
                        .nIn(5)
                        .nOut(1)
                        .activation(org.nd4j.linalg.activations.Activation.SIGMOID)
                        .build())
                .build();
    }
}
