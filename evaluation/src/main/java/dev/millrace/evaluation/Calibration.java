package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whether probabilities are as frequent as they say: per bin of equal width, how many there were, how many came true, and
 * their sum. About 1.5 KiB once every bin is used.
 */
final class Calibration {

    static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] hits = new long[BINS];
    private final ExactSum[] probabilities = new ExactSum[BINS];

    Calibration() {
        for (int bin = 0; bin < BINS; bin++) {
            probabilities[bin] = new ExactSum();
        }
    }

    /** Counts a probability that many times: 1 adds, −1 takes back. */
    void add(double probability, boolean hit, int times) {
        int bin = bin(probability);
        counts[bin] += times;
        hits[bin] += hit ? times : 0;
        probabilities[bin].add(times * probability);
    }

    private static int bin(double probability) {
        return Math.min(BINS - 1, (int) (probability * BINS));
    }

    /** Adds the other's counts that many times: 1 merges, −1 takes back. */
    void add(Calibration other, int times) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += times * other.counts[bin];
            hits[bin] += times * other.hits[bin];
            probabilities[bin].add(other.probabilities[bin], times);
        }
    }

    long count() {
        long count = 0;
        for (long inBin : counts) {
            count += inBin;
        }
        return count;
    }

    long hits() {
        long sum = 0;
        for (long inBin : hits) {
            sum += inBin;
        }
        return sum;
    }

    /** Mean over all, at least one, of |share that came true − mean probability| of the bin. */
    double expectedError() {
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(hits[bin] - probabilities[bin].value());
        }
        return error / count();
    }

    double meanProbability() {
        ExactSum sum = new ExactSum();
        for (ExactSum inBin : probabilities) {
            sum.add(inBin, 1);
        }
        return sum.value() / count();
    }

    void write(DataOutput output) throws IOException {
        for (int bin = 0; bin < BINS; bin++) {
            Wire.writeSigned(output, counts[bin]);
            Wire.writeSigned(output, hits[bin]);
            probabilities[bin].write(output);
        }
    }

    static Calibration read(DataInput input) throws IOException {
        Calibration calibration = new Calibration();
        for (int bin = 0; bin < BINS; bin++) {
            calibration.counts[bin] = Wire.readSigned(input);
            calibration.hits[bin] = Wire.readSigned(input);
            calibration.probabilities[bin] = ExactSum.read(input);
        }
        return calibration;
    }
}
