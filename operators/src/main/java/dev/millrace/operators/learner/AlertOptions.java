package dev.millrace.operators.learner;

import dev.millrace.evaluation.alerts.AlertRules;
import java.io.Serializable;
import java.util.List;

/**
 * What a learner raises alerts by; its task is binary.
 *
 * @param reasons features that are named as reasons at most; 0: none, and no cost of explaining
 * @param featureNames for each input of the network the name of its feature
 */
public record AlertOptions(AlertRules rules, int reasons, List<String> featureNames) implements Serializable {

    public AlertOptions {
        featureNames = List.copyOf(featureNames);
        if (reasons < 0) {
            throw new IllegalArgumentException("reasons must be at least 0, got " + reasons);
        }
    }
}
