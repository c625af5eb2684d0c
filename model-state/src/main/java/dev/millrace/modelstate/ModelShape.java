package dev.millrace.modelstate;

import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What weights fit to: the inputs by name and the layers by form.
 *
 * @param inputNames one per input of the network, in order
 * @param standardised which of them the scaler standardises; not to be changed
 * @param layers forms of the layers, for people
 */
public record ModelShape(List<String> inputNames, boolean[] standardised, String layers) implements Serializable {

    public static ModelShape of(NetworkSpec network, List<String> inputNames, boolean[] standardised) {
        if (inputNames.size() != network.inputs() || standardised.length != network.inputs()) {
            throw new IllegalArgumentException(
                    "a network of " + network.inputs() + " inputs needs as many names and flags, got "
                            + inputNames.size() + " and " + standardised.length);
        }
        String widths = network.layers().stream()
                .map(LayerSpec::form)
                .filter(form -> !form.isEmpty())
                .map(form -> form + " → ")
                .collect(Collectors.joining());
        String task = network.task().name().toLowerCase(Locale.ROOT);
        return new ModelShape(List.copyOf(inputNames), standardised.clone(), widths + network.outputs() + ' ' + task);
    }

    /** Equal for models whose weights fit each other. */
    public String description() {
        return inputNames + " → " + layers;
    }
}
