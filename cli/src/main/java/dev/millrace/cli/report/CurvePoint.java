package dev.millrace.cli.report;

import org.jspecify.annotations.Nullable;

/**
 * Quality over one slice of event time and over the sliding window that ends with it. A measure that is not defined, as
 * the ROC AUC of a single class, is null.
 *
 * @param sliceStart milliseconds since the epoch
 * @param labels labelled scores measured in the slice
 * @param positives positive labels among them
 * @param windowLabels labelled scores measured in the sliding window
 * @param windowPositives positive labels among them
 */
public record CurvePoint(
        long sliceStart,
        long labels,
        long positives,
        Quality slice,
        long windowLabels,
        long windowPositives,
        Quality window) {

    /** The measures of a binary classifier. */
    public record Quality(@Nullable Double rocAuc, @Nullable Double averagePrecision, @Nullable Double logLoss) {

        public static final Quality UNDEFINED = new Quality(null, null, null);
    }
}
