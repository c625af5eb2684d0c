package dev.millrace.features;

import java.time.LocalDate;

/** A cycle of the calendar and how far into it a moment of local time is. */
public enum Cycle {
    /** From midnight to midnight. */
    HOUR_OF_DAY("hour-of-day"),
    /** From Monday's midnight to the next. */
    DAY_OF_WEEK("day-of-week"),
    /** From the first day's midnight of a month to that of the next. */
    DAY_OF_MONTH("day-of-month"),
    /** From New Year's midnight to the next. */
    MONTH_OF_YEAR("month-of-year");

    private static final long MILLIS_PER_DAY = 86_400_000L;
    /** 1 January 1970 was a Thursday, the fourth day of its week. */
    private static final int EPOCH_DAY_OF_WEEK = 3;

    private final String text;

    Cycle(String text) {
        this.text = text;
    }

    /** As the pipeline file writes it. */
    public String text() {
        return text;
    }

    /**
     * The part of the cycle that has passed, in [0, 1), without steps: noon is half of a day, Thursday noon half of a
     * week.
     *
     * @param localMillis milliseconds since 1970-01-01T00:00 on the wall clock of the zone
     */
    double phase(long localMillis) {
        long epochDay = Math.floorDiv(localMillis, MILLIS_PER_DAY);
        double dayPart = (double) Math.floorMod(localMillis, MILLIS_PER_DAY) / MILLIS_PER_DAY;
        return switch (this) {
            case HOUR_OF_DAY -> dayPart;
            case DAY_OF_WEEK -> (Math.floorMod(epochDay + EPOCH_DAY_OF_WEEK, 7) + dayPart) / 7;
            case DAY_OF_MONTH -> {
                LocalDate date = LocalDate.ofEpochDay(epochDay);
                yield (date.getDayOfMonth() - 1 + dayPart) / date.lengthOfMonth();
            }
            case MONTH_OF_YEAR -> {
                LocalDate date = LocalDate.ofEpochDay(epochDay);
                yield (date.getDayOfYear() - 1 + dayPart) / date.lengthOfYear();
            }
        };
    }
}
