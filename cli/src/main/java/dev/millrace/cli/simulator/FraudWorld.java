package dev.millrace.cli.simulator;

import java.time.Duration;
import java.time.LocalDate;

/**
 * Settings of the fraud simulator. The defaults are those of the fraud-detection handbook, which describes the process
 * (Le Borgne, Siblini, Lebichot, Bontempi: Reproducible Machine Learning for Credit Card Fraud Detection, chapter 3):
 * about 9,600 transactions a day, of which about 0.8 % are fraudulent.
 *
 * @param customers at least 1
 * @param terminals at least 1
 * @param radius how far from home a customer pays, on a square map with sides of 100
 * @param firstDay the stream starts at its midnight, UTC
 * @param medianLabelDelay half of the labels are known after this time
 * @param labelDelayDeviation standard deviation of the logarithm of the delay, at least 0: 0.8 leaves 6 % of the labels
 *     later than three and a half times the median
 * @param labels which outcomes are reported
 */
public record FraudWorld(
        long seed,
        int customers,
        int terminals,
        double radius,
        LocalDate firstDay,
        Duration medianLabelDelay,
        double labelDelayDeviation,
        ReportedLabels labels) {

    /** Which outcomes of investigations are reported. */
    public enum ReportedLabels {
        /** Every transaction is confirmed as fraudulent or genuine. */
        ALL,
        /** Only frauds are reported; what stays silent is taken as genuine. */
        FRAUDS
    }

    public FraudWorld {
        require(customers >= 1, "customers must be at least 1, got " + customers);
        require(terminals >= 1, "terminals must be at least 1, got " + terminals);
        require(radius > 0 && radius <= 142, "radius must be above 0 and at most 142, got " + radius);
        require(!medianLabelDelay.isNegative(), "medianLabelDelay must not be negative, got " + medianLabelDelay);
        require(labelDelayDeviation >= 0, "labelDelayDeviation must not be negative, got " + labelDelayDeviation);
    }

    public static FraudWorld withSeed(long seed) {
        return new FraudWorld(
                seed, 5_000, 10_000, 5, LocalDate.of(2020, 1, 1), Duration.ofDays(2), 0.8, ReportedLabels.ALL);
    }

    public FraudWorld withLabels(ReportedLabels reported) {
        return new FraudWorld(
                seed, customers, terminals, radius, firstDay, medianLabelDelay, labelDelayDeviation, reported);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
