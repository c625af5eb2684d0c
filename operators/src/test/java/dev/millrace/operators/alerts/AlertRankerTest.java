package dev.millrace.operators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.events.Alert;
import dev.millrace.events.Codecs;
import dev.millrace.events.EventId;
import dev.millrace.operators.OperatorRun;
import dev.millrace.operators.SnapshotContract;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.Step;
import dev.millrace.operators.order.Order;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertRankerTest extends SnapshotContract<String, Alert, Alert> {

    private static final AlertRules RULES = new AlertRules(2, ZoneOffset.UTC, 0.5f);
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HORIZON = 3 * DAY + DAY / 2;

    @Override
    protected OperatorRun.Operator<Alert, Alert> operator(Order order) {
        return () -> new AlertRanker(RULES, order, OptionalLong.of(HORIZON));
    }

    @Override
    protected KeySelector<Alert, String> key() {
        return Alert::model;
    }

    @Override
    protected TypeInformation<String> keyType() {
        return Types.STRING;
    }

    /** What the shards of two models put out in three days. */
    @Override
    protected List<Step<Alert>> script() {
        List<Step<Alert>> script = new ArrayList<>();
        Random random = new Random(5);
        int id = 0;
        for (int day = 0; day < 3; day++) {
            for (int i = 0; i < 4; i++) {
                script.add(Step.take(immediate("model " + i % 2, id++, "card " + random.nextInt(2), day * DAY + i)));
            }
            script.add(Step.watermark(day * DAY + 2));
            for (int i = 0; i < 8; i++) {
                script.add(Step.take(daily(
                        "model " + i % 2, id++, "card " + random.nextInt(3), day, random.nextInt(8) / 8f, i % 3)));
            }
            script.add(Step.watermark((day + 1) * DAY - 1));
        }
        script.add(Step.take(daily("model 0", id, "card", 3, 0.5f, 0)));
        script.add(Step.end());
        return script;
    }

    @Override
    protected List<List<String>> outputs(OperatorRun<String, Alert, Alert> run) {
        return List.of(run.output().stream()
                .map(alert -> HexFormat.of().formatHex(Codecs.ALERT.toBytes(alert)))
                .toList());
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void theDayIsRankedOverAllShardsWhenItIsOver(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(daily("m", 1, "a", 0, 0.25f, 0)));
            run.step(Step.take(daily("m", 2, "b", 0, 0.5f, 0)));
            run.step(Step.take(daily("m", 3, "c", 0, 0.125f, 1)));
            run.step(Step.take(daily("m", 4, "a", 0, 0.75f, 1)));
            run.step(Step.watermark(DAY - 2));
            assertThat(run.output()).isEmpty();
            run.step(Step.watermark(DAY - 1));
            assertThat(run.output()).extracting(Alert::id).containsExactly(EventId.of(4), EventId.of(2));
            assertThat(run.output()).extracting(Alert::place).containsExactly(1, 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aCardIsAlertedAtOnceOnceADay(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(immediate("m", 1, "a", 10)));
            run.step(Step.take(immediate("m", 2, "a", 20)));
            run.step(Step.take(immediate("m", 3, "b", 30)));
            run.step(Step.watermark(DAY));
            run.step(Step.take(immediate("m", 4, "a", DAY + 10)));
            run.step(Step.watermark(DAY + 10));
            assertThat(run.output()).extracting(Alert::id).containsExactly(EventId.of(1), EventId.of(3), EventId.of(4));
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void aDayThatIsOutDoesNotChange(Order order) throws Exception {
        try (var run = start(StateBackends.HASH_MAP, order, 1, List.of())) {
            run.step(Step.take(daily("m", 1, "a", 0, 0.25f, 0)));
            run.step(Step.watermark(DAY - 1));
            run.step(Step.take(daily("m", 2, "b", 0, 0.5f, 0)));
            run.step(Step.take(immediate("m", 3, "c", 10)));
            run.step(Step.watermark(2 * DAY));
            assertThat(run.output()).singleElement().satisfies(alert -> assertThat(alert.id())
                    .isEqualTo(EventId.of(1)));
        }
    }

    /** Labels take the watermark beyond the last event: the learners' last day comes at the end all the same. */
    @Test
    void theLastDayOfABoundedInputWaitsForTheEnd() throws Exception {
        try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
            run.step(Step.take(immediate("m", 1, "a", 3 * DAY + 10)));
            run.step(Step.watermark(9 * DAY));
            run.step(Step.take(daily("m", 1, "a", 3, 0.75f, 0)));
            assertThat(run.output()).hasSize(1);
            run.step(Step.end());
            assertThat(run.output()).extracting(Alert::kind).containsExactly(Alert.Kind.IMMEDIATE, Alert.Kind.DAILY);
        }
    }

    @Test
    void inEventTimeOrderEveryArrivalOrderGivesTheSameBits() throws Exception {
        List<Alert> alerts = new ArrayList<>();
        for (Step<Alert> step : script()) {
            if (step instanceof Step.Take<Alert> take) {
                alerts.add(take.value());
            }
        }
        List<List<String>> first = null;
        for (int seed = 0; seed < 10; seed++) {
            Collections.shuffle(alerts, new Random(seed));
            try (var run = start(StateBackends.HASH_MAP, Order.EVENT_TIME, 1, List.of())) {
                for (Alert alert : alerts) {
                    run.step(Step.take(alert));
                }
                run.step(Step.end());
                List<List<String>> outputs = outputs(run).stream()
                        .map(output -> output.stream().sorted().toList())
                        .toList();
                first = first == null ? outputs : first;
                assertThat(outputs).isEqualTo(first);
            }
        }
    }

    private static Alert daily(String model, long id, String card, int day, float score, int shard) {
        return new Alert(
                model,
                Alert.Kind.DAILY,
                LocalDate.ofEpochDay(day),
                (day + 1) * DAY - 1,
                0,
                card,
                EventId.of(id),
                day * DAY + 5,
                shard,
                score,
                1,
                List.of(new Alert.Reason("amount", score, "amount", 1)));
    }

    private static Alert immediate(String model, long id, String card, long time) {
        return new Alert(
                model,
                Alert.Kind.IMMEDIATE,
                LocalDate.ofEpochDay(time / DAY),
                time,
                0,
                card,
                EventId.of(id),
                time,
                0,
                0.75f,
                1,
                List.of());
    }
}
