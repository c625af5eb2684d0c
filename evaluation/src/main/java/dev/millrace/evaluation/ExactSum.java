package dev.millrace.evaluation;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of doubles without any rounding. Addition is then exactly associative and commutative, and subtraction its exact
 * inverse: the sum depends on the set of its terms alone, whatever their order, and a retracted term leaves no trace.
 *
 * <p>A fixed-point number in base 2³² over the range of a double; digit i weighs 2^(32 i − 1074). Only the window of
 * digits that were ever touched is held: 8 bytes each, 4 to 6 of them for losses, 67 at most. Digits are signed and carry
 * late, once in 2³⁰ additions. An addition costs three integer additions and no allocation once the window fits.
 */
final class ExactSum {

    private static final int LEAST_EXPONENT = -1074;
    private static final long DIGIT = 0xFFFF_FFFFL;
    private static final int MOST_PENDING = 1 << 30;

    private long[] digits = {};
    private int lowest;
    /** Upper bound of every digit's magnitude in units of 2³². */
    private int pending;

    /** To take a term back, add its negative. */
    void add(double term) {
        long bits = Double.doubleToRawLongBits(term);
        int exponent = (int) (bits >>> 52) & 0x7FF;
        if (exponent == 0x7FF) {
            throw new IllegalArgumentException("a term of a sum must be finite, got " + term);
        }
        long mantissa = bits & 0xF_FFFF_FFFF_FFFFL;
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        if (mantissa == 0) {
            return;
        }
        int position = exponent - 1;
        int shift = position & 31;
        reserve(position >>> 5, 3);
        int digit = (position >>> 5) - lowest;
        long sign = bits < 0 ? -1 : 1;
        digits[digit] += sign * ((mantissa << shift) & DIGIT);
        digits[digit + 1] += sign * ((mantissa >>> (32 - shift)) & DIGIT);
        digits[digit + 2] += sign * ((mantissa >>> 1) >>> (63 - shift));
        if (++pending >= MOST_PENDING) {
            carry();
        }
    }

    /** Adds the other sum that many times: 1 merges, −1 takes back. */
    void add(ExactSum other, int times) {
        if (other.digits.length == 0) {
            return;
        }
        if (pending + other.pending >= MOST_PENDING) {
            carry();
        }
        reserve(other.lowest, other.digits.length);
        for (int i = 0; i < other.digits.length; i++) {
            digits[other.lowest - lowest + i] += times * other.digits[i];
        }
        pending += other.pending;
    }

    /** The nearest double. */
    double value() {
        BigInteger scaled = scaled();
        int exponent = exponent();
        int excess = scaled.bitLength() - 128;
        if (excess > 0) {
            // 128 bits and whether anything lay below decide how the 53rd is rounded.
            boolean inexact = scaled.getLowestSetBit() < excess;
            scaled = scaled.shiftRight(excess);
            scaled = inexact ? scaled.setBit(0) : scaled;
            exponent += excess;
        }
        return Math.scalb(scaled.doubleValue(), exponent);
    }

    BigDecimal exactValue() {
        int exponent = exponent();
        return exponent >= 0
                ? new BigDecimal(scaled().shiftLeft(exponent))
                : new BigDecimal(scaled().multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    }

    /** The odd integer and the power of two whose product is the sum: one form for each value. */
    void write(DataOutput output) throws IOException {
        BigInteger scaled = scaled();
        if (scaled.signum() == 0) {
            Wire.writeUnsigned(output, 0);
            return;
        }
        int zeros = scaled.getLowestSetBit();
        byte[] bytes = scaled.shiftRight(zeros).toByteArray();
        Wire.writeUnsigned(output, bytes.length);
        output.write(bytes);
        Wire.writeSigned(output, exponent() + zeros);
    }

    static ExactSum read(DataInput input) throws IOException {
        ExactSum sum = new ExactSum();
        int length = Wire.readCount(input);
        if (length == 0) {
            return sum;
        }
        byte[] bytes = new byte[length];
        input.readFully(bytes);
        BigInteger odd = new BigInteger(bytes);
        int position = (int) Wire.readSigned(input) - LEAST_EXPONENT;
        if (position < 0 || position > 2 * -LEAST_EXPONENT) {
            throw new IOException("a sum with an exponent that no double has: the bytes are damaged");
        }
        BigInteger magnitude = odd.abs().shiftLeft(position & 31);
        int words = (magnitude.bitLength() + 31) >>> 5;
        sum.reserve(position >>> 5, words);
        for (int i = 0; i < words; i++) {
            sum.digits[i] = odd.signum() * (magnitude.shiftRight(32 * i).longValue() & DIGIT);
        }
        sum.pending = 1;
        return sum;
    }

    private int exponent() {
        return 32 * lowest + LEAST_EXPONENT;
    }

    private BigInteger scaled() {
        BigInteger scaled = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
            scaled = scaled.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
        }
        return scaled;
    }

    /** Makes the window hold {@code count} digits from {@code first} on. */
    private void reserve(int first, int count) {
        if (digits.length == 0) {
            lowest = first;
            digits = new long[count];
            return;
        }
        int low = Math.min(lowest, first);
        int high = Math.max(lowest + digits.length, first + count);
        if (high - low > digits.length) {
            long[] wider = new long[high - low];
            System.arraycopy(digits, 0, wider, lowest - low, digits.length);
            digits = wider;
            lowest = low;
        }
    }

    /** Leaves digits in [0, 2³²) below a signed last one, which gets a digit above it only when it is full. */
    private void carry() {
        int last = digits.length - 1;
        long carried = 0;
        for (int i = 0; i < last; i++) {
            long digit = digits[i] + carried;
            digits[i] = digit & DIGIT;
            carried = digit >> 32;
        }
        long top = digits[last] + carried;
        digits[last] = top;
        if (Math.abs(top) > DIGIT) {
            digits = Arrays.copyOf(digits, digits.length + 1);
            digits[last] = top & DIGIT;
            digits[last + 1] = top >> 32;
        }
        pending = 1;
    }
}
