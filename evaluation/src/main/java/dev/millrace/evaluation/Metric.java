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
    MEAN_LABEL;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in JSON. */
    public String key() {
        return key;
    }
}
