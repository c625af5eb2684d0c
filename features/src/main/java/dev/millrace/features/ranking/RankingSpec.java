package dev.millrace.features.ranking;

import java.io.Serializable;
import java.util.List;

/**
 * How a model ranks the items of its shard for a user.
 *
 * @param inputs of the network, in order; at least one, none twice
 * @param last how many of the user's newest items count as the last ones; at least 1
 * @param history how many of the newest count as the history; at least {@code last}
 * @param negatives items drawn beside the one that was taken, for one update; at least 1
 * @param dimensions of the learned vectors; 0 exactly if {@link CandidateInput#SIMILARITY} is no input
 * @param measured share of the events that all candidates are ranked for, above 0, at most 1; the model learns from every event
 * @param baselines whether popularity, decayed popularity, co-occurrence and incremental matrix factorisation rank beside it
 */
public record RankingSpec(
        List<CandidateInput> inputs,
        int last,
        int history,
        int negatives,
        int dimensions,
        float measured,
        boolean baselines)
        implements Serializable {

    public static final int DEFAULT_LAST = 5;
    public static final int DEFAULT_HISTORY = 20;
    public static final int DEFAULT_NEGATIVES = 30;

    /** All that need no vectors. */
    public static final List<CandidateInput> DEFAULT_INPUTS = List.of(
            CandidateInput.LAST_PAIRS,
            CandidateInput.HISTORY_PAIRS,
            CandidateInput.COUNT,
            CandidateInput.AGE,
            CandidateInput.HISTORY_LENGTH);

    public RankingSpec {
        inputs = List.copyOf(inputs);
        if (inputs.isEmpty() || inputs.stream().distinct().count() < inputs.size()) {
            throw new IllegalArgumentException("a ranking needs inputs, none of them twice, got " + inputs);
        }
        if (last < 1 || history < last || negatives < 1 || !(measured > 0 && measured <= 1)) {
            throw new IllegalArgumentException(
                    "a ranking needs 1 <= last <= history, negatives >= 1 and measured in (0, 1]," + " got " + last
                            + ", " + history + ", " + negatives + " and " + measured);
        }
        if (dimensions < 0 || inputs.contains(CandidateInput.SIMILARITY) != dimensions > 0) {
            throw new IllegalArgumentException("similarity needs vectors of dimensions, and nothing else does, got "
                    + dimensions + " for " + inputs);
        }
    }

    /** One per input: similarity is learned, and its scale with it. */
    public boolean[] standardised() {
        boolean[] flags = new boolean[inputs.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = inputs.get(i) != CandidateInput.SIMILARITY;
        }
        return flags;
    }

    public List<String> inputNames() {
        return inputs.stream().map(CandidateInput::key).toList();
    }
}
