package dev.millrace.networks.loops;

import dev.millrace.networks.learning.DropoutMask;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link DropoutMask} on vectors: the same hash, operation for operation. */
final class VectorDropout {

    private static final VectorSpecies<Integer> SPECIES =
            VectorSpecies.of(int.class, VectorWidth.SPECIES.vectorShape());
    private static final int LANES = SPECIES.length();

    /** What each lane is ahead of the first. */
    private static final int[] STEPS = steps();

    private VectorDropout() {}

    private static int[] steps() {
        int[] steps = new int[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            steps[lane] = lane * DropoutMask.UNIT_STEP;
        }
        return steps;
    }

    static void fill(int rowKey, int threshold, float kept, float[] mask, int width) {
        IntVector steps = IntVector.fromArray(SPECIES, STEPS, 0);
        IntVector keptBits = IntVector.broadcast(SPECIES, Float.floatToRawIntBits(kept));
        for (int j = 0; j < width; j += LANES) {
            IntVector hash = steps.add(rowKey + j * DropoutMask.UNIT_STEP);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16))
                    .mul(0x85EBCA6B);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 13))
                    .mul(0xC2B2AE35);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16));
            IntVector survivors = hash.lanewise(VectorOperators.LSHR, 8)
                    .sub(threshold)
                    .lanewise(VectorOperators.ASHR, 31)
                    .not();
            keptBits.and(survivors).reinterpretAsFloats().intoArray(mask, j);
        }
    }
}
