package dev.millrace.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.report.CurvePoint.Quality;
import dev.millrace.cli.report.LearningReport.RatePoint;
import dev.millrace.cli.report.LearningReport.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningReportTest {

    private static final long DAY = 86_400_000L;

    @Test
    void thePageNeedsNoOtherFileAndNoNetwork() throws IOException {
        String html = example().html();
        // To be looked at after a change of the page.
        Files.writeString(Path.of("target", "example-report.html"), html);
        assertThat(html).doesNotContain("{{");
        assertThat(html).doesNotContainPattern("(src|href)\\s*=\\s*[\"']");
        assertThat(html).contains("var uPlot=").contains(".uplot");
    }

    @Test
    void textCannotLeaveItsPlace() {
        String html =
                new LearningReport("<b>a & b</b>", "</script><script>alert(1)", List.of(), List.of(), List.of()).html();
        assertThat(html).contains("<title>&lt;b&gt;a &amp; b&lt;/b&gt;</title>");
        assertThat(html).doesNotContain("</script><script>alert");
    }

    @Test
    void whatIsNotDefinedIsAGap() {
        CurvePoint point = new CurvePoint(DAY, 0, 0, Quality.UNDEFINED, 0, 0, Quality.UNDEFINED);
        assertThat(new LearningReport("t", "s", List.of(), List.of(point), List.of()).html())
                .contains("\"roc_auc\":[null]")
                .contains("\"base_rate\":[null]");
    }

    private static LearningReport example() {
        Random random = new Random(1);
        List<CurvePoint> curve = new ArrayList<>();
        List<RatePoint> rates = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            double learned = 1 - Math.exp(-day / 12.0);
            Quality window = new Quality(0.5 + 0.28 * learned, 0.01 + 0.3 * learned, 0.05 - 0.015 * learned);
            Quality slice = new Quality(
                    0.5 + 0.28 * learned + 0.03 * random.nextGaussian(),
                    0.01 + 0.3 * learned + 0.03 * random.nextGaussian(),
                    0.05 - 0.015 * learned + 0.003 * random.nextGaussian());
            long labels = day < 55 ? 9_600 + random.nextInt(300) : 9_600 - 1_700L * (day - 54);
            curve.add(new CurvePoint(
                    1_577_836_800_000L + day * DAY, labels, labels / 115, slice, labels * 7, labels * 7 / 115, window));
            rates.add(new RatePoint(day, 9_500 + 400 * random.nextGaussian()));
        }
        return new LearningReport(
                "Card fraud, learned from the stream",
                "A simulated card network, 60 days in 60 seconds: seed 42.",
                List.of(
                        new Tile("Payments scored", "576,000", "60 days"),
                        new Tile("Labels learned from", "540,123", "4,590 of them frauds"),
                        new Tile("ROC AUC", "0.781", "a guess: 0.5"),
                        new Tile("Average precision", "0.304", "a guess: 0.008"),
                        new Tile("Log loss", "0.0353", "constant answer: 0.0471"),
                        new Tile("Events per second", "9,612", "over the whole run")),
                curve,
                rates);
    }
}
