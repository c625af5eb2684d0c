package dev.millrace.events;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an event. Equal texts are equal ids, whether a record wrote them as a number or as a string.
 *
 * <p>Order: integers by value, before all other texts; those by their UTF-16 code units. An integer is canonical decimal
 * ({@code 0}, {@code -7}; not {@code 007}, {@code +7} or {@code -0}). Integers of up to 18 digits are held as a long.
 */
public final class EventId implements Comparable<EventId> {

    private static final int MOST_DIGITS_IN_LONG = 18;

    private final long number;
    /** Null where {@link #number} holds the id. */
    private final @Nullable String text;

    private EventId(long number, @Nullable String text) {
        this.number = number;
        this.text = text;
    }

    public static EventId of(long number) {
        return Math.abs(number) < 1_000_000_000_000_000_000L && number != Long.MIN_VALUE
                ? new EventId(number, null)
                : new EventId(0, Long.toString(number));
    }

    public static EventId of(String text) {
        return isInteger(text) && digits(text) <= MOST_DIGITS_IN_LONG
                ? new EventId(Long.parseLong(text), null)
                : new EventId(0, text);
    }

    /** Whether {@link #number} is the id; otherwise {@link #toString} is its only form. */
    public boolean isNumber() {
        return text == null;
    }

    /** The id where {@link #isNumber}; otherwise 0. */
    public long number() {
        return number;
    }

    @Override
    public int compareTo(EventId other) {
        if (text == null && other.text == null) {
            return Long.compare(number, other.number);
        }
        String left = toString();
        String right = other.toString();
        boolean leftInteger = isInteger(left);
        boolean rightInteger = isInteger(right);
        if (leftInteger && rightInteger) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftInteger != rightInteger ? (leftInteger ? -1 : 1) : left.compareTo(right);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof EventId other
                && number == other.number
                && (text == null ? other.text == null : text.equals(other.text));
    }

    /** The same in every JVM: Flink places the state of an id by it. */
    @Override
    public int hashCode() {
        return text == null ? Long.hashCode(number * 0x9E3779B97F4A7C15L) : text.hashCode();
    }

    @Override
    public String toString() {
        return text == null ? Long.toString(number) : text;
    }

    private static int digits(String integer) {
        return integer.charAt(0) == '-' ? integer.length() - 1 : integer.length();
    }

    private static boolean isInteger(String text) {
        int length = text.length();
        int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
        if (start == length) {
            return false;
        }
        for (int i = start; i < length; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.charAt(start) != '0' || length == 1;
    }
}
