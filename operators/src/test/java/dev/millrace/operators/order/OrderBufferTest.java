package dev.millrace.operators.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Ordered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderBufferTest {

    private static final Comparator<Tick> ORDER = Comparator.comparingLong(Tick::streamTime)
            .thenComparingInt(Tick::rank)
            .thenComparing(Tick::id)
            .thenComparing(tick -> HexFormat.of().formatHex(Tick.CODEC.toBytes(tick)));

    private final Segments segments = new Segments();

    @Test
    void givesOutWhatIsDueSmallestFirst() throws Exception {
        OrderBuffer<Tick> buffer = buffer(100);
        buffer.add(Tick.of(3, 30));
        buffer.add(Tick.of(1, 10));
        buffer.add(Tick.of(2, 20));
        assertThat(buffer.pollUntil(9)).isNull();
        assertThat(drain(buffer, 20)).containsExactly(Tick.of(1, 10), Tick.of(2, 20));
        assertThat(buffer.size()).isEqualTo(1);
        assertThat(buffer.inMemory()).containsExactly(Tick.of(3, 30));
    }

    @Test
    void tiesGoByRankThenIdThenBytes() throws Exception {
        List<Tick> sorted = List.of(
                Tick.of(9, 10).ranked(Ordered.RANK_LATER_LABEL),
                Tick.of(2, 10).named("b"),
                Tick.of(10, 10).named("a"),
                Tick.of(10, 10).named("b"),
                Tick.of(1, 10).ranked(Ordered.RANK_LABEL_AT_EVENT));
        for (int seed = 0; seed < 20; seed++) {
            List<Tick> shuffled = new ArrayList<>(sorted);
            Collections.shuffle(shuffled, new Random(seed));
            OrderBuffer<Tick> buffer = buffer(1 + seed % 6);
            for (Tick tick : shuffled) {
                buffer.add(tick);
            }
            assertThat(drain(buffer, 10)).isEqualTo(sorted);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void equalRecordsCollapseWhereverTheyWait(int mostInMemory) throws Exception {
        OrderBuffer<Tick> buffer = buffer(mostInMemory);
        for (int copy = 0; copy < 5; copy++) {
            buffer.add(Tick.of(1, 10));
            buffer.add(Tick.of(1, 20));
            buffer.add(Tick.of(1, 20).named("other"));
        }
        assertThat(drain(buffer, 20))
                .containsExactly(Tick.of(1, 10), Tick.of(1, 20), Tick.of(1, 20).named("other"));
        assertThat(buffer.collapsed()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everyLimitGivesTheOrderOfTheSetOfRecords(long seed) throws Exception {
        for (int mostInMemory : new int[] {1, 2, 3, 10, 100, 1_000}) {
            Random random = new Random(seed);
            int disorder = 1 + random.nextInt(200);
            OrderBuffer<Tick> buffer = buffer(mostInMemory);
            TreeSet<Tick> waiting = new TreeSet<>(ORDER);
            long watermark = -1;
            for (int i = 0; i < 1_500; i++) {
                long time = Math.max(watermark + 1, i / 4 + random.nextInt(disorder));
                Tick tick = Tick.of(random.nextInt(9), time).ranked(random.nextInt(3));
                buffer.add(tick);
                waiting.add(tick);
                if (random.nextInt(40) == 0) {
                    watermark = i / 4 + random.nextInt(disorder);
                    List<Tick> due = new ArrayList<>();
                    while (!waiting.isEmpty() && waiting.first().time() <= watermark) {
                        due.add(waiting.pollFirst());
                    }
                    assertThat(drain(buffer, watermark)).isEqualTo(due);
                }
            }
            assertThat(drain(buffer, Long.MAX_VALUE)).isEqualTo(List.copyOf(waiting));
            assertThat(buffer.size()).isZero();
            assertThat(segments.earliest()).isNull();
        }
    }

    /** Of a partition that runs a day ahead, say. */
    @Test
    void whatComesSortedIsWrittenOutOnceAndMemoryStaysWithinItsLimit() throws Exception {
        OrderBuffer<Tick> buffer = buffer(100);
        for (int time = 0; time < 50_000; time++) {
            buffer.add(Tick.of(1, time));
            assertThat(buffer.size()).isLessThanOrEqualTo(100);
        }
        long next = 0;
        for (long watermark = 999; watermark < 50_000; watermark += 1_000) {
            for (Tick tick : drain(buffer, watermark)) {
                assertThat(tick.time()).isEqualTo(next++);
                assertThat(buffer.size()).isLessThanOrEqualTo(100);
            }
        }
        assertThat(next).isEqualTo(50_000);
        assertThat(segments.written).isLessThan(50_000);
    }

    @Test
    void segmentsAreOfLimitedSize() throws Exception {
        OrderBuffer<Tick> buffer = buffer(40_000);
        for (int time = 0; time <= 40_000; time++) {
            buffer.add(Tick.of(1, time));
        }
        assertThat(segments.waiting).hasSize(3);
        assertThat(segments.waiting.values()).allMatch(segment -> segment.size() <= 8_192);
        assertThat(buffer.size()).isEqualTo(20_000);
    }

    /** A day without times of day: there is nothing to tell its records apart by, and no use in trying for each. */
    @Test
    void recordsOfOneInstantStayTogetherInMemory() throws Exception {
        OrderBuffer<Tick> buffer = buffer(10);
        for (int key = 0; key < 20_000; key++) {
            buffer.add(Tick.of(key, 7));
        }
        assertThat(segments.written).isZero();
        buffer.add(Tick.of(0, 8));
        for (int key = 20_000; key < 41_000; key++) {
            buffer.add(Tick.of(key, 7));
        }
        assertThat(segments.written).isEqualTo(1);
        assertThat(drain(buffer, 7)).hasSize(41_000);
        assertThat(drain(buffer, 8)).containsExactly(Tick.of(0, 8));
    }

    /** Afterwards the limit holds again. */
    @Test
    void aCrowdedInstantLiftsTheLimitForItselfOnly() throws Exception {
        OrderBuffer<Tick> buffer = buffer(10);
        for (int key = 0; key < 100; key++) {
            buffer.add(Tick.of(key, 7));
        }
        assertThat(drain(buffer, 7)).hasSize(100);
        for (int time = 10; time < 1_000; time++) {
            buffer.add(Tick.of(1, time));
        }
        assertThat(buffer.size()).isLessThanOrEqualTo(10);
    }

    private OrderBuffer<Tick> buffer(int mostInMemory) {
        return new OrderBuffer<>(Tick.CODEC, segments, mostInMemory);
    }

    private static List<Tick> drain(OrderBuffer<Tick> buffer, long time) throws Exception {
        List<Tick> drained = new ArrayList<>();
        for (Tick next = buffer.pollUntil(time); next != null; next = buffer.pollUntil(time)) {
            drained.add(next);
        }
        return drained;
    }

    /** State in a map, which counts the records written. */
    private static final class Segments implements OrderBuffer.Overflow<Tick> {

        final TreeMap<Long, List<Tick>> waiting = new TreeMap<>();
        int written;

        @Override
        public @Nullable Long earliest() {
            return waiting.isEmpty() ? null : waiting.firstKey();
        }

        @Override
        public void add(long lowerBound, List<Tick> records) {
            assertThat(records).isNotEmpty().allMatch(tick -> tick.time() >= lowerBound);
            waiting.computeIfAbsent(lowerBound, absent -> new ArrayList<>()).addAll(records);
            written += records.size();
        }

        @Override
        public List<Tick> takeEarliest() {
            return waiting.pollFirstEntry().getValue();
        }
    }
}
