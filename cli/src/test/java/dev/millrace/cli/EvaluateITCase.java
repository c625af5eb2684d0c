package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on files of its own, through a real broker and cluster. */
class EvaluateITCase {

    private static final int ROWS = 3_000;
    private static final Duration LABEL_DELAY = Duration.ofHours(6);
    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");

    private static final String INSIDE =
            """
            name: inside
            events:
              topic: readings
              format: json
              fields: {reading: string, level: number, noise: number, at: {timestamp: iso}, alarm: number}
              id: reading
              time: at
            label: {field: alarm, delay: 6h}
            features: [{field: level}, {field: noise}]
            model:
              task: binary
              layers: [{dense: 8, activation: tanh}]
              optimizer: {adam: {learning-rate: 0.01}}
            training: {batch: 16}
            """;

    private static final String OWN_TOPIC =
            """
            name: inside
            events:
              topic: readings
              format: json
              fields: {reading: string, level: number, noise: number, at: {timestamp: iso}}
              id: reading
              time: at
            label:
              topic: alarms
              fields: {reading: string, alarm: number, known: {timestamp: iso}}
              id: reading
              time: known
              value: alarm
              wait: 6h
            features: [{field: level}, {field: noise}]
            model:
              task: binary
              layers: [{dense: 8, activation: tanh}]
              optimizer: {adam: {learning-rate: 0.01}}
            training: {batch: 16}
            """;

    @TempDir
    Path directory;

    @Test
    void delayedLabelsGiveTheSameFiguresInsideTheEventsAndOnTheirOwnTopic() throws IOException {
        Path events = writeEvents();
        JsonNode inside = evaluate(INSIDE, "--events", events.toString());
        JsonNode ownTopic = evaluate(
                OWN_TOPIC,
                "--events",
                events.toString(),
                "--labels",
                writeLabels().toString(),
                "--parallelism",
                "2",
                "--partitions",
                "3");

        assertThat(inside.get("events").asLong()).isEqualTo(ROWS);
        assertThat(inside.get("labelled").asLong()).isEqualTo(ROWS);
        assertThat(inside.get("rejected").asLong()).isZero();
        assertThat(inside.at("/metrics/roc_auc").asDouble()).isBetween(0.8, 1.0);
        assertThat(ownTopic.get("metrics")).isEqualTo(inside.get("metrics"));
        assertThat(ownTopic.get("weights_sha256")).isEqualTo(inside.get("weights_sha256"));
    }

    @Test
    void predictionsAreSortedByTimeAndCarryTheLabelsOfTheFiles() throws IOException {
        Path predictions = directory.resolve("predictions.csv");
        evaluate(
                INSIDE,
                "--events",
                writeEvents().toString(),
                "--predictions",
                predictions.toString(),
                "--limit",
                "100");
        List<String> lines = Files.readAllLines(predictions);
        assertThat(lines).hasSize(101).startsWith("id,event_time,score,label,model_version,shard");
        assertThat(lines.get(1)).matches("0,2024-03-01T00:00:00Z,0\\.[0-9]+,[01],0,0");
        assertThat(lines.get(100)).startsWith("99,2024-03-01T01:39:00Z,");
    }

    @Test
    void aRowThatIsNoEventIsRejectedAndSaidWhy() throws IOException {
        Path events = Files.writeString(
                directory.resolve("bad.csv"),
                "reading,level,noise,at,alarm\n0,1,0,2024-03-01T00:00:00Z,1\n1,high,0,2024-03-01T00:01:00Z,0\n");
        CommandRun run = CommandRun.of("evaluate", pipeline(INSIDE).toString(), "--events", events.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("1 events", "1 rejected").containsPattern("rejected readings: .*level");
    }

    @Test
    void aMissingColumnEndsWithOneBeforeAnythingRuns() throws IOException {
        Path events = Files.writeString(directory.resolve("short.csv"), "reading,level\n0,1\n");
        CommandRun run = CommandRun.of("evaluate", pipeline(INSIDE).toString(), "--events", events.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("has no column 'noise', 'at', 'alarm'", "its header names: reading, level");
        assertThat(run.out()).isEmpty();
    }

    private JsonNode evaluate(String pipeline, String... options) throws IOException {
        Path json = directory.resolve("result.json");
        String[] arguments = new String[options.length + 4];
        arguments[0] = "evaluate";
        arguments[1] = pipeline(pipeline).toString();
        System.arraycopy(options, 0, arguments, 2, options.length);
        arguments[options.length + 2] = "--json";
        arguments[options.length + 3] = json.toString();
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }

    private Path pipeline(String text) throws IOException {
        return Files.writeString(directory.resolve("pipeline.yaml"), text);
    }

    /** A reading a minute; an alarm where the level is high. */
    private Path writeEvents() throws IOException {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("reading,level,noise,at,alarm\n");
        for (int i = 0; i < ROWS; i++) {
            double level = random.nextGaussian();
            csv.append(i)
                    .append(',')
                    .append(level)
                    .append(',')
                    .append(random.nextGaussian())
                    .append(',');
            csv.append(time(i)).append(',').append(alarm(level)).append('\n');
        }
        return Files.writeString(directory.resolve("events.csv"), csv);
    }

    private Path writeLabels() throws IOException {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("reading,alarm,known\n");
        for (int i = 0; i < ROWS; i++) {
            double level = random.nextGaussian();
            random.nextGaussian();
            csv.append(i).append(',').append(alarm(level)).append(',');
            csv.append(time(i).plus(LABEL_DELAY)).append('\n');
        }
        return Files.writeString(directory.resolve("labels.csv"), csv);
    }

    private static Instant time(int row) {
        return START.plus(Duration.ofMinutes(row));
    }

    private static int alarm(double level) {
        return level > 1 ? 1 : 0;
    }
}
