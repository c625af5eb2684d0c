package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.Feature;
import dev.millrace.features.FeatureEncoder;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.EntityAggregator;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.aggregates.Window;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Features that the past of an event's entities brings. */
class EntitiesFileTest {

    private static final Window DAY = Window.of(Duration.ofDays(1));
    private static final Window NINETY_MINUTES = Window.of(Duration.ofMinutes(90));
    private static final Window WEEK = Window.of(Duration.ofDays(7));
    private static final Window DELAYED_MONTH = new Window(Duration.ofDays(30), Duration.ofDays(7));

    @Test
    void aggregatesAreGatheredByEntityAndComputedOnce() throws IOException {
        Pipeline pipeline = PipelineFile.read(Resources.path("entities.yaml"));

        assertThat(pipeline.entities())
                .containsExactly(
                        new EntityFeatures(
                                "customer_id",
                                List.of(
                                        new Aggregate.Count(DAY),
                                        new Aggregate.Count(NINETY_MINUTES),
                                        mean("amount", DAY),
                                        mean("amount", NINETY_MINUTES),
                                        new Aggregate.Summary(Aggregate.Statistic.SUM, "amount", WEEK),
                                        new Aggregate.Summary(Aggregate.Statistic.MAX, "balance", WEEK),
                                        new Aggregate.Summary(Aggregate.Statistic.DEVIATION, "amount", WEEK),
                                        new Aggregate.Distinct("terminal_id", WEEK),
                                        new Aggregate.SinceLast(WEEK),
                                        new Aggregate.Positives(WEEK),
                                        new Aggregate.SincePositive(WEEK),
                                        new Aggregate.PositivesAmongLast(10, WEEK)),
                                null),
                        new EntityFeatures(
                                "terminal_id",
                                List.of(new Aggregate.Count(DELAYED_MONTH), new Aggregate.Rate(DELAYED_MONTH)),
                                null),
                        new EntityFeatures(
                                "device",
                                List.of(
                                        new Aggregate.Comparison(Aggregate.Measure.RATIO, "amount", WEEK),
                                        new Aggregate.Comparison(Aggregate.Measure.LOG_RATIO, "amount", WEEK),
                                        new Aggregate.Comparison(Aggregate.Measure.Z_SCORE, "amount", WEEK),
                                        new Aggregate.Unusual("amount", 2.5, Duration.ofDays(90), WEEK)),
                                null));
    }

    @Test
    void whatEntitiesAddIsReadInTheOrderOfTheFile() throws IOException {
        Pipeline pipeline = PipelineFile.read(Resources.path("entities.yaml"));

        Transform log1p = new Transform.Log1p();
        assertThat(pipeline.features())
                .isEqualTo(FeatureSet.of(
                        new Feature.Numeric("amount", log1p),
                        new Feature.Numeric("count(customer_id, 1d)", log1p),
                        new Feature.Numeric("count(customer_id, 90m)", log1p),
                        new Feature.Numeric("mean(amount, customer_id, 1d)", log1p),
                        new Feature.Numeric("mean(amount, customer_id, 90m)", log1p),
                        new Feature.Numeric("count(terminal_id, 30d 7d ago)"),
                        new Feature.Numeric("rate(label, terminal_id, 30d 7d ago)"),
                        new Feature.Numeric("sum(amount, customer_id, 7d)"),
                        new Feature.Numeric("max(balance, customer_id, 7d)"),
                        new Feature.Numeric("deviation(amount, customer_id, 7d)"),
                        new Feature.Numeric("distinct(terminal_id, customer_id, 7d)"),
                        new Feature.Numeric("since-last(customer_id, 7d)"),
                        new Feature.Numeric("positives(label, customer_id, 7d)"),
                        new Feature.Numeric("since-positive(label, customer_id, 7d)"),
                        new Feature.Numeric("positives-among-last(10, customer_id, 7d)"),
                        new Feature.Numeric("ratio(amount, device, 7d)"),
                        new Feature.Numeric("log-ratio(amount, device, 7d)"),
                        new Feature.Numeric("z-score(amount, device, 7d)"),
                        new Feature.Numeric("unusual(amount, 2.5, 90d, device, 7d)"),
                        new Feature.Numeric("events of the day", "count(customer_id, 1d)", List.of())));
        assertThat(new FeatureEncoder(pipeline.encodedSchema(), pipeline.features()).width())
                .isEqualTo(pipeline.network().inputs());
    }

    /** What the file allows can be computed. */
    @Test
    void asManyUnusualOnesAsAreAllowedCanBeComputed() throws IOException {
        String all = IntStream.rangeClosed(1, 64)
                .mapToObj(deviations -> "\"unusual(amount, " + deviations + ", 90d)\"")
                .collect(Collectors.joining(", "));
        Pipeline pipeline =
                PipelineFile.parse(Resources.text("entities.yaml").replaceAll("of: \\[ratio.*]", "of: [" + all + "]"));

        EntityFeatures devices = pipeline.entities().get(2);
        assertThat(devices.aggregates()).hasSize(64);
        assertThat(new EntityAggregator(pipeline.events().schema(), devices, 0).bytesPerEvent())
                .isEqualTo(3 * 8 + 1 + 8 + 8);
    }

    private static Aggregate mean(String field, Window window) {
        return new Aggregate.Summary(Aggregate.Statistic.MEAN, field, window);
    }
}
