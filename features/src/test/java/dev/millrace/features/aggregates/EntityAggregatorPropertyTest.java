package dev.millrace.features.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.Aggregate.Measure;
import dev.millrace.features.aggregates.Aggregate.Statistic;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of one entity's events and labels, in and out of order, against a recomputation from the contract. */
class EntityAggregatorPropertyTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("amount", FieldType.NUMBER),
            new Field("distance", FieldType.NUMBER),
            new Field("terminal", FieldType.ID)));
    private static final long LATENESS = 40_000;
    private static final int EVENTS = 160;

    /** Something that reaches the aggregates of the entity. */
    private sealed interface Step {
        long time();
    }

    private record Observed(Event event, float knownLabel, long time) implements Step {}

    private record Resolved(ResolvedLabel label, long time) implements Step {}

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void everyNumberIsThatOfTheContract(int seed) {
        Random random = new Random(seed);
        EntityFeatures features = features(random);
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, features, LATENESS);
        EntityLog log = aggregator.emptyLog();
        NaiveEntity naive = new NaiveEntity(SCHEMA, features);
        for (Step step : steps(random)) {
            if (step instanceof Observed observed) {
                double[] numbers = aggregator.observe(log, observed.event, observed.knownLabel);
                double[] expected = naive.observe(observed.event, observed.knownLabel);
                assertSame(numbers, expected, features);
            } else if (step instanceof Resolved resolved) {
                ResolvedLabel label = resolved.label;
                if (aggregator.resolve(log, label)) {
                    naive.resolve(label.id(), label.eventTime(), label.label(), label.time());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 21, 22, 23, 24, 25, 26, 27})
    void savingAndForgettingChangesNoBit(int seed) throws IOException {
        Random random = new Random(seed);
        EntityFeatures features = features(random);
        // With few events that are remembered one by one, buckets are saved and forgotten too.
        int exactEvents = seed % 2 == 0 ? 8 : EntityAggregator.EXACT_EVENTS;
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, features, LATENESS, exactEvents);
        EntityAggregator another = new EntityAggregator(SCHEMA, features, LATENESS, exactEvents);
        EntityLog log = aggregator.emptyLog();
        EntityLog saved = another.emptyLog();
        long newest = Long.MIN_VALUE;
        for (Step step : steps(random)) {
            if (step instanceof Observed observed) {
                newest = Math.max(newest, observed.event.time());
                double[] numbers = aggregator.observe(log, observed.event, observed.knownLabel);
                assertThat(another.observe(saved, observed.event, observed.knownLabel))
                        .isEqualTo(numbers);
            } else if (step instanceof Resolved resolved) {
                assertThat(another.resolve(saved, resolved.label)).isEqualTo(aggregator.resolve(log, resolved.label));
            }
            if (newest > Long.MIN_VALUE && random.nextBoolean()) {
                another.forget(saved, newest);
            }
            saved = EntityLog.CODEC.read(new DataInputStream(new ByteArrayInputStream(EntityLog.CODEC.toBytes(saved))));
        }
    }

    private static void assertSame(double[] numbers, double[] expected, EntityFeatures features) {
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < numbers.length; i++) {
            boolean same = Double.isNaN(expected[i])
                    ? Double.isNaN(numbers[i])
                    : Math.abs(numbers[i] - expected[i]) <= 1e-9 * Math.max(1, Math.abs(expected[i]));
            if (!same) {
                assertThat(numbers[i]).as(features.addedFields().get(i).name()).isEqualTo(expected[i]);
            }
        }
    }

    static EntityFeatures features(Random random) {
        List<Aggregate> aggregates = new ArrayList<>();
        for (long width : new long[] {1_000, 30_000, 100_000}) {
            for (long delay : new long[] {0, 1, 20_000}) {
                Window window = new Window(Duration.ofMillis(width), Duration.ofMillis(delay));
                aggregates.add(new Aggregate.Count(window));
                for (Statistic statistic : Statistic.values()) {
                    aggregates.add(new Aggregate.Summary(statistic, "amount", window));
                }
                aggregates.add(new Aggregate.Summary(Statistic.MEAN, "distance", window));
                aggregates.add(new Aggregate.MeanTarget(window));
                for (Measure measure : Measure.values()) {
                    aggregates.add(new Aggregate.Comparison(measure, "amount", window));
                }
                aggregates.add(new Aggregate.Distinct("terminal", window));
                aggregates.add(new Aggregate.SinceLast(window));
                aggregates.add(new Aggregate.Rate(window));
                aggregates.add(new Aggregate.Positives(window));
                aggregates.add(new Aggregate.SincePositive(window));
                aggregates.add(new Aggregate.PositivesAmongLast(3, window));
                aggregates.add(new Aggregate.PositivesAmongLast(5, window));
                aggregates.add(new Aggregate.Unusual("amount", 1.5, window));
                aggregates.add(new Aggregate.Unusual("amount", 1.5, Duration.ofSeconds(40), window));
                aggregates.add(new Aggregate.Unusual("distance", 0.47, window));
            }
        }
        Collections.shuffle(aggregates, random);
        History history = new History(
                4,
                Duration.ofSeconds(25),
                List.of(
                        new History.Value("distance", List.of()),
                        new History.Age(),
                        new History.Value("amount", List.of(new Transform.Log1p()))));
        return new EntityFeatures("customer", aggregates, history);
    }

    /** Events in bursts and pauses, some late, many at the same time; labels that overtake, come at once, late, again or never. */
    private static List<Step> steps(Random random) {
        List<Step> steps = new ArrayList<>();
        long time = 1_700_000_000_000L;
        for (int i = 0; i < EVENTS; i++) {
            time += switch (random.nextInt(10)) {
                case 0, 1, 2 -> 0;
                case 3 -> random.nextInt(60_000);
                default -> random.nextInt(2_000);
            };
            // Some come late, never by more than events may.
            long comes = time + (random.nextInt(4) == 0 ? random.nextInt((int) LATENESS) : 0);
            EventId id = random.nextInt(20) == 0 ? EventId.of("text " + i) : EventId.of(i);
            steps.add(new Observed(event(id, time, random), random.nextInt(10) == 0 ? 1 : Event.NO_LABEL, comes));
            for (int label = random.nextInt(4) - 1; label > 0; label--) {
                long known = time + (random.nextInt(3) == 0 ? 0 : random.nextInt(50_000));
                float value = random.nextInt(3) == 0 ? 1 : 0;
                steps.add(new Resolved(
                        new ResolvedLabel(id, time, known, LabelKind.REAL, value, Event.NO_LABEL, 0),
                        Math.max(known, comes) - (random.nextInt(5) == 0 ? 5_000 : 0)));
            }
        }
        steps.sort(Comparator.comparingLong(Step::time));
        return steps;
    }

    private static Event event(EventId id, long time, Random random) {
        double amount = random.nextInt(12) == 0 ? Double.NaN : random.nextInt(2_000) / 100.0 - 2;
        double distance = random.nextInt(3) == 0 ? Double.NaN : 7.1;
        @Nullable String terminal = random.nextInt(8) == 0 ? null : "t" + random.nextInt(12);
        return new Event(
                id, time, Event.NO_LABEL, new double[] {amount, random.nextInt(6) == 0 ? 9.3 : distance}, new String[] {
                    terminal
                });
    }
}
