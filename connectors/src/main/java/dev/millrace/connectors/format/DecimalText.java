package dev.millrace.connectors.format;

/** Decimal numbers as text: an optional sign, digits with an optional point, an optional exponent. */
final class DecimalText {

    private static final int MOST_DIGITS_IN_LONG = 18;
    private static final long LARGEST_EXACT_INTEGER = 1L << 53;
    /** Powers of ten that a double holds exactly. */
    private static final double[] EXACT_POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private DecimalText() {}

    /**
     * The double nearest to the number, the same as {@link Double#parseDouble}; an infinity if it is beyond all
     * doubles; NaN if the text is no decimal number (so are {@code NaN}, {@code Infinity}, {@code 0x1p3}, {@code 1f}
     * and anything with white space).
     */
    static double parse(String text) {
        int length = text.length();
        int at = 0;
        boolean negative = false;
        if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            negative = text.charAt(0) == '-';
            at = 1;
        }
        long digits = 0;
        int digitCount = 0;
        int significant = 0;
        int fraction = 0;
        boolean point = false;
        for (; at < length; at++) {
            char character = text.charAt(at);
            if (character == '.' && !point) {
                point = true;
            } else if (character >= '0' && character <= '9') {
                digitCount++;
                if (significant > 0 || character != '0') {
                    significant++;
                }
                if (significant <= MOST_DIGITS_IN_LONG) {
                    digits = digits * 10 + (character - '0');
                }
                if (point) {
                    fraction++;
                }
            } else {
                break;
            }
        }
        if (digitCount == 0) {
            return Double.NaN;
        }
        int exponent = 0;
        boolean plain = at == length;
        if (!plain) {
            exponent = exponent(text, at);
            if (exponent == Integer.MIN_VALUE) {
                return Double.NaN;
            }
        }
        int scale = exponent - fraction;
        if (significant <= MOST_DIGITS_IN_LONG
                && digits <= LARGEST_EXACT_INTEGER
                && Math.abs(scale) < EXACT_POWERS.length) {
            // Both operands are exact, so the one rounding of the operation is that of the result.
            double value = scale < 0 ? digits / EXACT_POWERS[-scale] : digits * EXACT_POWERS[scale];
            return negative ? -value : value;
        }
        return Double.parseDouble(text);
    }

    /** Of {@code e-5} and the like; {@link Integer#MIN_VALUE} if it is none. Large ones are cut: the slow path reads them. */
    private static int exponent(String text, int start) {
        int length = text.length();
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return Integer.MIN_VALUE;
        }
        int at = start + 1;
        boolean negative = false;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (at == length) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; at < length; at++) {
            char character = text.charAt(at);
            if (character < '0' || character > '9') {
                return Integer.MIN_VALUE;
            }
            value = Math.min(value * 10 + (character - '0'), 100_000);
        }
        return negative ? -value : value;
    }

    /** Whether the text is a usual way to write NaN or an infinity. */
    static boolean isNotFinite(String text) {
        String word = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
        return word.equalsIgnoreCase("nan") || word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity");
    }
}
