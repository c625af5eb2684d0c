package dev.millrace.modelstate;

import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What weights fit to: the inputs by name and the layers by form.
 *
 * @param inputNames one per input of the network, in order
 * @param standardised one per input that is a number and not an embedding's, in order: whether the scaler standardises it; not to
 *     be changed
 * @param layers forms of the layers, for people
 */
public record ModelShape(List<String> inputNames, boolean[] standardised, String layers) implements Serializable {

    /** Without embeddings. */
    public static ModelShape of(NetworkSpec network, List<String> inputNames, boolean[] standardised) {
        return of(network, EmbeddingSpec.NONE, inputNames, standardised);
    }

    public static ModelShape of(
            NetworkSpec network, EmbeddingSpec embeddings, List<String> inputNames, boolean[] standardised) {
        int numbers = network.inputs() - embeddings.embeddedInputs();
        if (inputNames.size() != network.inputs() || standardised.length != numbers) {
            throw new IllegalArgumentException("a network of " + network.inputs() + " inputs, " + numbers
                    + " of them numbers, needs as many names and flags, got " + inputNames.size() + " and "
                    + standardised.length);
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
