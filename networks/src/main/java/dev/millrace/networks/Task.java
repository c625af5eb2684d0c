package dev.millrace.networks;

/** What a network predicts. It fixes the output layer. */
public enum Task {
    /** One unit with sigmoid: the probability of class 1. */
    BINARY(Activation.SIGMOID),
    /** One unit per class with softmax: probabilities that sum to 1. */
    MULTICLASS(Activation.SOFTMAX),
    /** One unit with identity: the target itself. */
    REGRESSION(Activation.IDENTITY),
    /** One unit with identity: what candidates are ordered by, comparable within one list only. */
    RANKING(Activation.IDENTITY);

    private final Activation outputActivation;

    Task(Activation outputActivation) {
        this.outputActivation = outputActivation;
    }

    public Activation outputActivation() {
        return outputActivation;
    }
}
