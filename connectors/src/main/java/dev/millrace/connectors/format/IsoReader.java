package dev.millrace.connectors.format;

/**
 * ISO 8601 date and time, without allocation: {@code 2018-04-01}, {@code 2018-04-01T00:00}, {@code 2018-04-01
 * 00:00:31.123456+02:00}. {@code T} or a space, minutes at least, any fraction after a point or comma, zone {@code Z},
 * {@code +02}, {@code +0200} or {@code +02:00}; UTC without one. Years of four digits.
 */
record IsoReader() implements InstantReader {

    private static final int DATE_LENGTH = 10;
    private static final int MINUTES_END = 16;
    private static final int SECONDS_END = 19;
    private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    @Override
    public String rule() {
        return "an ISO 8601 time such as 2018-04-01T00:00:31Z";
    }

    @Override
    public long read(String text) {
        int length = text.length();
        if (length < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return UNREADABLE;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month)) {
            return UNREADABLE;
        }
        long millis = epochDay(year, month, day) * 86_400_000L;
        return length == DATE_LENGTH ? millis : addTime(text, millis);
    }

    private static long addTime(String text, long midnight) {
        int length = text.length();
        char separator = text.charAt(DATE_LENGTH);
        if ((separator != 'T' && separator != ' ' && separator != 't')
                || length < MINUTES_END
                || text.charAt(13) != ':') {
            return UNREADABLE;
        }
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59) {
            return UNREADABLE;
        }
        long millis = midnight + hour * 3_600_000L + minute * 60_000L;
        int at = MINUTES_END;
        if (at < length && text.charAt(at) == ':') {
            int second = length < SECONDS_END ? -1 : digits(text, 17, 2);
            if (second < 0 || second > 59) {
                return UNREADABLE;
            }
            millis += second * 1000L;
            at = SECONDS_END;
            if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
                int start = ++at;
                int weight = 100;
                while (at < length && isDigit(text.charAt(at))) {
                    millis += (text.charAt(at) - '0') * (long) weight;
                    weight /= 10;
                    at++;
                }
                if (at == start) {
                    return UNREADABLE;
                }
            }
        }
        return at == length ? millis : subtractZone(text, at, millis);
    }

    private static long subtractZone(String text, int start, long local) {
        int rest = text.length() - start - 1;
        char sign = text.charAt(start);
        if (sign == 'Z' || sign == 'z') {
            return rest == 0 ? local : UNREADABLE;
        }
        boolean colon = rest == 5 && text.charAt(start + 3) == ':';
        if ((sign != '+' && sign != '-') || !(rest == 2 || rest == 4 || colon)) {
            return UNREADABLE;
        }
        int hours = digits(text, start + 1, 2);
        int minutes = rest == 2 ? 0 : digits(text, start + (colon ? 4 : 3), 2);
        if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return UNREADABLE;
        }
        long offset = hours * 3_600_000L + minutes * 60_000L;
        return sign == '+' ? local - offset : local + offset;
    }

    /** -1 if one of them is no digit. */
    private static int digits(String text, int start, int count) {
        int value = 0;
        for (int i = start; i < start + count; i++) {
            char character = text.charAt(i);
            if (!isDigit(character)) {
                return -1;
            }
            value = value * 10 + (character - '0');
        }
        return value;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int lastDay(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS_OF_MONTH[month - 1];
    }

    /**
     * Days since 1970-01-01 in the proleptic Gregorian calendar. Years begin in March, so that the leap day is the
     * last of its year; 400 years have 146,097 days, and day 719,468 of such a count is the epoch.
     */
    private static long epochDay(int year, int month, int day) {
        int marchYear = month > 2 ? year : year - 1;
        int era = Math.floorDiv(marchYear, 400);
        int yearOfEra = marchYear - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468L;
    }
}
