package dev.millrace.evaluation;

import dev.millrace.events.Codec;

/**
 * Mergeable counts of one group of labelled scores, from which every {@link Metric} is computed.
 *
 * <p>Counts are integers and sums are exact ({@link ExactSum}): a tally depends on the <em>set</em> of what was added and
 * not yet retracted, never on the order, so {@link #retract} is the exact inverse of {@link #add}, {@link #subtract} that
 * of {@link #merge}, and merging is associative. Tallies of equal content are equal and have equal bytes.
 *
 * <p>Scores that are not finite and labels that are no class or number are counted as {@link #invalid} and measured
 * nowhere else: a network that diverged must not take the job with it, nor hide behind the examples that still worked.
 *
 * <p>Memory does not grow with the number of examples. Binary: about 2 KiB when nearly empty, some 125 KiB with scores
 * over 15 units of logit, 1 MiB at the very most ({@link LogitCounts}). Multiclass: that times the classes, of which at
 * most {@value MulticlassTally#MOST_RANKED_CLASSES} are ranked, else 3 KiB. Regression: below 1 KiB, 3 KiB at the most. Ranking: 1 KiB,
 * and 128 KiB once items were shown ({@link ShownItems}).
 *
 * <p>Not thread-safe. A tally that was handed to somebody else (a report, a row) is no longer changed.
 */
public sealed interface Tally permits BinaryTally, MulticlassTally, RegressionTally, RankingTally {

    /** Layouts in the order of the write calls, after the kind. */
    Codec<Tally> CODEC = new TallyCodec();

    /** @param classes 2 for {@link ScoreKind#PROBABILITY}, at least 2 for classes, 0 for values and ranks */
    static Tally of(ScoreKind kind, int classes) {
        kind.requireClasses(classes);
        return switch (kind) {
            case PROBABILITY -> new BinaryTally();
            case CLASS_PROBABILITIES -> new MulticlassTally(classes);
            case VALUE -> new RegressionTally();
            case RANKS -> new RankingTally();
        };
    }

    ScoreKind kind();

    int classes();

    /**
     * @param scores as {@link ScoreKind} says; not kept
     * @throws IllegalArgumentException if there are more or fewer scores than the kind has
     */
    void add(float[] scores, float label);

    /** Takes back an earlier {@link #add} with the same arguments. */
    void retract(float[] scores, float label);

    /** @throws IllegalArgumentException if the other is of another kind or number of classes */
    void merge(Tally other);

    /** Takes back an earlier {@link #merge} of an equal tally. */
    void subtract(Tally other);

    Tally copy();

    /** Labelled scores that are measured. */
    long count();

    /** Positive labels among {@link #count}; −1 where no class is the positive one. */
    long positives();

    /** Labelled scores that cannot be measured, see above; not in {@link #count}. */
    long invalid();

    /** Nothing at all if {@link #count} is 0. */
    Metrics metrics();
}
