package dev.millrace.features.aggregates;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Layout: version, the names of the columns, the clock, then row by row time and id as differences from the row before, numbers,
 * categories, flags and label; then the buckets, then the labels that wait.
 *
 * <p>A number of at most two decimals takes the bytes of its hundredfold as a {@link Wire#writeUnsigned} number, every other one nine.
 */
final class EntityLogCodec implements Codec<EntityLog> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final int MOST_COLUMNS = 1 << 7;
    /** Rows that are allocated on the word of a count. */
    private static final int BELIEVED_ROWS = 64;

    private static final int DECIMAL = 0;
    private static final int MISSING = 1;
    private static final int BITS = 2;
    private static final long NEGATIVE_ZERO = Double.doubleToLongBits(-0.0);
    private static final double MOST_HUNDREDTHS = 0x1p50;

    @Override
    public void write(EntityLog log, DataOutput output) throws IOException {
        LogLayout layout = log.layout;
        output.writeByte(VERSION);
        writeNames(output, layout.numbers());
        writeNames(output, layout.categories());
        writeNames(output, layout.flags());
        output.writeLong(log.clock);
        Wire.writeUnsigned(output, log.size());
        boolean wideIds = hasWideIds(log);
        output.writeBoolean(wideIds);
        long time = 0;
        long id = 0;
        for (int row = log.start; row < log.end; row++) {
            Wire.writeSigned(output, log.times[row] - time);
            time = log.times[row];
            if (wideIds) {
                output.writeLong(log.ids[row]);
            } else {
                Wire.writeSigned(output, log.ids[row] - id);
            }
            id = log.ids[row];
            for (double[] column : log.numbers) {
                writeNumber(output, column[row]);
            }
            for (long[] column : log.categories) {
                output.writeLong(column[row]);
            }
            if (layout.flags().length > 0) {
                Wire.writeUnsigned(output, log.flags[row]);
            }
            writeLabel(output, log.labels[row], time, log.labelTimes[row]);
        }
        Wire.writeUnsigned(output, log.buckets.list.size());
        for (Bucket bucket : log.buckets.list) {
            writeBucket(output, bucket);
        }
        WaitingLabels waiting = log.waiting;
        Wire.writeUnsigned(output, waiting.count);
        for (int i = 0; i < waiting.count; i++) {
            Wire.writeSigned(output, waiting.eventTimes[i]);
            output.writeLong(waiting.ids[i]);
            writeLabel(output, waiting.labels[i], waiting.eventTimes[i], waiting.labelTimes[i]);
        }
    }

    @Override
    public EntityLog read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "entity log");
        LogLayout layout = new LogLayout(readNames(input), readNames(input), readNames(input));
        require(layout.flags().length <= LogLayout.MOST_FLAGS, "a number of flags");
        long clock = input.readLong();
        int rows = Wire.readCount(input);
        EntityLog log = new EntityLog(layout, Math.max(EntityLog.LEAST_CAPACITY, Math.min(rows, BELIEVED_ROWS)));
        log.clock = clock;
        readRows(input, rows, log);
        int buckets = Wire.readCount(input);
        require(buckets <= Buckets.MOST, "a number of buckets");
        for (int i = 0; i < buckets; i++) {
            long newest = log.buckets.newest();
            Bucket bucket = readBucket(input, layout);
            require(bucket.first <= bucket.last && newest <= bucket.first, "buckets out of order");
            log.buckets.list.add(bucket);
        }
        int waiting = Wire.readCount(input);
        for (int i = 0; i < waiting; i++) {
            long eventTime = Wire.readSigned(input);
            long id = input.readLong();
            byte label = readLabel(input);
            log.waiting.put(eventTime, id, label, readLabelTime(input, label, eventTime));
        }
        return log;
    }

    private static void readRows(DataInput input, int rows, EntityLog log) throws IOException {
        boolean wideIds = input.readBoolean();
        long time = 0;
        long id = 0;
        for (int row = 0; row < rows; row++) {
            if (row == log.times.length) {
                log.resize((int) Math.min(rows, 2L * row));
            }
            long before = time;
            time += Wire.readSigned(input);
            require(row == 0 || time >= before, "events out of order");
            id = wideIds ? input.readLong() : id + Wire.readSigned(input);
            log.times[row] = time;
            log.ids[row] = id;
            for (double[] column : log.numbers) {
                column[row] = readNumber(input);
            }
            for (long[] column : log.categories) {
                column[row] = input.readLong();
            }
            if (log.flags.length > 0) {
                log.flags[row] = Wire.readUnsigned(input);
            }
            byte label = readLabel(input);
            log.label(row, label, readLabelTime(input, label, time));
            log.end++;
        }
    }

    private static void writeBucket(DataOutput output, Bucket bucket) throws IOException {
        Wire.writeSigned(output, bucket.first);
        Wire.writeSigned(output, bucket.last);
        Wire.writeUnsigned(output, bucket.count);
        Wire.writeUnsigned(output, bucket.labelled);
        Wire.writeUnsigned(output, bucket.positives);
        Wire.writeSigned(output, bucket.firstPositive);
        Wire.writeSigned(output, bucket.lastPositive);
        for (double number : bucket.moments) {
            output.writeLong(Double.doubleToLongBits(number));
        }
        for (byte[] registers : bucket.categories) {
            DistinctSketch.write(output, registers);
        }
        for (long flagged : bucket.flags) {
            Wire.writeUnsigned(output, flagged);
        }
    }

    private static Bucket readBucket(DataInput input, LogLayout layout) throws IOException {
        Bucket bucket = new Bucket(layout, Wire.readSigned(input), Wire.readSigned(input));
        bucket.count = Wire.readUnsigned(input);
        bucket.labelled = Wire.readUnsigned(input);
        bucket.positives = Wire.readUnsigned(input);
        bucket.firstPositive = Wire.readSigned(input);
        bucket.lastPositive = Wire.readSigned(input);
        for (int i = 0; i < bucket.moments.length; i++) {
            bucket.moments[i] = Double.longBitsToDouble(input.readLong());
        }
        for (byte[] registers : bucket.categories) {
            DistinctSketch.read(input, registers);
        }
        for (int i = 0; i < bucket.flags.length; i++) {
            bucket.flags[i] = Wire.readUnsigned(input);
        }
        return bucket;
    }

    /** Whether differences of ids, as those of hashes are, take more bytes than the ids themselves. */
    private static boolean hasWideIds(EntityLog log) {
        long id = 0;
        for (int row = log.start; row < log.end; row++) {
            long difference = log.ids[row] - id;
            if (difference != difference << 8 >> 8) {
                return true;
            }
            id = log.ids[row];
        }
        return false;
    }

    private static void writeNumber(DataOutput output, double value) throws IOException {
        double hundredths = Math.rint(value * 100);
        if (Double.isNaN(value)) {
            output.writeByte(MISSING);
        } else if (Math.abs(hundredths) < MOST_HUNDREDTHS
                && Double.doubleToLongBits(hundredths / 100) == Double.doubleToLongBits(value)
                && Double.doubleToLongBits(value) != NEGATIVE_ZERO) {
            long whole = (long) hundredths;
            Wire.writeUnsigned(output, ((whole << 1) ^ (whole >> 63)) << 2 | DECIMAL);
        } else {
            output.writeByte(BITS);
            output.writeLong(Double.doubleToLongBits(value));
        }
    }

    private static double readNumber(DataInput input) throws IOException {
        long written = Wire.readUnsigned(input);
        switch ((int) written & 3) {
            case DECIMAL -> {
                long whole = written >>> 2;
                return ((whole >>> 1) ^ -(whole & 1)) / 100.0;
            }
            case MISSING -> {
                return Double.NaN;
            }
            case BITS -> {
                return Double.longBitsToDouble(input.readLong());
            }
            default -> throw new IOException("a number of an unknown form: the bytes are damaged");
        }
    }

    private static void writeNames(DataOutput output, int[] names) throws IOException {
        Wire.writeUnsigned(output, names.length);
        for (int name : names) {
            output.writeInt(name);
        }
    }

    private static int[] readNames(DataInput input) throws IOException {
        int count = Wire.readCount(input);
        require(count <= MOST_COLUMNS, "a number of columns");
        int[] names = new int[count];
        for (int i = 0; i < count; i++) {
            names[i] = input.readInt();
        }
        return names;
    }

    private static void writeLabel(DataOutput output, byte label, long time, long labelTime) throws IOException {
        output.writeByte(label);
        if (label != EntityLog.UNKNOWN) {
            Wire.writeSigned(output, labelTime - time);
        }
    }

    private static byte readLabel(DataInput input) throws IOException {
        byte label = input.readByte();
        require(label >= EntityLog.UNKNOWN && label <= EntityLog.POSITIVE, "a label");
        return label;
    }

    private static long readLabelTime(DataInput input, byte label, long time) throws IOException {
        return label == EntityLog.UNKNOWN ? 0 : time + Wire.readSigned(input);
    }

    private static void require(boolean condition, String what) throws IOException {
        if (!condition) {
            throw new IOException(what + " that an entity log cannot have: the bytes are damaged");
        }
    }
}
