package dev.millrace.features.aggregates;

/**
 * What is left of events that are too many to be remembered one by one: those from {@code first} to {@code last}, both inclusive, that
 * followed one another.
 */
final class Bucket {

    /** Count, sum, maximum, mean, squared distances. */
    static final int MOMENTS = 5;

    long first;
    long last;
    long count;
    long labelled;
    long positives;
    /** Of the first and the last event known to be positive; only if there is one. */
    long firstPositive;

    long lastPositive;
    /** {@link #MOMENTS} per numeric column. */
    double[] moments;
    /** Registers of a {@link DistinctSketch} per category column. */
    byte[][] categories;
    /** Events per flag. */
    long[] flags;

    /** Of no event. */
    Bucket(LogLayout layout, long first, long last) {
        this.first = first;
        this.last = last;
        this.moments = new double[MOMENTS * layout.numbers().length];
        this.categories = new byte[layout.categories().length][DistinctSketch.REGISTERS];
        this.flags = new long[layout.flags().length];
    }

    /** Takes in one row of a log. */
    void add(EntityLog log, int row) {
        Moments scratch = new Moments();
        first = Math.min(first, log.times[row]);
        last = Math.max(last, log.times[row]);
        count++;
        for (int i = 0; i < log.numbers.length; i++) {
            scratch.clear();
            scratch.merge(moments, i, 1);
            scratch.add(log.numbers[i][row]);
            scratch.write(moments, i);
        }
        for (int i = 0; i < categories.length; i++) {
            DistinctSketch.add(categories[i], log.categories[i][row]);
        }
        for (int i = 0; i < flags.length; i++) {
            flags[i] += log.flags[row] >>> i & 1;
        }
        if (log.labels[row] != EntityLog.UNKNOWN) {
            label(log.times[row], EntityLog.UNKNOWN, log.labels[row]);
        }
    }

    /** Takes in the bucket that follows. */
    void merge(Bucket next) {
        Moments scratch = new Moments();
        last = Math.max(last, next.last);
        count += next.count;
        if (next.positives > 0) {
            firstPositive = positives == 0 ? next.firstPositive : Math.min(firstPositive, next.firstPositive);
            lastPositive = positives == 0 ? next.lastPositive : Math.max(lastPositive, next.lastPositive);
        }
        labelled += next.labelled;
        positives += next.positives;
        for (int i = 0; i < moments.length / MOMENTS; i++) {
            scratch.clear();
            scratch.merge(moments, i, 1);
            scratch.merge(next.moments, i, 1);
            scratch.write(moments, i);
        }
        for (int i = 0; i < categories.length; i++) {
            DistinctSketch.union(categories[i], next.categories[i]);
        }
        for (int i = 0; i < flags.length; i++) {
            flags[i] += next.flags[i];
        }
    }

    /** Replaces what was known of the label of one of its events, or enters it. */
    void label(long time, byte replaced, byte label) {
        if (replaced != EntityLog.UNKNOWN) {
            labelled = Math.max(0, labelled - 1);
        }
        if (replaced == EntityLog.POSITIVE) {
            positives = Math.max(0, positives - 1);
        }
        if (label != EntityLog.UNKNOWN) {
            labelled++;
        }
        if (label == EntityLog.POSITIVE) {
            firstPositive = positives == 0 ? time : Math.min(firstPositive, time);
            lastPositive = positives == 0 ? time : Math.max(lastPositive, time);
            positives++;
        }
        if (positives == 0) {
            firstPositive = 0;
            lastPositive = 0;
        }
    }

    /** What part of its stretch of time lies after {@code from} and not after {@code to}, from 0 to 1. */
    double share(long from, long to) {
        if (last <= from || first > to) {
            return 0;
        }
        if (first > from && last <= to) {
            return 1;
        }
        // As doubles: a difference of times may be beyond a long.
        return ((double) Math.min(last, to) - Math.max(first, from)) / ((double) last - first);
    }

    /** How much would be lost if it were one with the one that follows: their stretch of time beside its age. */
    double coarseness(Bucket next, long now) {
        return ((double) next.last - first) / ((double) now - next.last + 1);
    }

    /** Keeps the columns that a new layout still has. */
    void adopt(LogLayout old, LogLayout wanted) {
        Bucket adopted = new Bucket(wanted, first, last);
        for (int i = 0; i < wanted.numbers().length; i++) {
            int from = LogLayout.indexOf(old.numbers(), wanted.numbers()[i]);
            if (from >= 0) {
                System.arraycopy(moments, from * MOMENTS, adopted.moments, i * MOMENTS, MOMENTS);
            }
        }
        for (int i = 0; i < wanted.categories().length; i++) {
            int from = LogLayout.indexOf(old.categories(), wanted.categories()[i]);
            if (from >= 0) {
                adopted.categories[i] = categories[from];
            }
        }
        for (int i = 0; i < wanted.flags().length; i++) {
            int from = LogLayout.indexOf(old.flags(), wanted.flags()[i]);
            if (from >= 0) {
                adopted.flags[i] = flags[from];
            }
        }
        moments = adopted.moments;
        categories = adopted.categories;
        flags = adopted.flags;
    }
}
