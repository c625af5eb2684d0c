package dev.millrace.features.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.aggregates.Aggregate.Statistic;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EntityAggregatorTest {

    private static final EventSchema SCHEMA =
            new EventSchema(List.of(new Field("amount", FieldType.NUMBER), new Field("terminal", FieldType.ID)));
    private static final long SECOND = 1_000;
    private static final long LATENESS = 10 * SECOND;
    private static final Window MINUTE = Window.of(Duration.ofMinutes(1));

    @Test
    void anEventWithoutEntitySeesNothingButItself() {
        List<Aggregate> aggregates = List.of(
                new Aggregate.Count(MINUTE),
                new Aggregate.Summary(Statistic.SUM, "amount", MINUTE),
                new Aggregate.Summary(Statistic.MAX, "amount", MINUTE),
                new Aggregate.Unusual("amount", 1, MINUTE));
        History history =
                new History(2, Duration.ofHours(1), List.of(new History.Value("amount", List.of()), new History.Age()));
        EntityAggregator aggregator = aggregator(new EntityFeatures("customer", aggregates, history));
        double none = Double.NaN;
        assertThat(aggregator.withoutEntity(event(1, 0, 5)))
                .containsExactly(0, 0, none, 0, /* absent */ 0, none, none, /* itself */ 1, 5, 0);
    }

    @Test
    void aRevisedLabelReplacesTheFormerOne() {
        EntityAggregator aggregator = aggregator(positives());
        EntityLog log = aggregator.emptyLog();
        aggregator.observe(log, event(1, 0, 5), Event.NO_LABEL);
        assertThat(aggregator.resolve(log, label(1, 0, SECOND, 1))).isTrue();
        assertThat(aggregator.observe(log, event(2, 2 * SECOND, 5), Event.NO_LABEL))
                .containsExactly(1, 1);
        assertThat(aggregator.resolve(log, label(1, 0, 3 * SECOND, 0))).isTrue();
        assertThat(aggregator.observe(log, event(3, 4 * SECOND, 5), Event.NO_LABEL))
                .containsExactly(0, 0);
    }

    @Test
    void aLabelWaitsForItsEventAsLongAsThatMayBeLate() {
        EntityAggregator aggregator = aggregator(positives());
        EntityLog log = aggregator.emptyLog();
        assertThat(aggregator.resolve(log, label(1, 0, 0, 1))).isTrue();
        assertThat(aggregator.resolve(log, label(2, 0, 0, 1))).isTrue();
        aggregator.observe(log, event(2, 0, 5), Event.NO_LABEL);
        assertThat(aggregator.observe(log, event(3, SECOND, 5), Event.NO_LABEL)).containsExactly(1, 1);
        assertThat(aggregator.forget(log, LATENESS)).isZero();
        assertThat(aggregator.forget(log, LATENESS + 1)).isEqualTo(1);
        assertThat(aggregator.resolve(log, label(1, 0, 0, 1)))
                .as("too late even for a late event")
                .isFalse();
    }

    @Test
    void everythingIsForgottenAtTheEnd() {
        EntityAggregator aggregator = aggregator(positives());
        EntityLog log = aggregator.emptyLog();
        assertThat(aggregator.end(log)).isEqualTo(Long.MIN_VALUE);
        aggregator.observe(log, event(1, 0, 5), Event.NO_LABEL);
        aggregator.observe(log, event(2, 7, 5), Event.NO_LABEL);
        long end = aggregator.end(log);
        assertThat(end).isEqualTo(7 + 60 * SECOND + LATENESS);
        aggregator.forget(log, end - 1);
        assertThat(log.size()).isEqualTo(1);
        aggregator.forget(log, end);
        assertThat(log.isEmpty()).isTrue();

        EntityLog waiting = aggregator.emptyLog();
        aggregator.resolve(waiting, label(1, 0, 0, 1));
        aggregator.forget(waiting, aggregator.end(waiting) - 1);
        assertThat(waiting.isEmpty()).isFalse();
        assertThat(aggregator.forget(waiting, aggregator.end(waiting))).isEqualTo(1);
        assertThat(waiting.isEmpty()).isTrue();
    }

    @Test
    void labelsFindTheirEventsInBucketsToo() {
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, positives(), LATENESS, 1);
        EntityLog log = aggregator.emptyLog();
        for (int i = 0; i < 5; i++) {
            aggregator.observe(log, event(i, i, 5), Event.NO_LABEL);
        }
        assertThat(aggregator.resolve(log, label(1, 1, 9, 1))).isTrue();
        assertThat(aggregator.resolve(log, label(2, 2, 9, 0))).isTrue();
        assertThat(aggregator.observe(log, event(9, 9, 5), Event.NO_LABEL)).containsExactly(1, 0.5);
        aggregator.resolve(log, new ResolvedLabel(EventId.of(1), 1, 10, LabelKind.REVISED, 0, 1, 0));
        assertThat(aggregator.observe(log, event(10, 10, 5), Event.NO_LABEL)).containsExactly(0, 0);
        assertThat(aggregator.resolve(log, label(77, -LATENESS, 11, 1))).isFalse();
    }

    @Test
    void lateEventsAreSeenToBeLate() {
        EntityAggregator aggregator = aggregator(positives());
        EntityLog log = aggregator.emptyLog();
        assertThat(aggregator.isLate(log, event(1, -5, 5))).isFalse();
        aggregator.observe(log, event(1, 7, 5), Event.NO_LABEL);
        assertThat(aggregator.isLate(log, event(2, 7, 5))).isFalse();
        assertThat(aggregator.isLate(log, event(2, 6, 5))).isTrue();
    }

    @Test
    void fieldsThatCannotBeReadAreErrorsThatNameThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregator(sum("terminal")))
                .withMessageContaining("'terminal'")
                .withMessageContaining("ID");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aggregator(sum("amuont")))
                .withMessageContaining("'amuont'");
    }

    /** A day-and-night rhythm over 60 days: the oldest of the 64 events that are known one by one is a few minutes old. */
    @Test
    void aHotEntityStaysSmallAndIsKnownWell() {
        Window day = Window.of(Duration.ofDays(1));
        Window month = Window.of(Duration.ofDays(30));
        Window weekAgo = new Window(Duration.ofDays(7), Duration.ofDays(7));
        EntityFeatures features = new EntityFeatures(
                "terminal",
                List.of(
                        new Aggregate.Count(day),
                        new Aggregate.Summary(Statistic.SUM, "amount", month),
                        new Aggregate.Count(weekAgo),
                        new Aggregate.Positives(weekAgo)),
                null);
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, features, LATENESS, 64);
        EntityLog log = aggregator.emptyLog();
        int events = 1_000_000;
        long[] times = new long[events];
        double[] amounts = new double[events + 1];
        int[] positives = new int[events + 1];
        Random random = new Random(5);
        double time = 1.7e12;
        double[] worst = new double[4];
        for (int i = 0; i < events; i++) {
            boolean night = time / 3_600_000 % 24 < 6;
            time -= StrictMath.log(1 - random.nextDouble()) * (night ? 25_920 : 3_987);
            times[i] = (long) time;
            double amount = random.nextInt(10_000) / 100.0;
            boolean positive = random.nextInt(20) == 0;
            amounts[i + 1] = amounts[i] + amount;
            positives[i + 1] = positives[i] + (positive ? 1 : 0);
            double[] numbers = aggregator.observe(log, event(i, times[i], amount), positive ? 1 : 0);
            if (i > events * 3 / 4 && i % 997 == 0) {
                int end = i + 1;
                int endWeekAgo = before(times, times[i], 7, end);
                int startWeekAgo = before(times, times[i], 14, end);
                double[] expected = {
                    end - before(times, times[i], 1, end),
                    amounts[end] - amounts[before(times, times[i], 30, end)],
                    endWeekAgo - startWeekAgo,
                    positives[endWeekAgo] - positives[startWeekAgo]
                };
                for (int k = 0; k < expected.length; k++) {
                    worst[k] = Math.max(worst[k], Math.abs(numbers[k] / expected[k] - 1));
                }
            }
        }
        assertThat(log.size()).isEqualTo(64);
        assertThat(EntityLog.CODEC.toBytes(log).length).isLessThan(64 * 40 + Buckets.MOST * 120);
        assertThat(worst[0]).as("count of a day").isLessThan(LIMIT);
        assertThat(worst[1]).as("sum of a month").isLessThan(LIMIT);
        assertThat(worst[2]).as("count of a week, a week ago").isLessThan(LIMIT);
        assertThat(worst[3]).as("positives of a week, a week ago").isLessThan(LIMIT);
    }

    private static final double LIMIT = 0.04;

    @Test
    void distinctOnesOfManyAreEstimated() {
        EntityFeatures features =
                new EntityFeatures("terminal", List.of(new Aggregate.Distinct("terminal", MINUTE)), null);
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, features, LATENESS, 50);
        EntityLog log = aggregator.emptyLog();
        for (int i = 0; i < 20_000; i++) {
            Event event = new Event(EventId.of(i), i, Event.NO_LABEL, new double[] {0}, new String[] {"t" + i % 7_000});
            double distinct = aggregator.observe(log, event, Event.NO_LABEL)[0];
            int expected = Math.min(i + 1, 7_000);
            if (i < 50) {
                assertThat(distinct).isEqualTo(expected);
            } else {
                assertThat(Math.abs(distinct / expected - 1)).isLessThan(3 * 0.046);
            }
        }
    }

    /** Index of the first event after the time that lies a number of days before another. */
    private static int before(long[] times, long time, int days, int end) {
        long from = time - Duration.ofDays(days).toMillis();
        int low = 0;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] <= from) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static EntityAggregator aggregator(EntityFeatures features) {
        return new EntityAggregator(SCHEMA, features, LATENESS);
    }

    private static EntityFeatures positives() {
        return new EntityFeatures(
                "customer", List.of(new Aggregate.Positives(MINUTE), new Aggregate.Rate(MINUTE)), null);
    }

    private static EntityFeatures sum(String field) {
        return new EntityFeatures("customer", List.of(new Aggregate.Summary(Statistic.SUM, field, MINUTE)), null);
    }

    private static Event event(long id, long time, double amount) {
        return new Event(EventId.of(id), time, Event.NO_LABEL, new double[] {amount}, new String[] {"t"});
    }

    private static ResolvedLabel label(long id, long eventTime, long time, float label) {
        return new ResolvedLabel(EventId.of(id), eventTime, time, LabelKind.REAL, label, Event.NO_LABEL, 0);
    }
}
