package dev.millrace.networks.dl4j;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.Task;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * What the JSON of a {@code MultiLayerConfiguration} says, read as a tree: class names in it are compared, never loaded.
 *
 * @param logarithmicDeviation for each batch normalisation, whether its last coefficients are log₁₀ of deviations, not
 *     variances
 */
record Dl4jConfiguration(
        int inputs, Task task, int outputs, List<LayerSpec> layers, LossSpec loss, List<Boolean> logarithmicDeviation) {

    Dl4jConfiguration {
        layers = List.copyOf(layers);
        logarithmicDeviation = List.copyOf(logarithmicDeviation);
    }

    static Dl4jConfiguration parse(String json) {
        JsonNode layers;
        try {
            layers = new ObjectMapper().readTree(json).path("confs");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("configuration.json must be JSON, got " + e.getOriginalMessage(), e);
        }
        if (!layers.isArray() || layers.isEmpty()) {
            throw new IllegalArgumentException("configuration.json must have a list confs, got none;"
                    + " bring a MultiLayerConfiguration, graphs are not understood");
        }
        Reader reader = new Reader();
        for (int i = 0; i < layers.size(); i++) {
            reader.read(layers.get(i).path("layer"), i, i == layers.size() - 1);
        }
        return reader.result(layers.get(layers.size() - 1).path("layer"), layers.size() - 1);
    }

    private static final class Reader {

        private final List<LayerSpec> layers = new ArrayList<>();
        private final List<Boolean> logarithmicDeviation = new ArrayList<>();
        private int inputs;

        void read(JsonNode layer, int at, boolean last) {
            String kind = simpleName(layer);
            JsonNode dropout = layer.path("idropout");
            if (dropout.isObject()) {
                require(
                        simpleName(dropout).equals("Dropout")
                                && !dropout.path("pschedule").isObject(),
                        at,
                        "idropout",
                        simpleName(dropout),
                        "use Dropout with a fixed probability");
                layers.add(new LayerSpec.Dropout((float) (1 - dropout.path("p").asDouble())));
            }
            int width = layer.path("nin").asInt();
            inputs = inputs == 0 ? width : inputs;
            switch (kind) {
                case "DropoutLayer" -> {}
                case "BatchNormalization" -> readBatchNormalization(layer, at);
                case "DenseLayer", "OutputLayer" -> {
                    require(kind.equals("OutputLayer") == last, at, "@class", kind, "put an OutputLayer at the end");
                    require(layer.path("hasBias").asBoolean(true), at, "hasBias", "false", "give the layer a bias");
                    require(!layer.path("hasLayerNorm").asBoolean(), at, "hasLayerNorm", "true", "leave it out");
                    if (!last) {
                        layers.add(new LayerSpec.Dense(layer.path("nout").asInt(), activation(layer, at)));
                    }
                }
                default ->
                    require(false, at, "@class", kind, "use DenseLayer, DropoutLayer, BatchNormalization, OutputLayer");
            }
        }

        private void readBatchNormalization(JsonNode layer, int at) {
            require(!layer.path("lockGammaBeta").asBoolean(), at, "lockGammaBeta", "true", "leave it out");
            double epsilon = layer.path("eps").asDouble();
            require(
                    (float) epsilon == LayerSpec.BatchNormalization.EPSILON,
                    at,
                    "eps",
                    Double.toString(epsilon),
                    "leave it at 1e-5");
            layers.add(new LayerSpec.BatchNormalization());
            logarithmicDeviation.add(layer.path("useLogStd").asBoolean());
        }

        Dl4jConfiguration result(JsonNode output, int at) {
            String loss = simpleName(output.path("lossFn"));
            Activation activation = activation(output, at);
            int outputs = output.path("nout").asInt();
            JsonNode weights = output.path("lossFn").path("weights");
            require(weights.isMissingNode() || weights.isNull(), at, "lossFn.weights", "some", "leave them out");
            if (loss.equals("LossBinaryXENT") && activation == Activation.SIGMOID && outputs == 1) {
                return result(Task.BINARY, 1, new LossSpec.CrossEntropy());
            }
            boolean classes = loss.equals("LossMCXENT") || loss.equals("LossNegativeLogLikelihood");
            if (classes && activation == Activation.SOFTMAX && outputs > 1) {
                return result(Task.MULTICLASS, outputs, new LossSpec.CrossEntropy());
            }
            if (activation == Activation.IDENTITY && outputs == 1 && loss.equals("LossMSE")) {
                return result(Task.REGRESSION, 1, new LossSpec.MeanSquaredError());
            }
            if (activation == Activation.IDENTITY && outputs == 1 && loss.equals("LossMAE")) {
                return result(Task.REGRESSION, 1, new LossSpec.MeanAbsoluteError());
            }
            require(
                    false,
                    at,
                    "lossFn",
                    loss + " after " + activation + " of " + outputs,
                    "use XENT after one sigmoid, MCXENT after softmax, or MSE or MAE after one identity");
            throw new AssertionError();
        }

        private Dl4jConfiguration result(Task task, int outputs, LossSpec loss) {
            return new Dl4jConfiguration(inputs, task, outputs, layers, loss, logarithmicDeviation);
        }
    }

    private static Activation activation(JsonNode layer, int at) {
        JsonNode function = layer.path("activationFn");
        String name = simpleName(function);
        boolean leak = (float) function.path("alpha").asDouble(Activation.LEAK) == Activation.LEAK;
        boolean unit = function.path("alpha").asDouble(1) == 1;
        return switch (name) {
            case "ActivationSigmoid" -> Activation.SIGMOID;
            case "ActivationTanH" -> Activation.TANH;
            case "ActivationReLU" -> Activation.RELU;
            case "ActivationSoftmax" -> Activation.SOFTMAX;
            case "ActivationIdentity" -> Activation.IDENTITY;
            default -> {
                boolean leaky = name.equals("ActivationLReLU") && leak;
                require(
                        leaky || (name.equals("ActivationELU") && unit),
                        at,
                        "activationFn",
                        function.toString(),
                        "use sigmoid, tanh, relu, softmax, identity, leakyrelu with 0.01 or elu with 1");
                yield leaky ? Activation.LEAKY_RELU : Activation.ELU;
            }
        };
    }

    private static String simpleName(JsonNode typed) {
        String name = typed.path("@class").asText();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void require(boolean understood, int at, String key, String value, String remedy) {
        if (!understood) {
            throw new IllegalArgumentException(
                    "confs[" + at + "].layer." + key + " is not understood, got " + value + "; " + remedy);
        }
    }
}
