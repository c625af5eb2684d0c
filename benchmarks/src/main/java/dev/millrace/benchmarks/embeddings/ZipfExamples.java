package dev.millrace.benchmarks.embeddings;

import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.ShardInput;
import dev.millrace.networks.Seeds;
import org.apache.flink.api.common.functions.MapFunction;

/**
 * Examples by their number: first every id once, rarest last; from then on ids by a power law.
 *
 * <p>The k-th id comes with the probability that a density proportional to x<sup>−{@value #EXPONENT}</sup> on [1, ids + 1) gives
 * [k, k + 1), drawn by its inverse: Zipf's law but for the first few ids.
 *
 * @param ids how many there are, a multiple of {@value #IDS_PER_EXAMPLE}
 */
record ZipfExamples(long ids) implements MapFunction<Long, ShardInput> {

    static final int NUMBERS = 8;
    static final int IDS_PER_EXAMPLE = 2;
    static final double EXPONENT = 1.05;

    private static final long SEED = 6;
    private static final double STEP = 0x1p-53;

    /** Examples after which every id has come. */
    long all() {
        return ids / IDS_PER_EXAMPLE;
    }

    @Override
    public ShardInput map(Long number) {
        long random = Seeds.mix(SEED, number);
        float[] numbers = new float[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            numbers[i] = (float) unit(random, i);
        }
        String[][] named = new String[IDS_PER_EXAMPLE][];
        for (int i = 0; i < IDS_PER_EXAMPLE; i++) {
            long id = number < all() ? number * IDS_PER_EXAMPLE + i : drawn(unit(random, NUMBERS + i));
            named[i] = new String[] {"id-" + id};
        }
        float label = unit(random, -1) < 0.2 + 0.6 * numbers[0] ? 1 : 0;
        return new Example(EventId.of(number), number, 0, label, 1, "", numbers, named);
    }

    private long drawn(double unit) {
        double power = EXPONENT - 1;
        double place = StrictMath.pow(1 - unit * (1 - StrictMath.pow(ids + 1.0, -power)), -1 / power);
        return Math.min(ids, (long) place) - 1;
    }

    /** In [0, 1). */
    private static double unit(long random, long index) {
        return (Seeds.mix(random, index) >>> 11) * STEP;
    }
}
