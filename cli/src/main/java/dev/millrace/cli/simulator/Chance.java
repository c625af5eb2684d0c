package dev.millrace.cli.simulator;

import java.util.Random;

/**
 * Seeded draws from the distributions of the simulator, the same on every machine: {@link Random} fixes the sequence, and
 * functions whose last bit is left to the processor are taken from {@link StrictMath}.
 */
final class Chance {

    private final Random random;

    /** @param stream keeps the draws of one concern from shifting those of another */
    Chance(long seed, long stream) {
        this.random = new Random(seed * 0x9E3779B97F4A7C15L ^ stream * 0xC2B2AE3D27D4EB4FL);
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean holds(double probability) {
        return random.nextDouble() < probability;
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    double logNormal(double median, double deviation) {
        return median * StrictMath.exp(deviation * random.nextGaussian());
    }

    /** Knuth's product of uniforms: fit for means of a few units. */
    int poisson(double mean) {
        double limit = StrictMath.exp(-mean);
        int count = 0;
        for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
            count++;
        }
        return count;
    }
}
