package dev.millrace.connectors.format;

import dev.millrace.events.TimestampFormat;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** Reads instants of one format from text. Thread-safe. */
interface InstantReader {

    /** What {@link #read} returns for a text that is not of the format. */
    long UNREADABLE = Long.MIN_VALUE;

    /** Largest distance from the epoch in milliseconds: what a double holds exactly. */
    long FARTHEST = 1L << 53;

    /** Milliseconds since the epoch, anything finer cut off towards the past; {@link #UNREADABLE} if it is none. */
    long read(String text);

    /** What the text must look like, for an error text. */
    String rule();

    static InstantReader of(TimestampFormat format) {
        if (format instanceof TimestampFormat.Epoch epoch) {
            return new EpochReader(epoch.unit());
        }
        if (format instanceof TimestampFormat.Pattern pattern) {
            return new PatternReader(pattern.pattern(), pattern.zone());
        }
        return new IsoReader();
    }

    /** A count since the epoch, with any fraction. */
    record EpochReader(TimestampFormat.Unit unit) implements InstantReader {

        private static final int MOST_DIGITS = 18;
        private static final int LONGEST = 64;

        @Override
        public long read(String text) {
            long count = wholeCount(text);
            if (count == UNREADABLE) {
                return readDecimal(text);
            }
            return switch (unit) {
                case SECONDS -> Math.abs(count) > FARTHEST / 1000 ? UNREADABLE : count * 1000;
                case MILLIS -> Math.abs(count) > FARTHEST ? UNREADABLE : count;
                case MICROS -> Math.floorDiv(count, 1000L);
                case NANOS -> Math.floorDiv(count, 1_000_000L);
            };
        }

        private static long wholeCount(String text) {
            int length = text.length();
            int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
            if (length == start || length - start > MOST_DIGITS) {
                return UNREADABLE;
            }
            long count = 0;
            for (int i = start; i < length; i++) {
                int digit = text.charAt(i) - '0';
                if (digit < 0 || digit > 9) {
                    return UNREADABLE;
                }
                count = count * 10 + digit;
            }
            return start == 1 ? -count : count;
        }

        /** Exact: a double would lose the last millisecond of seconds with a fraction. */
        private long readDecimal(String text) {
            double rough = text.length() > LONGEST ? Double.NaN : DecimalText.parse(text);
            if (!(Math.abs(rough) < 1e22)) {
                return UNREADABLE;
            }
            if (Math.abs(rough) < 1e-12) {
                // Exact arithmetic on 1e-999999999 would take for ever.
                return 0;
            }
            BigDecimal millis = new BigDecimal(text)
                    .movePointRight(
                            switch (unit) {
                                case SECONDS -> 3;
                                case MILLIS -> 0;
                                case MICROS -> -3;
                                case NANOS -> -6;
                            })
                    .setScale(0, RoundingMode.FLOOR);
            return millis.abs().compareTo(BigDecimal.valueOf(FARTHEST)) > 0 ? UNREADABLE : millis.longValue();
        }

        @Override
        public String rule() {
            return "a count of " + unit.name().toLowerCase(Locale.ROOT) + " since the epoch";
        }
    }

    /** A pattern of {@link DateTimeFormatter}, read strictly: the 31st of a shorter month is no date. */
    final class PatternReader implements InstantReader {

        private final String pattern;
        private final ZoneId zone;
        private final DateTimeFormatter formatter;

        PatternReader(String pattern, ZoneId zone) {
            this.pattern = pattern;
            this.zone = zone;
            this.formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern)
                    // Strict reading of yyyy, the year of an era, needs the era.
                    .parseDefaulting(ChronoField.ERA, 1)
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        }

        @Override
        public long read(String text) {
            try {
                TemporalAccessor parsed = formatter.parseBest(
                        text, ZonedDateTime::from, Instant::from, LocalDateTime::from, LocalDate::from);
                long millis = toInstant(parsed).toEpochMilli();
                return Math.abs(millis) > FARTHEST ? UNREADABLE : millis;
            } catch (DateTimeException | ArithmeticException e) {
                return UNREADABLE;
            }
        }

        private Instant toInstant(TemporalAccessor parsed) {
            if (parsed instanceof LocalDateTime dateTime) {
                return dateTime.atZone(zone).toInstant();
            }
            return parsed instanceof LocalDate date ? date.atStartOfDay(zone).toInstant() : Instant.from(parsed);
        }

        @Override
        public String rule() {
            return "a time of the pattern " + pattern;
        }
    }
}
