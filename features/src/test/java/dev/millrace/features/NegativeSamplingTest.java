package dev.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.EventId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NegativeSamplingTest {

    private static final int EVENTS = 100_000;

    @ParameterizedTest
    @ValueSource(floats = {0.001f, 0.1f, 0.5f, 0.9f})
    void keepsItsShare(float share) {
        double tolerated = 5 * Math.sqrt(share * (1 - share) / EVENTS);
        for (long seed = 0; seed < 3; seed++) {
            NegativeSampling sampling = new NegativeSampling(share, seed);
            long kept = IntStream.range(0, EVENTS)
                    .filter(id -> sampling.keeps(EventId.of(id)))
                    .count();
            assertThat((double) kept / EVENTS).isCloseTo(share, within(tolerated));
        }
    }

    @Test
    void everyNegativeIsKeptWithoutSampling() {
        assertThat(IntStream.range(0, 1000)).allMatch(id -> NegativeSampling.NONE.keeps(EventId.of(id)));
    }

    @Test
    void aLargerShareKeepsTheSameAndMore() {
        NegativeSampling few = new NegativeSampling(0.1f, 7);
        NegativeSampling more = new NegativeSampling(0.3f, 7);
        assertThat(IntStream.range(0, 10_000).mapToObj(EventId::of).filter(few::keeps))
                .allMatch(more::keeps);
    }

    @Test
    void seedsChooseIndependently() {
        NegativeSampling one = new NegativeSampling(0.5f, 1);
        NegativeSampling other = new NegativeSampling(0.5f, 2);
        long both = IntStream.range(0, EVENTS)
                .mapToObj(EventId::of)
                .filter(id -> one.keeps(id) && other.keeps(id))
                .count();
        assertThat((double) both / EVENTS).isCloseTo(0.25, within(0.01));
    }

    /** Pinned: another choice would be another model. */
    @Test
    void theChoiceNeverChanges() {
        NegativeSampling sampling = new NegativeSampling(0.2f, 42);
        List<Integer> kept = IntStream.range(0, 40)
                .boxed()
                .filter(id -> sampling.keeps(EventId.of(id)))
                .toList();
        assertThat(kept).containsExactly(0, 1, 6, 14, 16, 29, 36, 38);
        assertThat(sampling.keeps(EventId.of("a-1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, 1.1f, Float.NaN})
    void shareOutOfRangeIsRefused(float share) {
        assertThatThrownBy(() -> new NegativeSampling(share, 0)).hasMessageContaining("above 0 and at most 1");
    }
}
