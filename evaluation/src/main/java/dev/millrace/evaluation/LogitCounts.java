package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Counts of positives and negatives per bin of the score's logit, of which the ranking measures are computed.
 *
 * <p>Bins have the width 1/256; a score of exactly 0 and one of exactly 1 have a bin each. Float probabilities bound the
 * range: ln(p / (1 − p)) of the smallest is −103.3 and of the largest below one 16.6, so {@value #BINS} bins hold all.
 * Beside its counts a bin holds the sums of its positives' and its negatives' places within it, 1/65536 of its width.
 * These tell equal scores, which must count as one threshold, from scores that only share the bin, whose order is then
 * estimated: as uniform, shifted by the difference of the means, which is exact for one positive and one negative. Counts
 * alone would put the average precision 1e-4 to 5e-4 too low. All are integers, so that everything can be taken back.
 *
 * <p>Error against exact measures: none where scores are equal or a bin apart. Else below 1e-4 for the ROC AUC, even of a
 * timid model whose scores lie within a few bins; for the average precision below 1e-4 from about a thousand positives
 * on, some 2e-4 with a few hundred, and up to 5e-4 of a timid model.
 *
 * <p>Bins live in pages of {@value #PAGE}, held once touched: 2 KiB each, plus 2 KiB for their directory. Scores over 15
 * units of logit take 61 pages; 962 KiB is the most that there can be, nothing is held before the first count.
 */
final class LogitCounts {

    private static final int BINS_PER_UNIT = 256;
    private static final int OFFSET = 26_440;
    static final int BINS = OFFSET + 4_261;
    static final int PAGE = 64;
    private static final int PLACES = 1 << 16;
    /** A bin's positives need not be walked one by one: the midpoints of so many equal parts do. */
    private static final int MOST_STRATA = 16;

    /** Where a page holds what, for each of its bins. */
    private static final int POSITIVES = 0;

    private static final int NEGATIVES = PAGE;
    private static final int POSITIVE_PLACES = 2 * PAGE;
    private static final int NEGATIVE_PLACES = 3 * PAGE;

    private @Nullable long[][] pages = {};

    /** The bin, times {@link #PLACES}, plus the place in it. */
    private static long position(double probability) {
        if (probability <= 0) {
            return 0;
        }
        if (probability >= 1) {
            return (BINS - 1L) * PLACES;
        }
        double logit = StrictMath.log(probability) - StrictMath.log1p(-probability);
        return (long) Math.floor((logit * BINS_PER_UNIT + 0.5 + OFFSET) * PLACES);
    }

    static int bin(double probability) {
        return (int) (position(probability) / PLACES);
    }

    /** Counts a probability that many times: 1 adds, −1 takes back. */
    void add(double probability, boolean positive, int times) {
        long position = position(probability);
        int bin = (int) (position / PLACES);
        long place = position % PLACES;
        long[] page = page(bin / PAGE);
        page[(positive ? POSITIVES : NEGATIVES) + bin % PAGE] += times;
        page[(positive ? POSITIVE_PLACES : NEGATIVE_PLACES) + bin % PAGE] += times * place;
    }

    private long[] page(int index) {
        if (pages.length == 0) {
            pages = new long[(BINS + PAGE - 1) / PAGE][];
        }
        long[] page = pages[index];
        if (page == null) {
            page = new long[4 * PAGE];
            pages[index] = page;
        }
        return page;
    }

    /** Adds the other's counts that many times: 1 merges, −1 takes back. */
    void add(LogitCounts other, int times) {
        for (int index = 0; index < other.pages.length; index++) {
            long[] added = other.pages[index];
            if (added != null) {
                long[] page = page(index);
                for (int i = 0; i < added.length; i++) {
                    page[i] += times * added[i];
                }
            }
        }
    }

    /** Probability that a positive scores higher than a negative, ties one half; empty with one class only. */
    OptionalDouble rocAuc() {
        long positives = 0;
        long negatives = 0;
        double wins = 0;
        for (long[] page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                Bin bin = new Bin(page, i);
                wins += (double) bin.positives * negatives;
                if (bin.positives > 0 && bin.negatives > 0) {
                    wins += (double) bin.positives * bin.negatives * bin.winRate();
                }
                positives += bin.positives;
                negatives += bin.negatives;
            }
        }
        return positives > 0 && negatives > 0
                ? OptionalDouble.of(wins / ((double) positives * negatives))
                : OptionalDouble.empty();
    }

    /** Sum over thresholds, highest first, of precision × gain in recall; empty without positives. */
    OptionalDouble averagePrecision() {
        long positives = 0;
        long negatives = 0;
        double sum = 0;
        for (int index = pages.length - 1; index >= 0; index--) {
            long[] page = pages[index];
            for (int i = PAGE - 1; page != null && i >= 0; i--) {
                Bin bin = new Bin(page, i);
                if (bin.positives > 0) {
                    sum += bin.positives * bin.meanPrecision(positives, negatives);
                }
                positives += bin.positives;
                negatives += bin.negatives;
            }
        }
        return positives > 0 ? OptionalDouble.of(sum / positives) : OptionalDouble.empty();
    }

    private record Bin(long positives, long negatives, long positivePlaces, long negativePlaces) {

        Bin(long[] page, int i) {
            this(page[POSITIVES + i], page[NEGATIVES + i], page[POSITIVE_PLACES + i], page[NEGATIVE_PLACES + i]);
        }

        /** Whether all scores may be equal; of scores that are not, few look as if they were. */
        boolean isTied() {
            return positivePlaces % positives == 0
                    && (negatives == 0
                            || (negativePlaces % negatives == 0
                                    && positivePlaces / positives == negativePlaces / negatives));
        }

        /** Probability that one of the positives is above one of the negatives, of both of which there is one at least. */
        double winRate() {
            if (positives == 1 && negatives == 1) {
                return positivePlaces > negativePlaces ? 1 : positivePlaces < negativePlaces ? 0 : 0.5;
            }
            double ahead = (double) positivePlaces / positives - (double) negativePlaces / negatives;
            return Math.min(1, Math.max(0, 0.5 + ahead / PLACES));
        }

        /** Mean, over the positives of which there is one at least, of the precision at each one's score. */
        double meanPrecision(long positivesAbove, long negativesAbove) {
            if (isTied()) {
                return (double) (positivesAbove + positives)
                        / (positivesAbove + positives + negativesAbove + negatives);
            }
            // Of n negatives spread evenly, n · i / (p + 1) are above the i-th positive of p.
            double spacing = negatives == 0 ? 0 : 2 * (1 - winRate()) * negatives / (positives + 1);
            int strata = (int) Math.min(positives, MOST_STRATA);
            double sum = 0;
            for (int stratum = 0; stratum < strata; stratum++) {
                double rank = (stratum + 0.5) * positives / strata + 0.5;
                double hits = positivesAbove + rank;
                sum += hits / (hits + negativesAbove + Math.min(negatives, spacing * rank));
            }
            return sum / strata;
        }
    }

    /** Bins that hold anything, each as its distance from the one before, counts, and sums of places. */
    void write(DataOutput output) throws IOException {
        int used = 0;
        for (long[] page : pages) {
            for (int i = 0; page != null && i < PAGE; i++) {
                used += isUsed(page, i) ? 1 : 0;
            }
        }
        Wire.writeUnsigned(output, used);
        int before = 0;
        for (int index = 0; index < pages.length; index++) {
            long[] page = pages[index];
            for (int i = 0; page != null && i < PAGE; i++) {
                if (isUsed(page, i)) {
                    int bin = index * PAGE + i;
                    Wire.writeUnsigned(output, bin - before);
                    for (int part = 0; part < page.length; part += PAGE) {
                        Wire.writeSigned(output, page[part + i]);
                    }
                    before = bin;
                }
            }
        }
    }

    private static boolean isUsed(long[] page, int i) {
        return (page[POSITIVES + i] | page[NEGATIVES + i] | page[POSITIVE_PLACES + i] | page[NEGATIVE_PLACES + i]) != 0;
    }

    static LogitCounts read(DataInput input) throws IOException {
        LogitCounts counts = new LogitCounts();
        int used = Wire.readCount(input);
        long bin = 0;
        for (int i = 0; i < used; i++) {
            bin += Wire.readCount(input);
            if (bin >= BINS) {
                throw new IOException("counts for bin " + bin + " of " + BINS + ": the bytes are damaged");
            }
            long[] page = counts.page((int) (bin / PAGE));
            for (int part = 0; part < page.length; part += PAGE) {
                page[part + (int) (bin % PAGE)] = Wire.readSigned(input);
            }
        }
        return counts;
    }
}
