package dev.millrace.benchmarks.networks;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.dl4j.NativeRuntime;
import java.util.concurrent.TimeUnit;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** DL4J's own network, loss and updater; its arrays are in native memory before the clock runs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class Dl4jBenchmark {

    private static final long WARM_UP_SECONDS = 8;

    @Param("SMALL")
    public NetworkShape shape;

    @Param("256")
    public int rows;

    private MultiLayerNetwork network;
    private INDArray[] inputs;
    private INDArray[] labels;
    private int calls;

    @Setup
    public void setUp() {
        NativeRuntime.load();
        network = network(shape);
        Rows data = Rows.of(shape.inputs(), rows);
        inputs = new INDArray[data.inputs().length];
        labels = new INDArray[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = inputs(data.inputs()[i]);
            labels[i] = Nd4j.createFromArray(data.labels()[i]).reshape(rows, 1);
        }
        ThreadCpuTime.warmUp(WARM_UP_SECONDS, rows == 1 ? this::score : this::fit);
    }

    private INDArray inputs(float[] flat) {
        INDArray array = Nd4j.createFromArray(flat);
        return shape == NetworkShape.LSTM
                ? array.reshape(rows, NetworkShape.STEPS, NetworkShape.CHANNELS)
                        .permute(0, 2, 1)
                        .dup()
                : array.reshape(rows, shape.inputs());
    }

    private static MultiLayerNetwork network(NetworkShape shape) {
        if (shape == NetworkShape.GRU) {
            throw new IllegalArgumentException("shape must not be GRU; DL4J has no such layer");
        }
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(NetworkShape.LEARNING_RATE))
                .list();
        int width = shape.inputs();
        if (shape == NetworkShape.LSTM) {
            width = ((LayerSpec.Lstm) shape.spec(EngineChoice.FUSED).layers().get(1)).units();
            layers.layer(new LastTimeStep(new LSTM.Builder()
                    .nIn(NetworkShape.CHANNELS)
                    .nOut(width)
                    .activation(Activation.TANH)
                    .build()));
        }
        for (int units : shape.hidden()) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(units)
                    .activation(Activation.RELU)
                    .build());
            width = units;
        }
        layers.layer(new OutputLayer.Builder(LossFunction.XENT)
                .nIn(width)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build());
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init();
        return network;
    }

    /** One update on a mini-batch. */
    @Benchmark
    public MultiLayerNetwork fit() {
        int turn = Rows.turn(calls++);
        network.fit(inputs[turn], labels[turn]);
        return network;
    }

    /** The score of one row; for {@code rows} = 1. */
    @Benchmark
    public float score() {
        return network.output(inputs[Rows.turn(calls++)]).getFloat(0);
    }
}
