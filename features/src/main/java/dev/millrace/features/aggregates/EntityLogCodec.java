package dev.millrace.features.aggregates;

import dev.millrace.events.Codec;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Layout: version, the names of the columns, the clock, then row by row: time and id as differences from the row before, numbers,
 * categories, flags, label; then the labels that wait.
 */
final class EntityLogCodec implements Codec<EntityLog> {

    private static final long serialVersionUID = 1L;
    private static final int VERSION = 1;
    private static final int MOST_COLUMNS = 1 << 10;
    /** Rows that are allocated on the word of a count. */
    private static final int BELIEVED_ROWS = 64;

    @Override
    public void write(EntityLog log, DataOutput output) throws IOException {
        LogLayout layout = log.layout;
        output.writeByte(VERSION);
        writeNames(output, layout.numbers());
        writeNames(output, layout.categories());
        writeNames(output, layout.flags());
        output.writeLong(log.clock);
        Wire.writeUnsigned(output, log.size());
        long time = 0;
        long id = 0;
        for (int row = log.start; row < log.end; row++) {
            Wire.writeSigned(output, log.times[row] - time);
            Wire.writeSigned(output, log.ids[row] - id);
            time = log.times[row];
            id = log.ids[row];
            for (double[] column : log.numbers) {
                output.writeLong(Double.doubleToLongBits(column[row]));
            }
            for (long[] column : log.categories) {
                output.writeLong(column[row]);
            }
            if (layout.flags().length > 0) {
                Wire.writeUnsigned(output, log.flags[row]);
            }
            writeLabel(output, log.labels[row], time, log.labelTimes[row]);
        }
        WaitingLabels waiting = log.waiting;
        Wire.writeUnsigned(output, waiting.count);
        for (int i = 0; i < waiting.count; i++) {
            Wire.writeSigned(output, waiting.eventTimes[i]);
            Wire.writeSigned(output, waiting.ids[i]);
            writeLabel(output, waiting.labels[i], waiting.eventTimes[i], waiting.labelTimes[i]);
        }
    }

    @Override
    public EntityLog read(DataInput input) throws IOException {
        Wire.readVersion(input, VERSION, "entity log");
        LogLayout layout = new LogLayout(readNames(input), readNames(input), readNames(input));
        if (layout.flags().length > LogLayout.MOST_FLAGS) {
            throw new IOException(layout.flags().length + " flags: the bytes are damaged");
        }
        long clock = input.readLong();
        int rows = Wire.readCount(input);
        EntityLog log = new EntityLog(layout, Math.max(8, Math.min(rows, BELIEVED_ROWS)));
        log.clock = clock;
        long time = 0;
        long id = 0;
        for (int row = 0; row < rows; row++) {
            if (row == log.times.length) {
                log.resize((int) Math.min(rows, 2L * row));
            }
            long before = time;
            time += Wire.readSigned(input);
            id += Wire.readSigned(input);
            if (row > 0 && time < before) {
                throw new IOException("events of an entity out of order: the bytes are damaged");
            }
            log.times[row] = time;
            log.ids[row] = id;
            for (double[] column : log.numbers) {
                column[row] = Double.longBitsToDouble(input.readLong());
            }
            for (long[] column : log.categories) {
                column[row] = input.readLong();
            }
            if (layout.flags().length > 0) {
                log.flags[row] = Wire.readUnsigned(input);
            }
            byte label = readLabel(input);
            log.label(row, label, label == EntityLog.UNKNOWN ? 0 : time + Wire.readSigned(input));
            log.end++;
        }
        int waiting = Wire.readCount(input);
        for (int i = 0; i < waiting; i++) {
            long eventTime = Wire.readSigned(input);
            long eventId = Wire.readSigned(input);
            byte label = readLabel(input);
            log.waiting.put(
                    eventTime, eventId, label, label == EntityLog.UNKNOWN ? 0 : eventTime + Wire.readSigned(input));
        }
        return log;
    }

    private static void writeNames(DataOutput output, int[] names) throws IOException {
        Wire.writeUnsigned(output, names.length);
        for (int name : names) {
            output.writeInt(name);
        }
    }

    private static int[] readNames(DataInput input) throws IOException {
        int count = Wire.readCount(input);
        if (count > MOST_COLUMNS) {
            throw new IOException(count + " columns: the bytes are damaged");
        }
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
        if (label < EntityLog.UNKNOWN || label > EntityLog.POSITIVE) {
            throw new IOException("a label of kind " + label + ": the bytes are damaged");
        }
        return label;
    }
}
