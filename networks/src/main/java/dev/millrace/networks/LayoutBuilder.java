package dev.millrace.networks;

import dev.millrace.networks.ParameterLayout.Role;
import dev.millrace.networks.ParameterLayout.Stage;
import dev.millrace.networks.ParameterLayout.Start;
import dev.millrace.networks.ParameterLayout.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Goes through the layers with the shape that each one meets; refuses those that do not fit. Messages count layers as a
 * pipeline file does: behind the branches from 0 on.
 */
final class LayoutBuilder {

    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    private final int slots;
    private final InitialWeights initialWeights;
    private final List<Tensor> tensors = new ArrayList<>();
    private long count;
    private int index;

    private LayoutBuilder(int slots, InitialWeights initialWeights) {
        this.slots = slots;
        this.initialWeights = initialWeights;
    }

    static ParameterLayout build(
            int inputs,
            Task task,
            int outputs,
            List<LayerSpec> layers,
            OptimizerSpec optimizer,
            InitialWeights initialWeights) {
        LayoutBuilder builder = new LayoutBuilder(optimizer.slots(), initialWeights);
        Shape shape = Shape.flat(inputs);
        List<Stage> stages = new ArrayList<>();
        List<LayerSpec> rest = layers;
        if (!layers.isEmpty() && layers.get(0) instanceof LayerSpec.Branches branches) {
            Stage stage = builder.branches(branches, shape);
            stages.add(stage);
            shape = stage.output();
            rest = layers.subList(1, layers.size());
        }
        stages.addAll(builder.stages(shape, rest, "model.layers", stages.isEmpty()));
        if (!stages.isEmpty()) {
            shape = stages.get(stages.size() - 1).output();
        }
        requireFlat(shape, "model.layers");
        LayerSpec last = new LayerSpec.Dense(outputs, task.outputActivation());
        stages.add(builder.stage(last, shape, "model.outputs", false, true));
        return ParameterLayout.of(stages, builder.tensors, (int) builder.count, optimizer.slots());
    }

    private Stage branches(LayerSpec.Branches branches, Shape input) {
        long inputs =
                branches.branches().stream().mapToLong(LayerSpec.Branch::inputs).sum();
        if (inputs != input.size()) {
            throw new IllegalArgumentException("model.branches must take the " + input.size()
                    + " inputs of a row together, got "
                    + branches.branches().stream()
                            .map(branch -> branch.inputs() + " by " + branch.name())
                            .collect(Collectors.joining(", "))
                    + "; give every input to one branch");
        }
        List<List<Stage>> inner = new ArrayList<>();
        List<Shape> outputs = new ArrayList<>();
        long width = 0;
        for (LayerSpec.Branch branch : branches.branches()) {
            String path = "model.branches." + branch.name();
            Shape output = Shape.flat(branch.inputs());
            List<Stage> stages = stages(output, branch.layers(), path, true);
            if (!stages.isEmpty()) {
                output = stages.get(stages.size() - 1).output();
            }
            requireFlat(output, path);
            inner.add(stages);
            outputs.add(output);
            width += output.size();
            requireRoom(1, width);
            index++;
        }
        if (branches.join() != LayerSpec.Join.CONCAT) {
            width = joined(branches, outputs, inner, (int) width);
        }
        return new Stage(index++, branches, false, input, Shape.flat((int) width), List.of(), inner);
    }

    /**
     * Adds the layers beside the join.
     *
     * @param outputs of the branches, {@code together} values
     * @return width of what the join makes of them
     */
    private long joined(LayerSpec.Branches branches, List<Shape> outputs, List<List<Stage>> inner, int together) {
        long width = 1;
        List<String> partners = new ArrayList<>();
        Set<Integer> widths = new HashSet<>();
        for (int i = 0; i < outputs.size(); i++) {
            LayerSpec.Branch branch = branches.branches().get(i);
            if (branch.rest()) {
                width += outputs.get(i).size();
            } else {
                partners.add(outputs.get(i).size() + " of " + branch.name());
                widths.add(outputs.get(i).size());
            }
        }
        requirePartners(branches.join(), partners, widths.size());
        if (!branches.deep().isEmpty()) {
            List<Stage> deep = stages(Shape.flat(together), branches.deep(), "model.layers", false);
            Shape output = deep.get(deep.size() - 1).output();
            requireFlat(output, "model.layers");
            inner.add(deep);
            index++;
            width += output.size();
            requireRoom(1, width);
        }
        return width;
    }

    private static void requirePartners(LayerSpec.Join join, List<String> partners, int widths) {
        boolean dot = join == LayerSpec.Join.DOT;
        if (partners.size() < 2 || dot && partners.size() > 2) {
            throw new IllegalArgumentException("model.join of " + (dot ? "dot" : "fm") + " needs "
                    + (dot ? "exactly" : "at least") + " two branches, got "
                    + (partners.isEmpty() ? "none" : String.join(", ", partners)) + "; name "
                    + (dot ? "the two that it multiplies, or join more by fm" : "those that it multiplies"));
        }
        if (widths > 1) {
            throw new IllegalArgumentException("model.join of " + (dot ? "dot" : "fm")
                    + " needs branches of one width at their ends, got " + String.join(", ", partners)
                    + "; end each in a dense layer of the same width");
        }
    }

    private static void requireFlat(Shape shape, String path) {
        if (shape.sequence()) {
            throw new IllegalArgumentException(
                    path + " must end in a flat vector, got " + shape + "; add a pool or flatten layer at the end");
        }
    }

    /** @param first whether the layers see inputs of the network */
    private List<Stage> stages(Shape input, List<LayerSpec> layers, String path, boolean first) {
        List<Stage> stages = new ArrayList<>();
        Shape shape = input;
        for (int i = 0; i < layers.size(); i++) {
            String here = path + "[" + i + "]";
            LayerSpec layer = layers.get(i);
            if (i > 0 && layer instanceof LayerSpec.Dropout && layers.get(i - 1) instanceof LayerSpec.Dropout) {
                throw new IllegalArgumentException(here + " must not be dropout after dropout, got " + layers.get(i - 1)
                        + " and " + layer + "; write one with the joint rate");
            }
            Stage stage = stage(layer, shape, here, first && i == 0, false);
            stages.add(stage);
            shape = stage.output();
        }
        return stages;
    }

    private Stage stage(LayerSpec layer, Shape input, String path, boolean first, boolean last) {
        Shape output = input;
        int channels = input.channels();
        int firstTensor = tensors.size();
        if (layer instanceof LayerSpec.Residual residual) {
            List<Stage> inner = stages(input, residual.layers(), path + ".residual", false);
            output = inner.get(inner.size() - 1).output();
            if (!output.equals(input)) {
                throw new IllegalArgumentException(path + ".residual must end in the shape it begins with, got " + input
                        + " and " + output + "; make its last layer as wide as the layer before it");
            }
            return new Stage(index++, layer, last, input, output, List.of(), List.of(inner));
        } else if (layer instanceof LayerSpec.Branches) {
            throw new IllegalArgumentException(
                    path + " must not be branches, got " + layer.form() + "; only the first layer branches");
        } else if (layer instanceof LayerSpec.Dense dense) {
            weights("weights", channels, dense.units(), drawn(dense.activation(), last, channels, dense.units()));
            constant("bias", dense.units(), last ? initialWeights.outputBias() : 0);
            output = new Shape(input.steps(), dense.units(), input.sequence());
        } else if (layer instanceof LayerSpec.Sequence sequence) {
            output = sequence(sequence, input, path, first);
        } else if (layer instanceof LayerSpec.Lstm lstm) {
            requireSequence(input, path, "lstm");
            int units = lstm.units();
            requireRoom(4, units);
            weights("weights", channels, 4 * units, drawn(Activation.TANH, false, channels, units));
            weights("recurrent weights", units, 4 * units, drawn(Activation.TANH, false, units, units));
            // An open forget gate lets gradients through from the start (Gers et al. 2000).
            constant("input bias", units, 0);
            constant("forget bias", units, 1);
            constant("candidate and output bias", 2 * units, 0);
            output = Shape.sequence(input.steps(), units);
        } else if (layer instanceof LayerSpec.Gru gru) {
            requireSequence(input, path, "gru");
            int units = gru.units();
            requireRoom(3, units);
            weights("weights", channels, 3 * units, drawn(Activation.TANH, false, channels, units));
            weights("recurrent weights", units, 3 * units, drawn(Activation.TANH, false, units, units));
            constant("bias", 3 * units, 0);
            output = Shape.sequence(input.steps(), units);
        } else if (layer instanceof LayerSpec.Convolution convolution) {
            requireSequence(input, path, "convolution");
            int filters = convolution.filters();
            requireRoom(convolution.width(), channels);
            int seen = convolution.width() * channels;
            weights("weights", seen, filters, drawn(convolution.activation(), false, seen, filters));
            constant("bias", filters, 0);
            output = Shape.sequence((input.steps() - 1) / convolution.stride() + 1, filters);
        } else if (layer instanceof LayerSpec.Attention attention) {
            requireSequence(input, path, "attention");
            int units = attention.units();
            for (String name : List.of("queries", "keys", "values")) {
                weights(name, channels, units, drawn(Activation.IDENTITY, false, channels, units));
            }
            weights("outputs", units, units, drawn(Activation.IDENTITY, false, units, units));
            output = Shape.sequence(input.steps(), units);
        } else if (layer instanceof LayerSpec.Pool) {
            requireSequence(input, path, "pool");
            output = Shape.flat(channels);
        } else if (layer instanceof LayerSpec.Flatten) {
            requireSequence(input, path, "flatten");
            output = Shape.flat(input.size());
        } else if (layer instanceof LayerSpec.LayerNormalization) {
            constant("gain", channels, 1);
            constant("shift", channels, 0);
        } else if (layer instanceof LayerSpec.BatchNormalization) {
            constant("gain", channels, 1);
            constant("shift", channels, 0);
            tensor("running mean", Role.STATISTIC, 1, channels, new Start.Constant(0));
            tensor("running variance", Role.STATISTIC, 1, channels, new Start.Constant(1));
        }
        requireRoom(output.steps(), output.channels());
        int number = layer instanceof LayerSpec.Dropout ? index : index++;
        return new Stage(number, layer, last, input, output, tensors.subList(firstTensor, tensors.size()), List.of());
    }

    private static Shape sequence(LayerSpec.Sequence sequence, Shape input, String path, boolean first) {
        if (input.sequence()) {
            throw new IllegalArgumentException(path + ".sequence must come first, got " + input + "; remove it");
        }
        if (sequence.masked() && !first) {
            throw new IllegalArgumentException(
                    path
                            + ".sequence.mask must be off behind another layer, got on; only inputs hold marks, put the sequence first");
        }
        int width = input.channels();
        int channels = width / sequence.steps() - (sequence.masked() ? 1 : 0);
        if (width % sequence.steps() != 0 || channels < 1) {
            throw new IllegalArgumentException(path + ".sequence.steps must divide the " + width
                    + " values before it into steps of " + (sequence.masked() ? "a mark and " : "")
                    + "one or more channels, got " + sequence.steps() + "; count the inputs of a step");
        }
        return Shape.sequence(sequence.steps(), channels);
    }

    private static void requireSequence(Shape input, String path, String layer) {
        if (!input.sequence()) {
            throw new IllegalArgumentException(path + "." + layer + " must come after a sequence, got a flat vector of "
                    + input + "; begin with a sequence layer, e.g. {sequence: {steps: 10}}");
        }
    }

    private Start drawn(Activation activation, boolean last, int inputs, int units) {
        WeightInitializer chosen = last ? initialWeights.output() : initialWeights.hidden();
        if (chosen == WeightInitializer.AUTO) {
            chosen = activation.rectifies() ? WeightInitializer.HE_UNIFORM : WeightInitializer.XAVIER_UNIFORM;
        }
        return new Start.Drawn(chosen, inputs, units);
    }

    private void weights(String name, int rows, int columns, Start start) {
        tensor(name, Role.WEIGHT, rows, columns, start);
    }

    private void constant(String name, int columns, float value) {
        tensor(name, Role.FREE, 1, columns, new Start.Constant(value));
    }

    private void tensor(String name, Role role, int rows, int columns, Start start) {
        long offset = count;
        count += (long) rows * columns;
        if (columns < 1 || count * Math.max(1, slots) > MOST_VALUES) {
            throw new IllegalArgumentException("model.layers must give at most " + MOST_VALUES
                    + " parameters times optimiser slots, got " + count + " times " + slots + "; make layers narrower");
        }
        tensors.add(new Tensor(index, name, role, (int) offset, rows, columns, start));
    }

    private static void requireRoom(long steps, long channels) {
        if (steps * channels > MOST_VALUES) {
            throw new IllegalArgumentException("model.layers must give at most " + MOST_VALUES + " values per row, got "
                    + steps * channels + "; make layers narrower");
        }
    }
}
