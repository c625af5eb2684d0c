package dev.millrace.features.aggregates;

import dev.millrace.events.Codec;
import dev.millrace.events.EventId;
import dev.millrace.events.StableHash;
import java.util.Arrays;

/**
 * What is remembered of the events of one entity: a column per thing that is stored, a row per event, sorted by time and among
 * equal times by the order of entry.
 *
 * <p>Mutable; belongs to one {@link EntityAggregator} at a time. An event is known by its time and a 64-bit hash of its id.
 * Integer ids of up to 18 digits never share one; of other ids two that have the same time do with probability 2<sup>-64</sup>: the label
 * of the one is then taken for that of the other.
 */
public final class EntityLog {

    public static final Codec<EntityLog> CODEC = new EntityLogCodec();

    static final byte UNKNOWN = 0;
    static final byte NEGATIVE = 1;
    static final byte POSITIVE = 2;

    static final int LEAST_CAPACITY = 8;
    private static final long ID_SEED = 0x6964L;

    LogLayout layout;
    /** First row that still counts; those before it are forgotten. */
    int start;
    /** One after the last row. */
    int end;

    long[] times;
    long[] ids;
    double[][] numbers;
    long[][] categories;
    /** A bit per flag of the layout. */
    long[] flags;

    byte[] labels;
    /** When the label became known. */
    long[] labelTimes;

    /** What is older than the rows. */
    final Buckets buckets = new Buckets();

    /** Labels whose events are still on their way. */
    final WaitingLabels waiting = new WaitingLabels();

    /** Up to where events were forgotten on request. */
    long clock = Long.MIN_VALUE;

    EntityLog(LogLayout layout) {
        this(layout, LEAST_CAPACITY);
    }

    EntityLog(LogLayout layout, int capacity) {
        this.layout = layout;
        this.times = new long[capacity];
        this.ids = new long[capacity];
        this.numbers = new double[layout.numbers().length][capacity];
        this.categories = new long[layout.categories().length][capacity];
        this.flags = new long[layout.flags().length == 0 ? 0 : capacity];
        this.labels = new byte[capacity];
        this.labelTimes = new long[capacity];
    }

    /** Number of events that are remembered one by one. */
    public int size() {
        return end - start;
    }

    /** Whether nothing at all is remembered. */
    public boolean isEmpty() {
        return start == end && buckets.isEmpty() && waiting.isEmpty();
    }

    /** Time of the newest event; {@link Long#MIN_VALUE} if there is none. */
    long newest() {
        return start == end ? buckets.newest() : times[end - 1];
    }

    static long hash(EventId id) {
        return id.isNumber() ? id.number() : StableHash.of(id.toString(), ID_SEED);
    }

    /** Makes room for an event after all others of its time or earlier ones; its row, empty of everything but time and id. */
    int insert(long time, long id) {
        if (end == times.length) {
            if (start > end / 4) {
                move(0);
            } else {
                resize(Math.max(LEAST_CAPACITY, end + (end >> 1)));
            }
        }
        int row = firstAfter(time, start, end);
        if (row < end) {
            shift(row, row + 1, end - row);
        }
        end++;
        times[row] = time;
        ids[row] = id;
        for (double[] column : numbers) {
            column[row] = Double.NaN;
        }
        for (long[] column : categories) {
            column[row] = 0;
        }
        if (flags.length > 0) {
            flags[row] = 0;
        }
        labels[row] = UNKNOWN;
        labelTimes[row] = 0;
        return row;
    }

    /** The first row in {@code [from, to)} whose time is after {@code time}, {@code to} if there is none. */
    int firstAfter(long time, int from, int to) {
        if (to > from && times[to - 1] <= time) {
            return to;
        }
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first row of an event, -1 if it is not there. */
    int find(long time, long id) {
        int row = time == Long.MIN_VALUE ? start : firstAfter(time - 1, start, end);
        for (; row < end && times[row] == time; row++) {
            if (ids[row] == id) {
                return row;
            }
        }
        return -1;
    }

    void label(int row, byte label, long labelTime) {
        labels[row] = label;
        labelTimes[row] = labelTime;
    }

    /** Forgets all rows up to a time, which included. */
    void dropUntil(long time) {
        buckets.dropUntil(time);
        while (start < end && times[start] <= time) {
            start++;
        }
        trim();
    }

    /** Moves the oldest row into a bucket. */
    void coarsen() {
        buckets.add(this, start);
        start++;
        trim();
    }

    private void trim() {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (times.length > 4 * LEAST_CAPACITY && size() < times.length / 4) {
            int capacity = Math.max(LEAST_CAPACITY, 2 * size());
            move(0);
            resize(capacity);
        }
    }

    /** Keeps the columns that a new layout still has, and adds the others without values. */
    void adopt(LogLayout wanted) {
        if (layout.same(wanted)) {
            layout = wanted;
            return;
        }
        double[][] newNumbers = new double[wanted.numbers().length][];
        for (int i = 0; i < newNumbers.length; i++) {
            int old = LogLayout.indexOf(layout.numbers(), wanted.numbers()[i]);
            newNumbers[i] = old < 0 ? missing(times.length) : numbers[old];
        }
        long[][] newCategories = new long[wanted.categories().length][];
        for (int i = 0; i < newCategories.length; i++) {
            int old = LogLayout.indexOf(layout.categories(), wanted.categories()[i]);
            newCategories[i] = old < 0 ? new long[times.length] : categories[old];
        }
        long[] newFlags = new long[wanted.flags().length == 0 ? 0 : times.length];
        for (int i = 0; i < wanted.flags().length; i++) {
            int old = LogLayout.indexOf(layout.flags(), wanted.flags()[i]);
            if (old >= 0) {
                for (int row = start; row < end; row++) {
                    newFlags[row] |= (flags[row] >>> old & 1L) << i;
                }
            }
        }
        for (Bucket bucket : buckets.list) {
            bucket.adopt(layout, wanted);
        }
        numbers = newNumbers;
        categories = newCategories;
        flags = newFlags;
        layout = wanted;
    }

    private static double[] missing(int length) {
        double[] values = new double[length];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    private void move(int to) {
        int length = size();
        shift(start, to, length);
        start = to;
        end = to + length;
    }

    private void shift(int from, int to, int length) {
        System.arraycopy(times, from, times, to, length);
        System.arraycopy(ids, from, ids, to, length);
        for (double[] column : numbers) {
            System.arraycopy(column, from, column, to, length);
        }
        for (long[] column : categories) {
            System.arraycopy(column, from, column, to, length);
        }
        if (flags.length > 0) {
            System.arraycopy(flags, from, flags, to, length);
        }
        System.arraycopy(labels, from, labels, to, length);
        System.arraycopy(labelTimes, from, labelTimes, to, length);
    }

    void resize(int capacity) {
        times = Arrays.copyOf(times, capacity);
        ids = Arrays.copyOf(ids, capacity);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Arrays.copyOf(numbers[i], capacity);
        }
        for (int i = 0; i < categories.length; i++) {
            categories[i] = Arrays.copyOf(categories[i], capacity);
        }
        if (layout.flags().length > 0) {
            flags = Arrays.copyOf(flags, capacity);
        }
        labels = Arrays.copyOf(labels, capacity);
        labelTimes = Arrays.copyOf(labelTimes, capacity);
    }
}
