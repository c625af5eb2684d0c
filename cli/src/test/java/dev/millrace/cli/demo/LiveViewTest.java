package dev.millrace.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.terminal.Terminal;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.Metric;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.evaluation.MetricScope;
import dev.millrace.evaluation.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aLogGetsALineEveryFiveSeconds() {
        LiveView view = view(false);
        for (int second = 0; second <= 11; second++) {
            view.show(state(second));
        }
        assertThat(shown().lines())
                .hasSize(2)
                .first()
                .isEqualTo("3 Jan 2020 06:00: 1,200 payments scored, 800/s, 900 labels, 300 pending; ROC AUC 0.612, "
                        + "average precision -, log loss 0.0412; 200 cards alerted, 45 % of them rightly");
    }

    @Test
    void aTerminalIsDrawnAnewInPlace() {
        LiveView view = view(true);
        view.show(state(0));
        String first = shown();
        view.show(state(1));
        String second = shown().substring(first.length());
        assertThat(first).doesNotContain("\u001b[11A");
        assertThat(second).startsWith("\u001b[" + first.lines().count() + "A").contains("0.612");
    }

    @Test
    void aSparklineSpansLeastToGreatest() {
        assertThat(LiveView.sparkline(List.of(row(0.5), row(0.6), row(0.9)), Metric.ROC_AUC))
                .isEqualTo("▁▃█");
        assertThat(LiveView.sparkline(List.of(), Metric.ROC_AUC)).isEmpty();
    }

    private LiveView view(boolean interactive) {
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new LiveView(
                new Terminal(stream, stream, interactive), new FraudFace(), URI.create("http://127.0.0.1:8081"));
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static DemoState state(double seconds) {
        return new DemoState(
                seconds,
                Instant.parse("2020-01-03T06:00:00Z"),
                1_200,
                1_200,
                900,
                800,
                new Hits(200, 90),
                Optional.of(row(0.612)),
                List.of(row(0.5), row(0.612)));
    }

    private static MetricRow row(double rocAuc) {
        return new MetricRow(
                "fraud",
                "fraud",
                MetricScope.TOTAL,
                MetricRow.ALL_SHARDS,
                0,
                86_400_000,
                MeasuredLabels.REAL,
                900,
                9,
                0,
                new Metrics(Map.of(Metric.ROC_AUC, rocAuc, Metric.LOG_LOSS, 0.0412)),
                12,
                0);
    }
}
