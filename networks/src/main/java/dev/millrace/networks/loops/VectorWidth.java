package dev.millrace.networks.loops;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** How wide the vectors of this process are. Constants: the JIT compiler makes instructions of vectors only then. */
final class VectorWidth {

    static final VectorSpecies<Float> SPECIES = species(LoopChoice.vectorBits());

    /** Whether the CPU has 32 vector registers, as with AVX-512 and on ARM, or 16. */
    static final boolean MANY_REGISTERS = FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512
            || System.getProperty("os.arch", "").equals("aarch64");

    private VectorWidth() {}

    private static VectorSpecies<Float> species(int bits) {
        return switch (bits) {
            case 128 -> FloatVector.SPECIES_128;
            case 256 -> FloatVector.SPECIES_256;
            case 512 -> FloatVector.SPECIES_512;
            default -> atMost512(FloatVector.SPECIES_PREFERRED);
        };
    }

    /** Rows are padded to 512 bits. */
    private static VectorSpecies<Float> atMost512(VectorSpecies<Float> preferred) {
        return preferred.vectorBitSize() <= 512
                ? preferred
                : VectorSpecies.of(float.class, VectorShape.forBitSize(512));
    }
}
