package dev.millrace.features.aggregates;

import dev.millrace.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Estimates how many different hashes were added: a HyperLogLog of 512 registers with the estimator of O. Ertl, "New cardinality
 * estimation algorithms for HyperLogLog sketches" (arXiv:1702.01284, algorithm 6). Standard error 4.6 %.
 *
 * <p>Its registers are maxima: the order of additions does not matter, and the union of two is that of their hashes. That the estimate depends on
 * nothing else is why it is not one of the sketches that are more exact for one order of additions.
 */
final class DistinctSketch {

    static final int REGISTERS = 1 << 9;
    private static final int INDEX_BITS = 9;
    /** Ranks of the bits that are left go from 1 to one more than their number. */
    static final int MOST = 64 - INDEX_BITS + 1;

    private DistinctSketch() {}

    /** 0, no hash, changes nothing. */
    static void add(byte[] registers, long hash) {
        if (hash == 0) {
            return;
        }
        int index = (int) (hash >>> (64 - INDEX_BITS));
        int rank = Math.min(Long.numberOfLeadingZeros(hash << INDEX_BITS) + 1, MOST);
        if (rank > registers[index]) {
            registers[index] = (byte) rank;
        }
    }

    static void union(byte[] registers, byte[] more) {
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (byte) Math.max(registers[i], more[i]);
        }
    }

    static double estimate(byte[] registers) {
        int[] histogram = new int[MOST + 1];
        for (byte register : registers) {
            histogram[register]++;
        }
        double m = REGISTERS;
        double z = m * tau(1 - histogram[MOST] / m);
        for (int k = MOST - 1; k >= 1; k--) {
            z = 0.5 * (z + histogram[k]);
        }
        z += m * sigma(histogram[0] / m);
        // 1 / (2 ln 2)
        return 0.7213475204444817 * m * m / z;
    }

    static byte[] empty() {
        return new byte[REGISTERS];
    }

    static void clear(byte[] registers) {
        Arrays.fill(registers, (byte) 0);
    }

    /** The number of registers that are not 0, then either all of them or, if that is shorter, those with their indices. */
    static void write(DataOutput output, byte[] registers) throws IOException {
        int filled = 0;
        for (byte register : registers) {
            filled += register == 0 ? 0 : 1;
        }
        Wire.writeUnsigned(output, filled);
        if (isDense(filled)) {
            output.write(registers);
            return;
        }
        for (int i = 0; i < REGISTERS; i++) {
            if (registers[i] != 0) {
                Wire.writeUnsigned(output, i);
                output.writeByte(registers[i]);
            }
        }
    }

    static void read(DataInput input, byte[] registers) throws IOException {
        int filled = Wire.readCount(input);
        if (filled > REGISTERS) {
            throw damaged();
        }
        if (isDense(filled)) {
            input.readFully(registers);
        } else {
            for (int i = 0; i < filled; i++) {
                int index = Wire.readCount(input);
                if (index >= REGISTERS) {
                    throw damaged();
                }
                registers[index] = input.readByte();
            }
        }
        for (byte register : registers) {
            if (register < 0 || register > MOST) {
                throw damaged();
            }
        }
    }

    private static boolean isDense(int filled) {
        return 3 * filled > REGISTERS;
    }

    private static IOException damaged() {
        return new IOException("registers that no sketch can have: the bytes are damaged");
    }

    private static double sigma(double share) {
        if (share == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double x = share;
        double y = 1;
        double z = x;
        double before;
        do {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        } while (z != before);
        return z;
    }

    private static double tau(double share) {
        if (share == 0 || share == 1) {
            return 0;
        }
        double x = share;
        double y = 1;
        double z = 1 - x;
        double before;
        do {
            x = Math.sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        } while (z != before);
        return z / 3;
    }
}
