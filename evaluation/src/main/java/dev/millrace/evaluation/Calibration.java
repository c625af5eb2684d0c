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

    void add(double probability, boolean hit) {
        int bin = bin(probability);
        counts[bin]++;
        hits[bin] += hit ? 1 : 0;
        probabilities[bin].add(probability);
    }

    void retract(double probability, boolean hit) {
        int bin = bin(probability);
        counts[bin]--;
        hits[bin] -= hit ? 1 : 0;
        probabilities[bin].subtract(probability);
    }

    private static int bin(double probability) {
        return Math.min(BINS - 1, (int) (probability * BINS));
    }

    void add(Calibration other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
            hits[bin] += other.hits[bin];
            probabilities[bin].add(other.probabilities[bin]);
        }
    }

    void subtract(Calibration other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] -= other.counts[bin];
            hits[bin] -= other.hits[bin];
            probabilities[bin].subtract(other.probabilities[bin]);
        }
    }

    Calibration copy() {
        Calibration copy = new Calibration();
        copy.add(this);
        return copy;
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
            sum.add(inBin);
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
