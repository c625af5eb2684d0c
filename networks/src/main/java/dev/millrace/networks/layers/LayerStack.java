package dev.millrace.networks.layers;

import dev.millrace.networks.LayerHealth;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Tensor;
import dev.millrace.networks.layers.Layer.Vitals;
import dev.millrace.networks.loops.LoopChoice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layers one after the other. */
public final class LayerStack {

    private final Layer[] layers;
    private float[] inputs = new float[0];
    private int[] present = new int[0];
    private int[] ones = new int[0];

    public LayerStack(List<Stage> stages, OwnLayers own) {
        List<Layer> made = new ArrayList<>();
        for (int i = 0; i < stages.size(); ) {
            Layer layer = own.begin(stages.subList(i, stages.size()));
            if (layer == null) {
                layer = layer(stages.get(i), own);
            }
            made.add(layer);
            i += layer.stages().size();
        }
        this.layers = made.toArray(Layer[]::new);
    }

    /** Says that there is nothing to learn before these layers. */
    void beFirst() {
        for (Layer layer : layers) {
            layer.beFirst();
            if (layer.learns()) {
                return;
            }
        }
    }

    private static Layer layer(Stage stage, OwnLayers own) {
        LayerSpec spec = stage.layer();
        if (spec instanceof LayerSpec.Dropout dropout) {
            return new DropoutLayer(stage, dropout);
        } else if (spec instanceof LayerSpec.Sequence sequence) {
            return new SequenceLayer(stage, sequence);
        } else if (spec instanceof LayerSpec.Lstm lstm) {
            return new LstmLayer(stage, lstm, LoopChoice.CHOSEN);
        } else if (spec instanceof LayerSpec.Gru gru) {
            return new GruLayer(stage, gru, LoopChoice.CHOSEN);
        } else if (spec instanceof LayerSpec.Convolution convolution) {
            return new ConvolutionLayer(stage, convolution);
        } else if (spec instanceof LayerSpec.Attention attention) {
            return new AttentionLayer(stage, attention);
        } else if (spec instanceof LayerSpec.Pool pool) {
            return new PoolLayer(stage, pool);
        } else if (spec instanceof LayerSpec.Flatten) {
            return new FlattenLayer(stage);
        } else if (spec instanceof LayerSpec.LayerNormalization) {
            return new LayerNormalizationLayer(stage);
        } else if (spec instanceof LayerSpec.BatchNormalization) {
            return new BatchNormalizationLayer(stage);
        } else if (spec instanceof LayerSpec.Residual) {
            return new ResidualLayer(stage, new LayerStack(stage.inner().get(0), own));
        } else if (spec instanceof LayerSpec.Branches branches) {
            return new BranchesLayer(
                    stage,
                    branches,
                    stage.inner().stream()
                            .map(stages -> new LayerStack(stages, own))
                            .toList());
        }
        throw new AssertionError("no layer for " + spec);
    }

    /** Whether there are parameters in any of the layers. */
    boolean learns() {
        return Arrays.stream(layers).anyMatch(Layer::learns);
    }

    boolean isEmpty() {
        return layers.length == 0;
    }

    /** {@code [rows, outputs]} of the last {@link #forward}. */
    public float[] values() {
        return layers[layers.length - 1].values();
    }

    /** The steps of the output. */
    public int[] present() {
        return layers[layers.length - 1].present();
    }

    /** {@code [rows, inputs]} of the last {@link #backward}. */
    public float[] inputDeltas() {
        return layers[0].inputDeltas();
    }

    public void load(float[] parameters) {
        for (Layer layer : layers) {
            layer.load(parameters);
        }
    }

    /** Rows of flat vectors through all layers. */
    public void forward(float[] flat, int rows, Pass pass) {
        if (ones.length < rows) {
            ones = new int[rows];
            Arrays.fill(ones, 1);
        }
        forward(flat, ones, rows, pass);
    }

    void forward(float[] input, int[] inputPresent, int rows, Pass pass) {
        inputs = input;
        present = inputPresent;
        float[] values = input;
        int[] steps = inputPresent;
        for (Layer layer : layers) {
            layer.forward(values, steps, rows, pass);
            values = layer.values();
            steps = layer.present();
        }
    }

    /** @param deltas derivatives of the loss with respect to the output; may be changed */
    public void backward(float[] deltas, int rows, Pass pass, float[] gradient) {
        float[] values = deltas;
        for (int i = layers.length - 1; i >= 0; i--) {
            float[] before = i == 0 ? inputs : layers[i - 1].values();
            int[] steps = i == 0 ? present : layers[i - 1].present();
            layers[i].backward(before, steps, values, rows, pass, gradient);
            values = layers[i].inputDeltas();
        }
    }

    /**
     * Of the mini-batch that has just gone forward and backward; layers without parameters are left out.
     *
     * @param gradient as {@link #backward} left it
     */
    public List<LayerHealth> health(float[] gradient, float[] parameters, int rows) {
        List<Vitals> all = new ArrayList<>();
        addVitals(rows, all);
        double ofOutput = rootMeanSquare(all.get(all.size() - 1).stage(), gradient);
        return all.stream()
                .map(vitals -> new LayerHealth(
                        vitals.stage().index(),
                        vitals.stage().layer(),
                        Math.sqrt(squares(vitals.stage(), gradient, false)),
                        Math.sqrt(squares(vitals.stage(), parameters, true)),
                        rootMeanSquare(vitals.stage(), gradient) / ofOutput,
                        vitals.deadShare()))
                .toList();
    }

    void addVitals(int rows, List<Vitals> all) {
        for (Layer layer : layers) {
            layer.addVitals(rows, all);
        }
    }

    private static double squares(Stage stage, float[] values, boolean weightsOnly) {
        double squares = 0;
        for (Tensor tensor : stage.tensors()) {
            boolean counts = weightsOnly ? tensor.role() == Role.WEIGHT : tensor.role() != Role.STATISTIC;
            for (int i = tensor.offset(); counts && i < tensor.endOffset(); i++) {
                squares += (double) values[i] * values[i];
            }
        }
        return squares;
    }

    private static double rootMeanSquare(Stage stage, float[] gradient) {
        int count = stage.tensors().stream()
                .filter(tensor -> tensor.role() != Role.STATISTIC)
                .mapToInt(Tensor::count)
                .sum();
        return Math.sqrt(squares(stage, gradient, false) / count);
    }
}
