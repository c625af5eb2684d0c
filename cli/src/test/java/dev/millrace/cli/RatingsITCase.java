package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ratings of films: selected, weighted, in a range, beside tables of films and users; through a real broker and cluster. */
class RatingsITCase {

    private static final int ROWS = 4_000;
    private static final int FILMS = 60;
    private static final int USERS = 90;
    /** Rows of every hundred that are no events of the pipeline: one in ten is of a test, two are rejected. */
    private static final int SKIPPED = ROWS / 10;

    private static final int REJECTED = 2 * ROWS / 100;

    private static final String PIPELINE =
            """
            name: ratings
            events:
              topic: ratings
              fields: {user: id, film: id, stars: number, votes: number, channel: string, at: {timestamp: iso}}
              time: at
              where: channel != test
            label: {field: stars, range: [1, 5]}
            tables:
              films: {file: films.csv.gz, key: film_id, of: film, fields: {quality: number, loud: boolean, studio: string}}
              users: {file: users.csv, key: id, of: user, fields: {mood: {number: Mood}, job: id}}
            features:
              - {fields: [films.quality, users.mood]}
              - {field: films.loud}
              - {field: films.studio, one-hot: [north, south]}
              - {per: users.job, windows: [1d], of: [count, mean(films.quality)]}
            model:
              task: regression
              layers: []
              optimizer: {adam: {learning-rate: 0.05}}
            training: {batch: 16, weight: votes}
            """;

    @TempDir
    Path directory;

    private Path events;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(11);
        double[] quality = random.doubles(FILMS, -1, 1).toArray();
        double[] mood = random.doubles(USERS, -1, 1).toArray();
        StringBuilder films = new StringBuilder("title,film_id,quality,loud,studio\n");
        // The last film has no row.
        for (int film = 0; film < FILMS - 1; film++) {
            films.append("\"Film, the ")
                    .append(film)
                    .append("th\",")
                    .append(film)
                    .append(',');
            films.append(quality[film]).append(film % 2 == 0 ? ",1," : ",false,");
            films.append(film % 3 == 0 ? "north\n" : "south\n");
        }
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(directory.resolve("films.csv.gz")))) {
            file.write(films.toString().getBytes(StandardCharsets.UTF_8));
        }
        StringBuilder users = new StringBuilder("id,Mood,job\n");
        for (int user = 0; user < USERS; user++) {
            users.append(user)
                    .append(',')
                    .append(mood[user])
                    .append(",job")
                    .append(user % 5)
                    .append('\n');
        }
        Files.writeString(directory.resolve("users.csv"), users);

        StringBuilder csv = new StringBuilder("user,film,stars,votes,channel,at\n");
        for (int row = 0; row < ROWS; row++) {
            int user = random.nextInt(USERS);
            int film = random.nextInt(FILMS);
            double stars = 3 + 2.5 * quality[film] + mood[user] + 0.2 * random.nextGaussian();
            csv.append(user).append(',').append(film).append(',');
            csv.append(row % 100 == 7 ? 5.5 : Math.min(5, Math.max(1, stars))).append(',');
            csv.append(row % 100 == 8 ? "-1" : row % 4 == 0 ? "2.5" : "").append(',');
            csv.append(row % 10 == 3 ? "test" : "web").append(',');
            csv.append(Instant.ofEpochSecond(1_700_000_000L + 60L * row)).append('\n');
        }
        events = Files.writeString(directory.resolve("events.csv"), csv);
        Files.writeString(directory.resolve("ratings.yaml"), PIPELINE);
    }

    @Test
    void everyRowIsScoredSkippedOrRejected() throws IOException {
        Path scores = directory.resolve("scores.csv");
        JsonNode result = evaluate("ratings.yaml", "--predictions", scores.toString());

        assertThat(result.get("events").asLong()).isEqualTo(ROWS - SKIPPED - REJECTED);
        assertThat(result.get("labelled").asLong()).isEqualTo(ROWS - SKIPPED - REJECTED);
        assertThat(result.get("skipped").asLong()).isEqualTo(SKIPPED);
        assertThat(result.get("rejected").asLong()).isEqualTo(REJECTED);
        assertThat(result.at("/metrics/rmse").asDouble()).isBetween(0.2, 0.8);

        List<Double> given = Files.readAllLines(scores).stream()
                .skip(1)
                .map(line -> Double.parseDouble(line.split(",", -1)[2]))
                .toList();
        assertThat(given).hasSize(ROWS - SKIPPED - REJECTED).allMatch(score -> score >= 1 && score <= 5);
        assertThat(given).contains(5.0);
    }

    @Test
    void figuresDoNotDependOnTheParallelismAndDoDependOnTheWeights() throws IOException {
        JsonNode one = evaluate("ratings.yaml");
        JsonNode two = evaluate("ratings.yaml", "--parallelism", "2", "--partitions", "3");
        assertThat(two.get("weights_sha256")).isEqualTo(one.get("weights_sha256"));
        assertThat(two.get("metrics")).isEqualTo(one.get("metrics"));

        Files.writeString(directory.resolve("equal.yaml"), PIPELINE.replace(", weight: votes", ""));
        JsonNode equal = evaluate("equal.yaml");
        // A negative number of votes is one like any other then.
        assertThat(equal.get("rejected").asLong()).isEqualTo(REJECTED / 2);
        assertThat(equal.get("weights_sha256")).isNotEqualTo(one.get("weights_sha256"));
    }

    @Test
    void scoresMayLieBeyondTheRangeWhereTheyAreNotClipped() throws IOException {
        Files.writeString(
                directory.resolve("free.yaml"), PIPELINE.replace("range: [1, 5]", "range: [1, 5], clip: false"));
        JsonNode free = evaluate("free.yaml");
        JsonNode clipped = evaluate("ratings.yaml");
        assertThat(free.get("weights_sha256")).isEqualTo(clipped.get("weights_sha256"));
        assertThat(free.at("/metrics/rmse").asDouble())
                .isGreaterThan(clipped.at("/metrics/rmse").asDouble());
    }

    private JsonNode evaluate(String pipeline, String... options) throws IOException {
        Path json = directory.resolve("result.json");
        String[] arguments = new String[options.length + 6];
        arguments[0] = "evaluate";
        arguments[1] = directory.resolve(pipeline).toString();
        arguments[2] = "--events";
        arguments[3] = events.toString();
        System.arraycopy(options, 0, arguments, 4, options.length);
        arguments[options.length + 4] = "--json";
        arguments[options.length + 5] = json.toString();
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
