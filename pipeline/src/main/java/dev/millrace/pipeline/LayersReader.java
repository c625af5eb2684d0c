package dev.millrace.pipeline;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LayerSpec.Padding;
import dev.millrace.networks.LayerSpec.Pooling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code layers}: the hidden layers, from the inputs on. */
final class LayersReader {

    private static final int MOST_UNITS = 65_536;
    private static final String REMEDY = "write e.g. {dense: 32, activation: relu} or {dropout: 0.2}";
    private static final String WIDTH = "set it to the width of the layer, e.g. 32";

    private static final List<String> LATER = List.of("rnn", "embedding");

    private static final List<String> KINDS = List.of(
            "dense",
            "dropout",
            "sequence",
            "lstm",
            "gru",
            "convolution",
            "attention",
            "pool",
            "flatten",
            "normalize",
            "residual");

    private static final Map<String, Activation> ACTIVATIONS = words(Activation.values());
    private static final Map<String, Padding> PADDINGS = words(Padding.values());
    private static final Map<String, Pooling> POOLINGS = words(Pooling.values());
    private static final Map<String, Boolean> SWITCH = Map.of("true", true, "false", false);
    private static final Map<String, LayerSpec> NORMALIZATIONS = new LinkedHashMap<>();

    static {
        NORMALIZATIONS.put("layer", new LayerSpec.LayerNormalization());
        NORMALIZATIONS.put("batch", new LayerSpec.BatchNormalization());
    }

    /** Whether the layers so far make a sequence of the row. */
    private boolean sequence;

    private LayersReader(boolean sequence) {
        this.sequence = sequence;
    }

    private static <T extends Enum<T>> Map<String, T> words(T[] values) {
        Map<String, T> words = new LinkedHashMap<>();
        for (T value : values) {
            words.put(value.name().toLowerCase(Locale.ROOT).replace('_', '-'), value);
        }
        return words;
    }

    /** Null only if a problem was found. */
    static @Nullable List<LayerSpec> read(Place place) {
        LayersReader reader = new LayersReader(false);
        List<LayerSpec> layers =
                reader.readList(place, "list the hidden layers, e.g. [{dense: 32}]; [] is a linear model");
        if (layers != null && reader.sequence) {
            place.problems()
                    .addWithoutValue(place, "must not end in a sequence", "add {pool: last} or flatten at the end");
            return null;
        }
        return layers;
    }

    /**
     * The layers of a branch; one that ends in a sequence ends in its last step. Null only if a problem was found.
     *
     * @param history whether the inputs are a sequence from the start
     */
    static @Nullable List<LayerSpec> readBranch(Place place, boolean history) {
        LayersReader reader = new LayersReader(history);
        List<LayerSpec> layers = reader.readList(place, "list the layers of the branch, e.g. [{gru: 32}]");
        if (layers != null && !layers.isEmpty() && reader.sequence) {
            layers.add(new LayerSpec.Pool(Pooling.LAST));
        }
        return layers;
    }

    private @Nullable List<LayerSpec> readList(Place place, String remedy) {
        List<Place> items = place.itemsOrNone(remedy);
        if (items == null) {
            return null;
        }
        List<LayerSpec> layers = new ArrayList<>();
        for (Place item : items) {
            LayerSpec layer = readLayer(item);
            boolean dropoutBefore = !layers.isEmpty() && layers.get(layers.size() - 1) instanceof LayerSpec.Dropout;
            if (layer instanceof LayerSpec.Dropout && dropoutBefore) {
                item.problems()
                        .addWithoutValue(item, "must not be dropout after dropout", "write one with the joint rate");
            } else if (layer != null) {
                layers.add(layer);
            }
        }
        return layers.size() < items.size() ? null : layers;
    }

    private @Nullable LayerSpec readLayer(Place place) {
        if (place.is("flatten")) {
            return requireSequence(place) ? leaveSequence(new LayerSpec.Flatten()) : null;
        }
        try (Section section = place.section(REMEDY)) {
            if (section == null) {
                return null;
            }
            for (String kind : LATER) {
                if (section.later(kind, "use one of " + String.join(", ", KINDS))) {
                    section.ignoreRest();
                    return null;
                }
            }
            String kind = null;
            Place value = null;
            int kinds = 0;
            for (String candidate : KINDS) {
                Place written = section.optional(candidate);
                if (written != null) {
                    kinds++;
                    kind = candidate;
                    value = written;
                }
            }
            if (kind == null || value == null || kinds > 1) {
                place.problems().addWithoutValue(place, "must be one of " + String.join(", ", KINDS), REMEDY);
                section.ignoreRest();
                return null;
            }
            if (!kind.equals("dense")) {
                section.refuse(
                        "activation",
                        "makes no sense for " + kind,
                        kind.equals("convolution")
                                ? "move it into the settings of the convolution"
                                : "move it to the dense layer before");
            }
            return readKind(kind, section, value);
        }
    }

    private @Nullable LayerSpec readKind(String kind, Section section, Place place) {
        return switch (kind) {
            case "dense" -> readDense(section, place);
            case "dropout" -> readDropout(place);
            case "sequence" -> readSequence(place);
            case "lstm" -> {
                int units = readUnits(place);
                yield requireSequence(place) && units > 0 ? new LayerSpec.Lstm(units) : null;
            }
            case "gru" -> {
                int units = readUnits(place);
                yield requireSequence(place) && units > 0 ? new LayerSpec.Gru(units) : null;
            }
            case "convolution" -> readConvolution(place);
            case "attention" -> readAttention(place);
            case "pool" -> {
                Pooling pooling = place.choice(POOLINGS);
                yield requireSequence(place) && pooling != null ? leaveSequence(new LayerSpec.Pool(pooling)) : null;
            }
            case "flatten" -> {
                place.problem("must be written alone", "write flatten instead of {flatten: …}");
                yield null;
            }
            case "normalize" -> place.choice(NORMALIZATIONS);
            case "residual" -> readResidual(place);
            default -> throw new AssertionError("no layer " + kind);
        };
    }

    private static @Nullable LayerSpec readDense(Section section, Place place) {
        int units = place.integer(0, 1, MOST_UNITS, "set it to the width of the layer, e.g. 64");
        Activation activation = readActivation(section);
        return units == 0 || activation == null ? null : new LayerSpec.Dense(units, activation);
    }

    private static @Nullable Activation readActivation(Section section) {
        Place place = section.optional("activation");
        return place == null ? Defaults.ACTIVATION : place.choice(ACTIVATIONS);
    }

    private static @Nullable LayerSpec readDropout(Place place) {
        float rate = place.real(Float.NaN, Range.fromAndBelow(0, 1), "set it to the share of values to drop, e.g. 0.2");
        return rate >= 0 && rate < 1 ? new LayerSpec.Dropout(rate) : null;
    }

    private @Nullable LayerSpec readSequence(Place place) {
        if (sequence) {
            place.problems().addWithoutValue(place, "must come before the layers for sequences", "remove it");
            return null;
        }
        // What follows is judged as if this were right.
        sequence = true;
        String remedy = "write {steps: 10}, the number of steps in a row";
        try (Section settings = place.section(remedy)) {
            if (settings == null) {
                return null;
            }
            int steps = readCount(settings.required("steps", remedy), 0, remedy);
            Place mask = settings.optional("mask");
            Boolean masked = mask == null ? Boolean.FALSE : mask.choice(SWITCH);
            return steps == 0 || masked == null ? null : new LayerSpec.Sequence(steps, masked);
        }
    }

    /** {@code lstm: 32} or {@code lstm: {units: 32}}; 0, and a problem, where it is neither. */
    private static int readUnits(Place place) {
        if (!place.isMapping()) {
            return readCount(place, 0, WIDTH);
        }
        try (Section settings = place.section(WIDTH)) {
            return settings == null ? 0 : readCount(settings.required("units", WIDTH), 0, WIDTH);
        }
    }

    private @Nullable LayerSpec readConvolution(Place place) {
        String remedy = "write {filters: 16, width: 3}";
        boolean fits = requireSequence(place);
        try (Section settings = place.section(remedy)) {
            if (settings == null) {
                return null;
            }
            int filters = readCount(settings.required("filters", remedy), 0, remedy);
            int width = readCount(settings.required("width", remedy), 0, remedy);
            Place stridePlace = settings.optional("stride");
            int stride = stridePlace == null ? 1 : readCount(stridePlace, 0, "leave it at 1");
            Place paddingPlace = settings.optional("padding");
            Padding padding = paddingPlace == null ? Padding.SAME : paddingPlace.choice(PADDINGS);
            Activation activation = readActivation(settings);
            boolean complete = filters > 0 && width > 0 && stride > 0;
            return fits && complete && padding != null && activation != null
                    ? new LayerSpec.Convolution(filters, width, padding, stride, activation)
                    : null;
        }
    }

    private @Nullable LayerSpec readAttention(Place place) {
        String remedy = "write {heads: 2, units: 32}, units a multiple of heads";
        boolean fits = requireSequence(place);
        try (Section settings = place.section(remedy)) {
            if (settings == null) {
                return null;
            }
            int units = readCount(settings.required("units", remedy), 0, remedy);
            Place headsPlace = settings.optional("heads");
            int heads = headsPlace == null ? 1 : readCount(headsPlace, 0, remedy);
            if (!fits || units == 0 || heads == 0) {
                return null;
            }
            if (units % heads != 0) {
                place.problems().addWithoutValue(place, "must have as many units in each head", remedy);
                return null;
            }
            return new LayerSpec.Attention(heads, units);
        }
    }

    private @Nullable LayerSpec readResidual(Place place) {
        String remedy = "list the layers whose result is added to their input, e.g. [{dense: 32}]";
        boolean before = sequence;
        List<LayerSpec> layers = readList(place, remedy);
        if (layers == null) {
            return null;
        }
        if (layers.isEmpty()) {
            place.problems().addWithoutValue(place, "must not be empty", remedy);
            return null;
        }
        if (sequence != before) {
            sequence = before;
            place.problems()
                    .addWithoutValue(place, "must end in the shape it begins with", "move the last layer behind it");
            return null;
        }
        return new LayerSpec.Residual(layers);
    }

    private static int readCount(@Nullable Place place, int fallback, String remedy) {
        return place == null ? fallback : place.integer(fallback, 1, MOST_UNITS, remedy);
    }

    private boolean requireSequence(Place place) {
        if (!sequence) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "needs a sequence",
                            "begin the layers with {sequence: {steps: 10}}, or use dense layers");
        }
        return sequence;
    }

    private LayerSpec leaveSequence(LayerSpec layer) {
        sequence = false;
        return layer;
    }
}
