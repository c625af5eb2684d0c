package dev.millrace.evaluation;

import java.util.Locale;

/** A measure of quality, in the order in which rows name them. Formulas are in the module's README. */
public enum Metric {
    /** Mean of −ln p(label), with p clipped to [{@value Loss#EPSILON}, 1 − {@value Loss#EPSILON}]. */
    LOG_LOSS,
    /** Area under the ROC curve; multiclass: mean over the classes, each against the rest. */
    ROC_AUC,
    /** Sum over thresholds of precision × gain in recall, without interpolation. Binary only. */
    AVERAGE_PRECISION,
    /** Share of examples whose most probable class is the label; equal probabilities: the lower class. */
    ACCURACY,
    /** Root of the mean squared difference of score and label; with probabilities the root of the Brier score. */
    RMSE,
    /** Mean absolute difference of score and label. Regression only. */
    MAE,
    /** 1 − squared error / squared error of the mean label. Regression only. */
    R2,
    /** Expected calibration error over {@value Calibration#BINS} bins of equal width. */
    EXPECTED_CALIBRATION_ERROR,
    /** Mean of the scores. Binary: to be compared with the base rate. */
    MEAN_SCORE,
    /** Share of positive labels. Binary only. */
    BASE_RATE,
    /** Mean of the labels. Regression only. */
    MEAN_LABEL,
    /** Share of events whose item the model ranked among its first ten. This one and all below: rankings only. */
    RECALL_AT_10,
    /** Mean of 1 / log₂(rank + 1) where the rank is at most ten, else 0: one item is relevant. */
    NDCG_AT_10,
    /** Mean of 1 / rank, 0 where the item was no candidate. */
    MRR,
    /** Recall of the events of users who had taken fewer than {@value RankingTally#NEW} items. */
    RECALL_AT_10_NEW_USERS,
    /** Recall of the events of all other users. */
    RECALL_AT_10_KNOWN_USERS,
    /** Recall of the events whose item had been taken fewer than {@value RankingTally#NEW} times, or never. */
    RECALL_AT_10_NEW_ITEMS,
    /** Recall of the events of all other items. */
    RECALL_AT_10_KNOWN_ITEMS,
    /** As {@link #RECALL_AT_10}, among the item and {@value RankingOutcome#SAMPLED} others drawn at random. */
    SAMPLED_HIT_RATE_AT_10,
    /** As {@link #NDCG_AT_10}, among the item and {@value RankingOutcome#SAMPLED} others drawn at random. */
    SAMPLED_NDCG_AT_10,
    /** Estimated number of distinct items in the model's first tens, over the mean number of items that there were. */
    COVERAGE_AT_10,
    /** Mean over the model's first tens of −log₂ of an item's share of the events, in bits. */
    NOVELTY_AT_10,
    /** As {@link #RECALL_AT_10}, ranked by how often items are taken. This one and all below only where baselines are computed. */
    POPULARITY_RECALL_AT_10,
    POPULARITY_NDCG_AT_10,
    /** Ranked by the same, where older events count less. */
    DECAYED_POPULARITY_RECALL_AT_10,
    DECAYED_POPULARITY_NDCG_AT_10,
    /** Ranked by how often items are taken together with the user's last ones. */
    CO_OCCURRENCE_RECALL_AT_10,
    CO_OCCURRENCE_NDCG_AT_10,
    /** Ranked by incremental matrix factorisation. */
    FACTORISATION_RECALL_AT_10,
    FACTORISATION_NDCG_AT_10;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in JSON. */
    public String key() {
        return key;
    }
}
