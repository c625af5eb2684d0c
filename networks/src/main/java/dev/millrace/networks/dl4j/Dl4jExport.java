package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.Weights;
import java.io.IOException;
import java.io.OutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Writes a model as a zip that DL4J's {@code ModelSerializer} restores to a network of the same scores. */
public final class Dl4jExport {

    private Dl4jExport() {}

    /**
     * Layers and weights are written, without updater state. A loss that DL4J lacks becomes the plain one of the task, an optimiser
     * that it lacks becomes SGD of the same learning rate: scores are the same, further training there is not.
     *
     * @param zip written, not closed
     * @throws IllegalArgumentException if a layer is none that {@link Dl4jModel} understands, or the task is a ranking
     */
    public static void write(NetworkSpec spec, Weights weights, OutputStream zip) throws IOException {
        NativeRuntime.load();
        ParameterLayout layout = ParameterLayout.of(spec);
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(spec.seed())
                .dataType(DataType.FLOAT)
                .updater(updater(spec.optimizer()))
                .list();
        float[] theirs = weights.parameters().clone();
        for (Stage stage : layout.stages()) {
            layers.layer(layer(spec, stage));
            if (stage.layer() instanceof LayerSpec.Dense) {
                Tensor w = stage.tensors().get(0);
                for (int i = 0; i < w.rows(); i++) {
                    for (int unit = 0; unit < w.columns(); unit++) {
                        theirs[w.offset() + unit * w.rows() + i] =
                                weights.parameters()[w.offset() + i * w.columns() + unit];
                    }
                }
            }
        }
        MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
        network.init(Nd4j.createFromArray(new float[][] {theirs}), false);
        ModelSerializer.writeModel(network, zip, false);
    }

    private static org.deeplearning4j.nn.conf.layers.Layer layer(NetworkSpec spec, Stage stage) {
        int inputs = stage.input().channels();
        int units = stage.output().channels();
        if (stage.last()) {
            return new OutputLayer.Builder(loss(spec))
                    .nIn(inputs)
                    .nOut(units)
                    .activation(activation(spec.task().outputActivation()))
                    .build();
        } else if (stage.layer() instanceof LayerSpec.Dense dense && dense.activation() != Activation.GELU) {
            return new DenseLayer.Builder()
                    .nIn(inputs)
                    .nOut(units)
                    .activation(activation(dense.activation()))
                    .build();
        } else if (stage.layer() instanceof LayerSpec.Dropout dropout) {
            return new DropoutLayer.Builder(1 - (double) dropout.rate()).build();
        } else if (stage.layer() instanceof LayerSpec.BatchNormalization) {
            return new BatchNormalization.Builder()
                    .decay(LayerSpec.BatchNormalization.KEPT)
                    .eps(LayerSpec.BatchNormalization.EPSILON)
                    .useLogStd(false)
                    .nIn(inputs)
                    .nOut(units)
                    .build();
        }
        throw new IllegalArgumentException("a model for DL4J must have dense layers (but for gelu), dropout and batch"
                + " normalisation only, got " + stage.layer() + "; keep it in Millrace's own format");
    }

    /** GELU has none: identity in its place. */
    static IActivation activation(Activation activation) {
        return switch (activation) {
            case SIGMOID -> new ActivationSigmoid();
            case TANH -> new ActivationTanH();
            case RELU -> new ActivationReLU();
            case SOFTMAX -> new ActivationSoftmax();
            case LEAKY_RELU -> new ActivationLReLU(Activation.LEAK);
            case ELU -> new ActivationELU(1);
            case IDENTITY, GELU -> new ActivationIdentity();
        };
    }

    private static LossFunction loss(NetworkSpec spec) {
        return switch (spec.task()) {
            case BINARY -> LossFunction.XENT;
            case MULTICLASS -> LossFunction.MCXENT;
            case REGRESSION ->
                spec.loss() instanceof LossSpec.MeanAbsoluteError ? LossFunction.MEAN_ABSOLUTE_ERROR : LossFunction.MSE;
            case RANKING ->
                throw new IllegalArgumentException("a model for DL4J must not have task RANKING, whose loss it lacks;"
                        + " keep it in Millrace's own format");
        };
    }

    private static IUpdater updater(OptimizerSpec optimizer) {
        double rate = optimizer.learningRate();
        if (optimizer instanceof OptimizerSpec.Adam adam) {
            return new Adam(rate, adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (optimizer instanceof OptimizerSpec.AmsGrad adam) {
            return new AMSGrad(rate, adam.beta1(), adam.beta2(), adam.epsilon());
        } else if (optimizer instanceof OptimizerSpec.Nesterov nesterov) {
            return new Nesterovs(rate, nesterov.momentum());
        } else if (optimizer instanceof OptimizerSpec.Adagrad adagrad) {
            return new AdaGrad(rate, adagrad.epsilon());
        } else if (optimizer instanceof OptimizerSpec.RmsProp rmsProp) {
            return new RmsProp(rate, rmsProp.decay(), rmsProp.epsilon());
        }
        return new Sgd(rate);
    }
}
