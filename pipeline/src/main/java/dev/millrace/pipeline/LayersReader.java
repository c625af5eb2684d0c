package dev.millrace.pipeline;

import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code layers}: the hidden layers, from the inputs on. */
final class LayersReader {

    private static final int MOST_UNITS = 65_536;
    private static final String REMEDY = "write {dense: 32, activation: relu} or {dropout: 0.2}";

    private static final List<String> LATER =
            List.of("gru", "lstm", "rnn", "convolution", "attention", "normalization", "embedding");

    private static final Map<String, Activation> ACTIVATIONS = new LinkedHashMap<>();

    static {
        for (Activation activation : Activation.values()) {
            ACTIVATIONS.put(activation.name().toLowerCase(Locale.ROOT), activation);
        }
    }

    private LayersReader() {}

    /** Null only if a problem was found. */
    static @Nullable List<LayerSpec> read(Place place) {
        List<Place> items = place.itemsOrNone("list the hidden layers, e.g. [{dense: 32}]; [] is a linear model");
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

    private static @Nullable LayerSpec readLayer(Place place) {
        try (Section section = place.section(REMEDY)) {
            if (section == null) {
                return null;
            }
            for (String kind : LATER) {
                if (section.later(kind, "use dense layers")) {
                    section.ignoreRest();
                    return null;
                }
            }
            Place dense = section.optional("dense");
            Place dropout = section.optional("dropout");
            if ((dense == null) == (dropout == null)) {
                place.problems().addWithoutValue(place, "must be either dense or dropout", REMEDY);
                section.ignoreRest();
                return null;
            }
            return dense != null ? readDense(section, dense) : dropout == null ? null : readDropout(section, dropout);
        }
    }

    private static @Nullable LayerSpec readDense(Section section, Place place) {
        int units = place.integer(0, 1, MOST_UNITS, "set it to the width of the layer, e.g. 64");
        Place activationPlace = section.optional("activation");
        Activation activation = activationPlace == null ? Defaults.ACTIVATION : activationPlace.choice(ACTIVATIONS);
        return units == 0 || activation == null ? null : new LayerSpec.Dense(units, activation);
    }

    private static @Nullable LayerSpec readDropout(Section section, Place place) {
        section.refuse("activation", "makes no sense for dropout", "move it to the dense layer before");
        float rate = place.real(Float.NaN, Range.fromAndBelow(0, 1), "set it to the share of values to drop, e.g. 0.2");
        return rate >= 0 && rate < 1 ? new LayerSpec.Dropout(rate) : null;
    }
}
