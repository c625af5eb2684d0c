package dev.millrace.features.aggregates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codec;
import dev.millrace.events.CodecContract;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.features.aggregates.Aggregate.Statistic;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntityLogTest extends CodecContract<EntityLog> {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("amount", FieldType.NUMBER),
            new Field("distance", FieldType.NUMBER),
            new Field("terminal", FieldType.ID)));
    private static final Window DAY = Window.of(Duration.ofDays(1));
    private static final EntityFeatures FEATURES = new EntityFeatures(
            "customer",
            List.of(
                    new Aggregate.Count(DAY),
                    new Aggregate.Summary(Statistic.SUM, "amount", DAY),
                    new Aggregate.Distinct("terminal", DAY),
                    new Aggregate.Unusual("amount", 1, DAY),
                    new Aggregate.Rate(DAY)),
            null);
    private static final EntityFeatures OTHER_FEATURES = new EntityFeatures(
            "customer",
            List.of(
                    new Aggregate.Summary(Statistic.SUM, "distance", DAY),
                    new Aggregate.Unusual("distance", 2, DAY),
                    new Aggregate.Summary(Statistic.SUM, "amount", DAY),
                    new Aggregate.Unusual("amount", 1, DAY),
                    new Aggregate.Count(DAY)),
            null);
    private static final long LATENESS = 60_000;
    private static final long TIME = 1_700_000_000_000L;

    private static final List<EntityLog> VALUES = logs();

    private final EntityAggregator aggregator = new EntityAggregator(SCHEMA, FEATURES, LATENESS);
    private final EntityAggregator coarse = new EntityAggregator(SCHEMA, FEATURES, LATENESS, 2);

    @Override
    protected Codec<EntityLog> codec() {
        return EntityLog.CODEC;
    }

    @Override
    protected List<EntityLog> values() {
        return VALUES;
    }

    private static List<EntityLog> logs() {
        EntityAggregator aggregator = new EntityAggregator(SCHEMA, FEATURES, LATENESS);
        EntityAggregator coarse = new EntityAggregator(SCHEMA, FEATURES, LATENESS, 2);
        List<EntityLog> logs = new ArrayList<>();
        EntityLog log = aggregator.emptyLog();
        aggregator.observe(log, event(42, TIME, 57.16, "t1"), Event.NO_LABEL);
        aggregator.observe(log, event(43, TIME + 1000, Double.NaN, "t2"), 1);
        aggregator.observe(log, event(47, TIME + 1000, 1.0 / 3, null), Event.NO_LABEL);
        aggregator.resolve(log, label(42, TIME, TIME + 86_400_000, 0));
        aggregator.resolve(log, label(99, TIME + 2000, TIME + 86_400_000, 1));
        logs.add(log);
        logs.add(aggregator.emptyLog());
        EntityLog texts = aggregator.emptyLog();
        for (double amount : new double[] {0, -0.0, -17.01, 1e300, 0.1 + 0.2, Double.MIN_VALUE}) {
            aggregator.observe(
                    texts,
                    new Event(EventId.of("id " + amount), TIME, Event.NO_LABEL, new double[] {amount, 0}, new String[] {
                        "t"
                    }),
                    Event.NO_LABEL);
        }
        aggregator.forget(texts, TIME + 5);
        logs.add(texts);
        EntityLog folded = coarse.emptyLog();
        for (int i = 0; i < 12; i++) {
            coarse.observe(folded, event(i, TIME + i * 1000L, i, "t" + i), i % 3 == 0 ? i % 2 : Event.NO_LABEL);
        }
        // As it is after a restore: in memory it has room for more rows, which is no difference between logs.
        logs.add(restored(folded));
        return logs;
    }

    private static EntityLog restored(EntityLog log) {
        try {
            return EntityLog.CODEC.read(new DataInputStream(new ByteArrayInputStream(EntityLog.CODEC.toBytes(log))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected String pinnedBytes() {
        return "01011dd8e3770133eadc870168bdbed28000000000000000030080a0abfef96254a0e502e62dee7d518e69fe000180f0b252d00f0201d5b69bf6bc04cce80002000008023fd5555555555555000000000000000000000001a0bfabfef962000000000000006302e0d0b252";
    }

    @Test
    void keepsWhatNewFeaturesStillReadAndLacksTheRest() {
        EntityAggregator changed = new EntityAggregator(SCHEMA, OTHER_FEATURES, LATENESS);
        EntityLog log = aggregator.emptyLog();
        aggregator.observe(log, event(1, TIME, 10, "t1"), Event.NO_LABEL);
        aggregator.observe(log, event(2, TIME, 12, "t1"), Event.NO_LABEL);
        assertThat(aggregator.observe(log, event(3, TIME, 50, "t1"), Event.NO_LABEL)[3])
                .isEqualTo(1);

        assertThat(changed.observe(log, event(4, TIME, 1, "t1"), Event.NO_LABEL))
                .containsExactly(7, 0, 73, 1, 4);

        assertThat(aggregator.observe(log, event(5, TIME, 1, "t1"), Event.NO_LABEL))
                .as("back again: a terminal that was not stored meanwhile is missing")
                .containsExactly(5, 74, 1, 1, 0);
    }

    @Test
    void keepsBucketsOfWhatNewFeaturesStillRead() {
        EntityAggregator changed = new EntityAggregator(SCHEMA, OTHER_FEATURES, LATENESS, 2);
        EntityLog log = coarse.emptyLog();
        for (int i = 0; i < 10; i++) {
            coarse.observe(log, event(i, TIME, 10, "t" + i), Event.NO_LABEL);
        }
        assertThat(changed.observe(log, event(10, TIME, 10, "t"), Event.NO_LABEL))
                .containsExactly(7, 0, 110, 0, 11);
    }

    @Test
    void aCommonRowTakesFewBytes() throws IOException {
        EntityLog log = aggregator.emptyLog();
        int events = 200;
        for (int i = 0; i < events; i++) {
            Event event = new Event(
                    EventId.of(1_000_000L + 5_000L * i),
                    TIME + 60_000L * i,
                    Event.NO_LABEL,
                    new double[] {57.16, 0},
                    new @Nullable String[] {null});
            aggregator.observe(log, event, 0);
        }
        // Time 3, id 2, amount 3, terminal 8, flags 1, label 2.
        assertThat(EntityLog.CODEC.toBytes(log).length).isLessThan(20 * events);
        assertThat(read(EntityLog.CODEC.toBytes(log)).size()).isEqualTo(events);
    }

    private static Event event(long id, long time, double amount, @Nullable String terminal) {
        return new Event(
                EventId.of(id), time, Event.NO_LABEL, new double[] {amount, 7}, new @Nullable String[] {terminal});
    }

    private static ResolvedLabel label(long id, long eventTime, long time, float label) {
        return new ResolvedLabel(EventId.of(id), eventTime, time, LabelKind.REAL, label, Event.NO_LABEL, 0);
    }
}
