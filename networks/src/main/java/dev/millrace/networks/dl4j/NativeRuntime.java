package dev.millrace.networks.dl4j;

import java.util.zip.CRC32;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The only door to ND4J: whoever touches an ND4J class calls {@link #load} first.
 *
 * <p>ND4J remembers the context class loader of the thread that first initialised it. In a Flink task that is the loader of
 * one job, which is closed when the job ends, and the next job in the same JVM dies. So ND4J is told here to use the loader it
 * was loaded by itself, and initialised under it. BLAS is pinned to one thread: with a task per core a second one only slows
 * down, and its sums are not reproducible.
 */
public final class NativeRuntime {

    private final String kernel;

    private NativeRuntime(String kernel) {
        this.kernel = kernel;
    }

    /** Loads and initialises the native libraries, once per JVM. Any thread may call it any number of times. */
    public static NativeRuntime load() {
        return Loaded.RUNTIME;
    }

    /**
     * Names the BLAS kernel in use, for example {@code openblas/Haswell/5d3f21aa}: library, the core that
     * {@code OPENBLAS_CORETYPE} asks for ({@code auto} if it does not), and a checksum of a fixed product. Equal names mean
     * equal bits.
     */
    public String kernel() {
        return kernel;
    }

    /** Initialised by the class loader of the JVM under its lock: once, and safely for every thread. */
    private static final class Loaded {
        static final NativeRuntime RUNTIME = initialise();
    }

    private static NativeRuntime initialise() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(Nd4j.class.getClassLoader());
        try {
            ND4JClassLoading.setNd4jClassloaderFromClass(Nd4j.class);
            Nd4j.getEnvironment().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            Nd4j.factory().blas().setMaxThreads(1);
            return new NativeRuntime(kernelName());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static String kernelName() {
        String core = System.getenv("OPENBLAS_CORETYPE");
        String vendor = Nd4j.factory().blas().getBlasVendor().toString().toLowerCase(java.util.Locale.ROOT);
        return "%s/%s/%08x".formatted(vendor, core == null || core.isBlank() ? "auto" : core, fingerprint());
    }

    /** Kernels differ in the order of additions, which shows in the last bits of a product of this size. */
    private static long fingerprint() {
        int size = 67;
        float[] left = new float[size * size];
        float[] right = new float[size * size];
        for (int i = 0; i < left.length; i++) {
            left[i] = (float) (1.0 / (3 + i % 101));
            right[i] = (float) (1.0 / (7 + i % 89)) - 0.05f;
        }
        try (INDArray a = Nd4j.createFromArray(left).reshape(size, size);
                INDArray b = Nd4j.createFromArray(right).reshape(size, size);
                INDArray product = a.mmul(b)) {
            CRC32 checksum = new CRC32();
            for (float value : product.reshape(-1).toFloatVector()) {
                int bits = Float.floatToIntBits(value);
                checksum.update(bits >>> 24);
                checksum.update(bits >>> 16);
                checksum.update(bits >>> 8);
                checksum.update(bits);
            }
            return checksum.getValue();
        }
    }
}
