package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The ready pipelines on published data, which may not be shipped: skipped where the folder that {@code millrace.data} names,
 * {@code ../shared/data} beside the clone by default, does not exist.
 */
class PublishedDataITCase {

    private static final Path PIPELINES = Path.of("..", "pipelines");
    private static final Path DATA = Path.of(System.getProperty("millrace.data", "../../shared/data"));
    private static final long DELAY_DAYS = 7;

    @TempDir
    Path directory;

    @BeforeEach
    void needsTheData() {
        assumeTrue(
                Files.isDirectory(DATA),
                () -> "no published data in " + DATA.toAbsolutePath().normalize());
    }

    @Test
    void aMonthOfTheHandbookGivesTheSameFiguresInBothFormsOfItsLabels() throws IOException {
        Path transactions = DATA.resolve("fraud/fdh_transactions_2018-04.csv.gz");
        String[] from = {"--from", "2018-04-11T00:00:00Z"};
        JsonNode inside = evaluate("handbook-april", transactions, from);
        JsonNode ownTopic = evaluate(
                "handbook-april-topic",
                transactions,
                "--labels",
                labelsOf(transactions).toString(),
                "--parallelism",
                "2",
                from[0],
                from[1]);

        assertThat(inside.get("events").asLong()).isEqualTo(288_062);
        assertThat(inside.get("labelled").asLong()).isEqualTo(288_062);
        assertThat(inside.get("rejected").asLong()).isZero();
        assertThat(inside.at("/metrics/roc_auc").asDouble()).isGreaterThanOrEqualTo(0.59);
        assertThat(ownTopic.get("metrics")).isEqualTo(inside.get("metrics"));
        assertThat(ownTopic.get("weights_sha256")).isEqualTo(inside.get("weights_sha256"));
    }

    @Test
    void electricityPricesAreLearnedAsWellAsByAPlainLoop() throws IOException {
        JsonNode result = evaluate("elec2", DATA.resolve("stream/elec2.csv.gz"));
        assertThat(result.at("/metrics/accuracy").asDouble()).isGreaterThanOrEqualTo(0.77);
        assertThat(result.at("/metrics/roc_auc").asDouble()).isGreaterThanOrEqualTo(0.85);
    }

    /**
     * In what the pipeline is there for: the area under the curve. The first attack of kdd99-http comes
     * after 200,000 rows, so there it is the loss.
     */
    @ParameterizedTest
    @CsvSource({
        "phishing, fraud/phishing_river.csv.gz, 1250, roc_auc",
        "elec2, stream/elec2.csv.gz, 8000, roc_auc",
        "sea, stream/sea_nse_training.csv.gz, 20000, roc_auc",
        "kdd99-http, fraud/kdd99_http.csv.gz, 50000, log_loss",
        "handbook-april, fraud/fdh_transactions_2018-04.csv.gz, 100000, roc_auc",
        "criteo, rec/criteo_head8k_train.csv.gz, 3000, roc_auc"
    })
    void bothEnginesAgreeToThreeDigits(String pipeline, String file, String rows, String metric) throws IOException {
        Path events = DATA.resolve(file);
        Path ready = PIPELINES.resolve(pipeline + ".yaml");
        Path dl4j = Files.writeString(
                directory.resolve("dl4j.yaml"),
                Files.readString(ready).replace("\nmodel:\n", "\nmodel:\n  engine: dl4j\n"));
        JsonNode fused = evaluate(ready, events, "--limit", rows);
        JsonNode other = evaluate(dl4j, events, "--limit", rows);
        assertThat(fused.get("engine").asText()).isEqualTo("fused");
        assertThat(other.get("engine").asText()).isEqualTo("dl4j");
        assertThat(fused.get("events").asText()).isEqualTo(rows);
        assertThat(fused.at("/metrics/" + metric).isNumber()).isTrue();
        assertThat(other.at("/metrics/" + metric).asDouble())
                .isCloseTo(fused.at("/metrics/" + metric).asDouble(), Offset.offset(5e-4));
    }

    /** Columns of the other campaign are other users' affinities; what both have is enough. The first column has no name. */
    @ParameterizedTest
    @CsvSource({"bts, men", "bts, women", "random, men", "random, women"})
    void clicksOfTheOpenBanditDataAreLearned(String policy, String campaign) throws IOException {
        String table = "items=" + DATA.resolve("rec/obd_" + campaign + "_item_context.csv.gz");
        JsonNode result = evaluate(
                "open-bandit", DATA.resolve("rec/obd_" + policy + "_" + campaign + ".csv.gz"), "--table", table);
        assertThat(result.get("events").asLong()).isEqualTo(10_000);
        assertThat(result.get("labelled").asLong()).isEqualTo(10_000);
        assertThat(result.get("rejected").asLong()).isZero();
        // A handful of clicks above or below: a model that knows nothing but their share has 0.029 to 0.041.
        assertThat(result.at("/metrics/log_loss").asDouble()).isLessThan(0.05);
    }

    /** River's biased matrix factorisation has 0.948 and 0.749 on the same ratings in random order. */
    @Test
    void ratingsAreLearnedBetterThanByAMatrixFactorisation() throws IOException {
        Path ratings = DATA.resolve("rec/ml100k_ratings.csv.gz");
        JsonNode one = evaluate("movielens-ratings", ratings);
        assertThat(one.at("/metrics/rmse").asDouble()).isLessThanOrEqualTo(0.945);
        assertThat(one.at("/metrics/mae").asDouble()).isLessThanOrEqualTo(0.745);
        JsonNode two = evaluate("movielens-ratings", ratings, "--parallelism", "2");
        assertThat(two.get("weights_sha256")).isEqualTo(one.get("weights_sha256"));
    }

    /** Counted co-occurrence with the last five items, the best of the baselines, has 0.159 and 0.082. */
    @Test
    void whatIsTakenNextIsRankedBetterThanByCounting() throws IOException {
        Path ratings = DATA.resolve("rec/ml100k_ratings.csv.gz");
        JsonNode one = evaluate("movielens-ranking", ratings);
        assertThat(one.at("/metrics/recall_at_10").asDouble())
                .isGreaterThanOrEqualTo(0.16)
                .isGreaterThan(one.at("/metrics/co_occurrence_recall_at_10").asDouble());
        assertThat(one.at("/metrics/ndcg_at_10").asDouble())
                .isGreaterThanOrEqualTo(0.083)
                .isGreaterThan(one.at("/metrics/co_occurrence_ndcg_at_10").asDouble());
        JsonNode held = evaluate("movielens-ranking", ratings, "--leave-one-out");
        assertThat(held.get("labelled").asLong()).isEqualTo(895);
        assertThat(held.at("/metrics/sampled_hit_rate_at_10").asDouble()).isGreaterThan(0.55);
        JsonNode two = evaluate("movielens-ranking", ratings, "--parallelism", "2");
        assertThat(two.get("weights_sha256")).isEqualTo(one.get("weights_sha256"));
    }

    /** The same stream, the same engine, without what the categories do together. */
    @Test
    void clicksAreLearnedBetterThanByLogisticRegression() throws IOException {
        Path clicks = DATA.resolve("rec/criteo_head8k_train.csv.gz");
        String criteo = Files.readString(PIPELINES.resolve("criteo.yaml"));
        Path logistic = Files.writeString(
                directory.resolve("logistic.yaml"),
                criteo.replace("  - fields: *categories\n    embedding: 4\n", "")
                        .replace("  join: fm\n", "")
                        .replace("layers: [{dense: 32}]", "layers: []")
                        // The rates that it does best with.
                        .replace("{adagrad: {learning-rate: 0.05}}}", "{adagrad: {learning-rate: 0.1}}}")
                        .replace("adagrad: {learning-rate: 0.02}", "adagrad: {learning-rate: 0.05}"));
        double together = evaluate("criteo", clicks).at("/metrics/roc_auc").asDouble();
        double alone = evaluate(logistic, clicks).at("/metrics/roc_auc").asDouble();
        assertThat(alone).isBetween(0.71, together);
        assertThat(together).isGreaterThan(0.73);
    }

    @ParameterizedTest
    @CsvSource({
        "phishing, fraud/phishing_river.csv.gz, 1250",
        "kdd99-http, fraud/kdd99_http.csv.gz, 50000",
        "sea, stream/sea_nse_training.csv.gz, 50000"
    })
    void everyReadyPipelineRuns(String pipeline, String file, long rows) throws IOException {
        JsonNode result = evaluate(pipeline, DATA.resolve(file), "--limit", Long.toString(rows));
        assertThat(result.get("events").asLong()).isEqualTo(rows);
        assertThat(result.get("labelled").asLong()).isEqualTo(rows);
        assertThat(result.get("rejected").asLong()).isZero();
    }

    /** The labels of transactions as a file of their own, each seven days late. */
    private Path labelsOf(Path transactions) throws IOException {
        Path labels = directory.resolve("labels.csv");
        try (BufferedReader rows = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(transactions)), StandardCharsets.UTF_8));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(labels))) {
            List<String> columns = List.of(rows.readLine().split(","));
            int id = columns.indexOf("TRANSACTION_ID");
            int time = columns.indexOf("TX_DATETIME");
            int fraud = columns.indexOf("TX_FRAUD");
            out.println("TRANSACTION_ID,TX_FRAUD,LABEL_TIME");
            for (String row = rows.readLine(); row != null; row = rows.readLine()) {
                String[] cells = row.split(",");
                LocalDateTime known =
                        LocalDateTime.parse(cells[time].replace(' ', 'T')).plusDays(DELAY_DAYS);
                out.println(cells[id] + "," + cells[fraud] + "," + known);
            }
        }
        return labels;
    }

    private JsonNode evaluate(String pipeline, Path events, String... options) throws IOException {
        return evaluate(PIPELINES.resolve(pipeline + ".yaml"), events, options);
    }

    private JsonNode evaluate(Path pipeline, Path events, String... options) throws IOException {
        Path json = directory.resolve("result.json");
        List<String> arguments = new ArrayList<>(
                List.of("evaluate", pipeline.toString(), "--events", events.toString(), "--json", json.toString()));
        arguments.addAll(List.of(options));
        CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return new ObjectMapper().readTree(json.toFile());
    }
}
