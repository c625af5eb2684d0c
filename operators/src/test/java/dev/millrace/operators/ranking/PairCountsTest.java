package dev.millrace.operators.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairCountsTest {

    private static final int ITEMS = 10_000;

    @Test
    void countsAsAMapDoes() throws IOException {
        PairCounts counts = new PairCounts();
        Map<Integer, int[]> expected = new HashMap<>();
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            int other = (int) (random.nextDouble() * random.nextDouble() * 3_000);
            boolean last = random.nextBoolean();
            counts.count(other, last);
            int[] pair = expected.computeIfAbsent(other, any -> new int[2]);
            pair[0] += last ? 1 : 0;
            pair[1]++;
        }
        for (PairCounts same : new PairCounts[] {counts, restored(counts)}) {
            double[] last = new double[ITEMS];
            double[] history = new double[ITEMS];
            same.addTo(last, 1, history, 0.5);
            assertThat(same.size()).isEqualTo(expected.size());
            for (int other = 0; other < ITEMS; other++) {
                int[] pair = expected.getOrDefault(other, new int[2]);
                assertThat(last[other]).isEqualTo(pair[0]);
                assertThat(history[other]).isEqualTo(pair[1] * 0.5);
            }
        }
    }

    @Test
    void whatWasMetLeastIsForgottenWhereThereIsTooMuch() throws IOException {
        PairCounts counts = new PairCounts();
        for (int other = 0; other < PairCounts.MOST; other++) {
            counts.count(other, false);
            if (other < 10) {
                counts.count(other, false);
            }
        }
        counts.count(PairCounts.MOST, true);
        assertThat(counts.size()).isEqualTo(11);
        double[] history = new double[ITEMS];
        counts.addTo(new double[ITEMS], 1, history, 1);
        assertThat(history[9]).isEqualTo(2);
        assertThat(history[10]).isZero();
        assertThat(history[PairCounts.MOST]).isEqualTo(1);
    }

    @Test
    void theOrderOfCountingLeavesNoTrace() throws IOException {
        PairCounts one = new PairCounts();
        PairCounts other = new PairCounts();
        for (int i = 0; i < 1_000; i++) {
            one.count(i * 7 % 1_000, i % 2 == 0);
        }
        for (int i = 999; i >= 0; i--) {
            other.count(i * 7 % 1_000, i % 2 == 0);
        }
        assertThat(bytes(one)).isEqualTo(bytes(other));
    }

    private static PairCounts restored(PairCounts counts) throws IOException {
        return PairCounts.read(new DataInputStream(new ByteArrayInputStream(bytes(counts))));
    }

    private static byte[] bytes(PairCounts counts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        counts.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
