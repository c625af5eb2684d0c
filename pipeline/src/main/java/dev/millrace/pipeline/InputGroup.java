package dev.millrace.pipeline;

import dev.millrace.features.Feature;
import java.util.ArrayList;
import java.util.List;

/** Inputs that stand side by side in a row, because one branch of the model takes them or none does. */
final class InputGroup {

    private final List<Feature> features = new ArrayList<>();
    private boolean entered;
    private boolean history;

    /**
     * Announces an item of the file that brings features.
     *
     * @return false if it cannot be: a history is alone in its branch
     */
    boolean enter(boolean asHistory) {
        if (entered && (asHistory || history)) {
            return false;
        }
        entered = true;
        history = asHistory;
        return true;
    }

    void add(Feature feature) {
        features.add(feature);
    }

    List<Feature> features() {
        return features;
    }

    /** Whether the inputs are the steps of a history. */
    boolean isHistory() {
        return history;
    }

    /** Number of steps of a history: each begins with its mark, the only inputs of such a group that are flags. */
    int steps() {
        return (int) features.stream().filter(Feature.Flag.class::isInstance).count();
    }

    /** Number of inputs. */
    int width() {
        return features.stream()
                .mapToInt(feature -> feature.inputNames().size())
                .sum();
    }
}
