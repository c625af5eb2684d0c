package dev.millrace.evaluation.alerts;

import dev.millrace.events.Alert;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The days that are not over, of one shard or of all: a {@link DayBoard} each. A day is opened by its first event and closed
 * once; what comes for it afterwards finds no board.
 *
 * <p>Mutable and not thread-safe. As state it is saved by its bytes: the live object must not be the state's value.
 */
public final class AlertBook {

    public static final Codec<AlertBook> CODEC = new AlertBookCodec();

    /** By their last millisecond. */
    private final TreeMap<Long, DayBoard> days = new TreeMap<>();

    private AlertRules rules;
    /** Last millisecond of the newest day that was closed. */
    private long closedUntil = Long.MIN_VALUE;

    public AlertBook(AlertRules rules) {
        this.rules = rules;
    }

    /** Goes on under rules that changed between two runs. Days that are open keep their bounds. */
    public void adopt(AlertRules changed) {
        rules = changed;
        days.values().forEach(day -> day.limit(changed.perDay()));
    }

    /** The board of the day that holds {@code time}, milliseconds since the epoch; null if that day is over. */
    public @Nullable DayBoard at(long time) {
        Map.Entry<Long, DayBoard> known = days.ceilingEntry(time);
        if (known != null && known.getValue().first() <= time) {
            return known.getValue();
        }
        LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(time), rules.zone());
        DayBoard opened = DayBoard.of(date, rules.zone(), rules.perDay());
        if (opened.last() <= closedUntil) {
            return null;
        }
        days.put(opened.last(), opened);
        return opened;
    }

    /** Closes the day whose last millisecond is {@code last} and hands it out; null if no such day is open. */
    public @Nullable DayBoard close(long last) {
        DayBoard day = days.remove(last);
        if (day != null) {
            closedUntil = Math.max(closedUntil, last);
        }
        return day;
    }

    /** Whether no day is open. */
    public boolean isEmpty() {
        return days.isEmpty();
    }

    /** Layout: version, end of what is closed; days by time, each with bounds, alerts by rank, cards alerted at once. */
    private static final class AlertBookCodec implements Codec<AlertBook> {

        private static final long serialVersionUID = 1L;
        private static final int VERSION = 1;
        /** Until {@link #adopt} says what they are. */
        private static final AlertRules ANY = new AlertRules(Integer.MAX_VALUE, ZoneOffset.UTC, 1);

        @Override
        public void write(AlertBook book, DataOutput output) throws IOException {
            output.writeByte(VERSION);
            Wire.writeSigned(output, book.closedUntil);
            Wire.writeUnsigned(output, book.days.size());
            for (DayBoard day : book.days.values()) {
                Wire.writeSigned(output, day.day().toEpochDay());
                Wire.writeSigned(output, day.first());
                Wire.writeSigned(output, day.last());
                Wire.writeUnsigned(output, day.highestFirst().size());
                for (Alert alert : day.highestFirst()) {
                    Codecs.ALERT.write(alert, output);
                }
                Wire.writeUnsigned(output, day.alertedAtOnce().size());
                for (String card : day.alertedAtOnce()) {
                    Wire.writeText(output, card);
                }
            }
        }

        @Override
        public AlertBook read(DataInput input) throws IOException {
            Wire.readVersion(input, VERSION, "alert book");
            AlertBook book = new AlertBook(ANY);
            book.closedUntil = Wire.readSigned(input);
            for (int days = Wire.readCount(input); days > 0; days--) {
                DayBoard day = readDay(input);
                book.days.put(day.last(), day);
            }
            return book;
        }

        private static DayBoard readDay(DataInput input) throws IOException {
            LocalDate date;
            try {
                date = LocalDate.ofEpochDay(Wire.readSigned(input));
            } catch (DateTimeException e) {
                throw new IOException("an alert book of no day: the bytes are damaged", e);
            }
            DayBoard day = new DayBoard(date, Wire.readSigned(input), Wire.readSigned(input), Integer.MAX_VALUE);
            for (int alerts = Wire.readCount(input); alerts > 0; alerts--) {
                day.put(Codecs.ALERT.read(input));
            }
            for (int cards = Wire.readCount(input); cards > 0; cards--) {
                day.alertedAtOnce().add(Wire.readText(input));
            }
            return day;
        }
    }
}
