package dev.millrace.networks.loops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the loops of this process once: on vectors where the JVM has the module {@code jdk.incubator.vector}, plain otherwise.
 *
 * <p>The system property {@value #VECTOR_BITS} overrules it: {@code 128}, {@code 256} or {@code 512} fix the width of a vector,
 * {@code 0} chooses the plain loops. It changes the speed and no result.
 */
public final class LoopChoice {

    public static final String VECTOR_BITS = "millrace.vector-bits";

    public static final Loops CHOSEN = choose();

    private static final String MODULE = "jdk.incubator.vector";

    /** By name: without the module the class cannot be linked. */
    private static final String VECTOR_LOOPS = "dev.millrace.networks.loops.VectorLoops";

    private static final int WIDEST = -1;

    private LoopChoice() {}

    /** Bits of a vector, 0 for the plain loops, {@link #WIDEST} for what the CPU has. */
    static int vectorBits() {
        return vectorBits(System.getProperty(VECTOR_BITS, "auto"));
    }

    static int vectorBits(String value) {
        return switch (value) {
            case "auto" -> WIDEST;
            case "0" -> 0;
            case "128" -> 128;
            case "256" -> 256;
            case "512" -> 512;
            default ->
                throw new IllegalArgumentException(VECTOR_BITS + " must be auto, 0, 128, 256 or 512, got " + value
                        + "; leave it out for the fastest");
        };
    }

    private static Loops choose() {
        Logger log = LoggerFactory.getLogger(Loops.class);
        if (vectorBits() == 0) {
            return new PlainLoops();
        }
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            log.warn(
                    "Networks compute with plain loops and could be about 4 times faster: start the JVM with"
                            + " --add-modules {}. Results are the same.",
                    MODULE);
            return new PlainLoops();
        }
        try {
            Loops loops =
                    (Loops) Class.forName(VECTOR_LOOPS).getDeclaredConstructor().newInstance();
            log.info("Networks compute with {}", loops);
            return loops;
        } catch (ReflectiveOperationException | LinkageError e) {
            log.warn(
                    "Networks compute with plain loops: this JVM's {} is not the one that this was built for."
                            + " Results are the same; for more speed run on the JDK of the build.",
                    MODULE,
                    e);
            return new PlainLoops();
        }
    }
}
