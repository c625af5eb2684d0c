package dev.millrace.evaluation.alerts;

import dev.millrace.events.Alert;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the reasons of an alert of what each input contributed: inputs of one feature count together, the features with the
 * greatest contributions by magnitude are named, greatest first; at equal magnitude in the order of the features. A feature
 * that contributed nothing is no reason.
 */
public final class ReasonFinder {

    private final int reasons;
    private final List<String> inputNames;
    /** Indices of the inputs by the feature's name, in the order of the features. */
    private final Map<String, List<Integer>> inputsByFeature = new LinkedHashMap<>();

    /**
     * @param reasons how many are named at most
     * @param featureNames per input the name of its feature
     * @param inputNames as many
     */
    public ReasonFinder(int reasons, List<String> featureNames, List<String> inputNames) {
        if (featureNames.size() != inputNames.size()) {
            throw new IllegalArgumentException("each input has a name and a feature, got " + inputNames.size()
                    + " names and " + featureNames.size() + " features");
        }
        this.reasons = reasons;
        this.inputNames = List.copyOf(inputNames);
        for (int input = 0; input < featureNames.size(); input++) {
            inputsByFeature
                    .computeIfAbsent(featureNames.get(input), feature -> new ArrayList<>())
                    .add(input);
        }
    }

    /**
     * @param contributions {@code [inputs]}, in log-odds
     * @param row {@code [inputs]}, not standardised
     */
    public List<Alert.Reason> find(float[] contributions, float[] row) {
        List<Alert.Reason> found = new ArrayList<>();
        inputsByFeature.forEach((feature, inputs) -> {
            double sum = 0;
            int strongest = inputs.get(0);
            for (int input : inputs) {
                sum += contributions[input];
                if (Math.abs(contributions[input]) > Math.abs(contributions[strongest])) {
                    strongest = input;
                }
            }
            if (sum != 0) {
                found.add(new Alert.Reason(feature, (float) sum, inputNames.get(strongest), row[strongest]));
            }
        });
        found.sort(Comparator.comparingDouble((Alert.Reason reason) -> Math.abs(reason.contribution()))
                .reversed());
        return List.copyOf(found.subList(0, Math.min(reasons, found.size())));
    }
}
