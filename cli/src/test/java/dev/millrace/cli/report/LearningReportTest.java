package dev.millrace.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.report.Chart.Axis;
import dev.millrace.cli.report.Chart.Series;
import dev.millrace.cli.report.Chart.Style;
import dev.millrace.cli.report.LearningReport.Tile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LearningReportTest {

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
        String html = new LearningReport("<b>a & b</b>", "</script><script>alert(1)", List.of(), List.of(), "").html();
        assertThat(html).contains("<title>&lt;b&gt;a &amp; b&lt;/b&gt;</title>");
        assertThat(html).doesNotContain("</script><script>alert");
    }

    @Test
    void whatIsNotDefinedIsAGap() {
        Series gap = new Series("one day", Style.SLICE, Collections.singletonList(null));
        Chart chart = new Chart("ROC AUC", "n", Axis.DAYS, List.of(1.0), 3, false, List.of(gap));
        assertThat(new LearningReport("t", "s", List.of(), List.of(chart), "f").html())
                .contains("\"values\":[null]");
    }

    private static LearningReport example() {
        Random random = new Random(1);
        List<Double> days = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        List<Double> slices = new ArrayList<>();
        List<Double> windows = new ArrayList<>();
        List<Double> guesses = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (int day = 0; day < 60; day++) {
            double learned = 1 - Math.exp(-day / 12.0);
            days.add(1_577_836_800.0 + day * 86_400);
            seconds.add((double) day);
            slices.add(0.5 + 0.28 * learned + 0.03 * random.nextGaussian());
            windows.add(0.5 + 0.28 * learned);
            guesses.add(0.5);
            labels.add(day < 55 ? 9_600.0 + random.nextInt(300) : 9_600 - 1_700.0 * (day - 54));
            rates.add(9_500 + 400 * random.nextGaussian());
        }
        return new LearningReport(
                "Card fraud, learned from the stream",
                "A simulated card network, 60 days in 60 seconds: seed 42.",
                List.of(
                        new Tile("Payments scored", "576,000", "60 days"),
                        new Tile("Labels learned from", "540,123", "4,590 of them frauds"),
                        new Tile("ROC AUC", "0.781", "a guess: 0.5")),
                List.of(
                        new Chart(
                                "ROC AUC",
                                "How often a fraud is ranked above a genuine payment.",
                                Axis.DAYS,
                                days,
                                3,
                                false,
                                List.of(
                                        new Series("one day", Style.SLICE, slices),
                                        new Series("last 7 days", Style.WINDOW, windows),
                                        new Series("a guess", Style.REFERENCE, guesses))),
                        new Chart(
                                "Labels",
                                "Outcomes by day.",
                                Axis.DAYS,
                                days,
                                0,
                                true,
                                List.of(new Series("labels", Style.BARS, labels))),
                        new Chart(
                                "Events per second",
                                "By seconds of the clock on the wall.",
                                Axis.WALL,
                                seconds,
                                0,
                                true,
                                List.of(new Series("events/s", Style.AREA, rates)))),
                "Every figure is prequential.");
    }
}
