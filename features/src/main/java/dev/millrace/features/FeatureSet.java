package dev.millrace.features;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The features of a model, in the order of its inputs.
 *
 * @param features at least one; no two inputs have the same name
 */
public record FeatureSet(List<Feature> features) implements Serializable {

    public FeatureSet {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new IllegalArgumentException("features must name at least one feature");
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : features) {
            for (String input : feature.inputNames()) {
                if (!names.add(input)) {
                    throw new IllegalArgumentException("input '" + input + "' of feature '" + feature.name()
                            + "' exists already; give one of the two features another name");
                }
            }
        }
    }

    public static FeatureSet of(Feature... features) {
        return new FeatureSet(List.of(features));
    }

    /** Number of inputs. */
    public int width() {
        return features.stream()
                .mapToInt(feature -> feature.inputNames().size())
                .sum();
    }

    /** Those whose inputs are learned rows, in order. */
    public List<Feature.Embedding> embeddings() {
        return features.stream()
                .filter(Feature.Embedding.class::isInstance)
                .map(Feature.Embedding.class::cast)
                .toList();
    }

    /** Number of inputs that are numbers of an event, all but those of {@link #embeddings}. */
    public int denseWidth() {
        return width()
                - embeddings().stream().mapToInt(Feature.Embedding::dimensions).sum();
    }

    /** The name of each input, in order. */
    public List<String> inputNames() {
        return features.stream()
                .flatMap(feature -> feature.inputNames().stream())
                .toList();
    }

    /** For each input the name of its feature, in order. */
    public List<String> featureNames() {
        return features.stream()
                .flatMap(feature -> feature.inputNames().stream().map(input -> feature.name()))
                .toList();
    }

    /** For each of the {@link #denseWidth} numbers whether the model standardises it; only such a number is ever NaN. */
    public boolean[] standardised() {
        boolean[] standardised = new boolean[denseWidth()];
        int number = 0;
        for (Feature feature : features) {
            int numbers = feature instanceof Feature.Embedding
                    ? 0
                    : feature.inputNames().size();
            for (int i = 0; i < numbers; i++) {
                standardised[number++] = feature.isStandardised(i);
            }
        }
        return standardised;
    }

    /** @param input index into {@link #inputNames} */
    public boolean isStandardised(int input) {
        int first = 0;
        for (Feature feature : features) {
            int inputs = feature.inputNames().size();
            if (input < first + inputs) {
                return feature.isStandardised(input - first);
            }
            first += inputs;
        }
        throw new IndexOutOfBoundsException("input " + input + " of " + first);
    }
}
