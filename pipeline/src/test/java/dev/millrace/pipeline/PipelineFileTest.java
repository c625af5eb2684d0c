package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.events.Field;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import dev.millrace.events.TimestampFormat;
import dev.millrace.features.Cycle;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.Transform;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.features.ranking.CandidateInput;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.features.selection.Condition;
import dev.millrace.features.selection.Selection;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.InitialWeights;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LearningRateSchedule;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.WeightInitializer;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineFileTest {

    @TempDir
    Path folder;

    @Test
    void silentFileHasTheDocumentedDefaults() throws IOException {
        Pipeline pipeline = read("minimal.yaml");

        assertThat(pipeline.modelName()).isEqualTo("minimal");
        assertThat(pipeline.kafka()).isEqualTo(Map.of("bootstrap.servers", "localhost:9092"));
        LabelLayout label = new LabelLayout("late", List.of(), 2);
        assertThat(pipeline.events())
                .isEqualTo(new EventStream(
                        "orders",
                        new RecordLayout(
                                new RecordFormat.Json(),
                                List.of(number("amount"), number("late")),
                                null,
                                null,
                                label,
                                Duration.ofDays(1)),
                        Duration.ofSeconds(5),
                        null));
        assertThat(pipeline.label()).isEqualTo(new LabelSource.Inside(label));
        assertThat(pipeline.network())
                .isEqualTo(new NetworkSpec(
                        1,
                        Task.BINARY,
                        1,
                        List.of(),
                        new LossSpec.CrossEntropy(1),
                        new OptimizerSpec.Adam(0.001f),
                        Regularization.NONE,
                        42,
                        EngineChoice.AUTO));
        assertThat(pipeline.training()).isEqualTo(new Training(1, null, 256, null, 1, null));
        assertThat(pipeline.output())
                .isEqualTo(new Output(
                        "minimal-predictions",
                        "minimal-metrics",
                        "minimal-dead-letters",
                        null,
                        null,
                        Delivery.AT_LEAST_ONCE));
        assertThat(pipeline.reportBy()).isNull();
    }

    @Test
    void everyKeyIsHeard() throws IOException {
        Pipeline pipeline = read("every-key.yaml");

        assertThat(pipeline.name()).isEqualTo("card-fraud");
        assertThat(pipeline.kafka())
                .isEqualTo(Map.of("bootstrap.servers", "one:9092,two:9092", "security.protocol", "SSL"));
        assertThat(pipeline.events())
                .isEqualTo(new EventStream(
                        "transactions",
                        new RecordLayout(
                                new RecordFormat.Json(),
                                List.of(
                                        field("transaction_id", FieldType.STRING),
                                        field("customer_id", FieldType.ID),
                                        new FieldLayout("terminal_id", FieldType.ID, List.of("terminal", "id"), null),
                                        number("amount"),
                                        new FieldLayout("limit", FieldType.NUMBER, List.of("card", "limit"), null),
                                        number("hour"),
                                        field("online", FieldType.BOOLEAN),
                                        field("channel", FieldType.STRING),
                                        new FieldLayout(
                                                "time",
                                                FieldType.TIMESTAMP,
                                                List.of("meta", "time"),
                                                new TimestampFormat.Iso()),
                                        new FieldLayout(
                                                "opened",
                                                FieldType.TIMESTAMP,
                                                List.of("opened"),
                                                new TimestampFormat.Pattern(
                                                        "dd.MM.yyyy HH:mm", ZoneId.of("Europe/Berlin")))),
                                "transaction_id",
                                "time",
                                null,
                                Duration.ofHours(2)),
                        Duration.ofSeconds(30),
                        null));
        LabelLayout label = new LabelLayout("outcome", List.of("genuine", "fraud"), 2);
        assertThat(pipeline.label())
                .isEqualTo(new LabelSource.Streams(
                        List.of(new LabelStream(
                                "",
                                "fraud-labels",
                                new RecordLayout(
                                        new RecordFormat.Csv(List.of("id", "outcome", "at")),
                                        List.of(
                                                field("id", FieldType.STRING),
                                                field("outcome", FieldType.STRING),
                                                new FieldLayout(
                                                        "at",
                                                        FieldType.TIMESTAMP,
                                                        List.of("at"),
                                                        new TimestampFormat.Epoch(TimestampFormat.Unit.MILLIS))),
                                        "id",
                                        "at",
                                        label,
                                        Duration.ofHours(2)))),
                        Duration.ofDays(7),
                        Duration.ofDays(30),
                        MissingLabel.NEGATIVE));
        Transform clip = new Transform.Clip(0, 1000);
        Transform log1p = new Transform.Log1p();
        assertThat(pipeline.features())
                .isEqualTo(FeatureSet.of(
                        new Feature.Numeric("amount", clip, log1p),
                        new Feature.Numeric("limit", clip, log1p),
                        new Feature.Numeric("raw amount", "amount", List.of()),
                        new Feature.CyclicNumber("hour", 24),
                        new Feature.Flag("online"),
                        new Feature.Cyclic("time", "time", List.of(Cycle.values()), ZoneId.of("Europe/Berlin")),
                        new Feature.OneHot("channel", "web", "shop"),
                        new Feature.Hash("terminal_id", 256)));
        assertThat(pipeline.network())
                .isEqualTo(new NetworkSpec(
                        3 + 2 + 1 + 8 + 3 + 256,
                        Task.BINARY,
                        1,
                        List.of(
                                new LayerSpec.Dense(64, Activation.TANH),
                                new LayerSpec.Dropout(0.2f),
                                new LayerSpec.Dense(32, Activation.RELU)),
                        new LossSpec.CrossEntropy(10),
                        new OptimizerSpec.AdamW(0.002f, 0.8f, 0.99f, 1e-7f, 0.05f),
                        new Regularization(0.001f, 0.0001f, 5, 1),
                        7,
                        EngineChoice.DL4J));
        assertThat(pipeline.training()).isEqualTo(new Training(4, "customer_id", 128, Duration.ofHours(1), 1, null));
        assertThat(pipeline.output())
                .isEqualTo(new Output(
                        "fraud-predictions",
                        "fraud-metrics",
                        "transactions.dlq",
                        null,
                        new AlertOutput(
                                "fraud-alerts", new AlertRules(50, ZoneId.of("Europe/Berlin"), 0.9f), "customer_id", 3),
                        Delivery.EXACTLY_ONCE));
    }

    @Test
    void alertsAreOfWhatChoosesTheShardUnlessStated() throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("every-key.yaml")
                .replaceAll("alerts: \\{.*}", "alerts: {}")
                .replace("shard-by: customer_id", "shard-by: terminal_id"));
        assertThat(pipeline.output().alerts())
                .isEqualTo(new AlertOutput(
                        "card-fraud-alerts",
                        new AlertRules(100, ZoneOffset.UTC, Float.POSITIVE_INFINITY),
                        "terminal_id",
                        5));
        assertThat(pipeline.reportBy()).isEqualTo("terminal_id");
        assertThat(read("every-key.yaml").reportBy()).isEqualTo("customer_id");
    }

    @Test
    void everyLayerIsHeard() throws IOException {
        NetworkSpec network = read("every-layer.yaml").network();
        assertThat(network)
                .isEqualTo(new NetworkSpec(
                        12,
                        Task.BINARY,
                        1,
                        List.of(
                                new LayerSpec.Sequence(4, true),
                                new LayerSpec.Convolution(6, 3, LayerSpec.Padding.CAUSAL, 1, Activation.ELU),
                                new LayerSpec.Lstm(4),
                                new LayerSpec.Gru(4),
                                new LayerSpec.Residual(List.of(new LayerSpec.Lstm(4), new LayerSpec.Dropout(0.1f))),
                                new LayerSpec.Attention(2, 4),
                                new LayerSpec.Residual(List.of(
                                        new LayerSpec.Gru(4),
                                        new LayerSpec.LayerNormalization(),
                                        new LayerSpec.Residual(List.of(new LayerSpec.Dense(4, Activation.GELU))))),
                                new LayerSpec.Pool(LayerSpec.Pooling.MEAN),
                                new LayerSpec.BatchNormalization(),
                                new LayerSpec.Sequence(2, false),
                                new LayerSpec.Flatten(),
                                new LayerSpec.Dense(8, Activation.LEAKY_RELU)),
                        new LossSpec.Focal(1.5f, 3),
                        new OptimizerSpec.Scheduled(
                                new OptimizerSpec.AmsGrad(0.01f),
                                new LearningRateSchedule.WarmUp(100, new LearningRateSchedule.Cosine(10_000, 0.1f))),
                        new Regularization(0, 0, 0, 0, 3),
                        42,
                        EngineChoice.AUTO,
                        new InitialWeights(WeightInitializer.ORTHOGONAL, WeightInitializer.ZEROS)));
    }

    @Test
    void settingsOfLossAndOptimizerAreHeard() throws IOException {
        NetworkSpec ftrl = read("ftrl.yaml").network();
        assertThat(ftrl.optimizer()).isEqualTo(new OptimizerSpec.Ftrl(0.05f, 2, 0.1f, 0.2f));
        assertThat(ftrl.loss()).isEqualTo(new LossSpec.Huber(3));
        NetworkSpec multiclass = read("multiclass-smoothed.yaml").network();
        assertThat(multiclass.optimizer())
                .isEqualTo(new OptimizerSpec.Scheduled(
                        new OptimizerSpec.Sgd(), new LearningRateSchedule.Inverse(1_000, 0.5f)));
        assertThat(multiclass.loss()).isEqualTo(new LossSpec.CrossEntropy(1, 0.1f));
        assertThat(read("every-key-delayed.yaml").network().optimizer())
                .isEqualTo(new OptimizerSpec.Scheduled(
                        new OptimizerSpec.RmsProp(0.01f, 0.9f, 1e-6f), new LearningRateSchedule.Step(0.5f, 1_000)));
        assertThat(read("every-key-regression.yaml").network().optimizer())
                .isEqualTo(new OptimizerSpec.Scheduled(
                        new OptimizerSpec.Momentum(0.01f, 0.8f), new LearningRateSchedule.Exponential(0.9f, 1_000)));
        assertThat(PipelineFile.parse(text("minimal.yaml").replace("layers: []", "layers: [], loss: hinge"))
                        .network()
                        .loss())
                .isEqualTo(new LossSpec.Hinge());
    }

    @Test
    void marksOfAStepAreNotStandardised() {
        assertThatThrownBy(() -> PipelineFile.parse(text("minimal.yaml")
                        .replace("[{field: amount}]", "[{field: amount}, {field: amount, name: again}]")
                        .replace("layers: []", "layers: [{sequence: {steps: 1, mask: true}}, flatten]")))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("model.layers[0].sequence.mask needs marks that are not standardised, got amount;"
                        + " begin each step with a boolean field");
    }

    @Test
    void fusedEngineTakesEveryLayer() throws IOException {
        Pipeline pipeline =
                PipelineFile.parse(text("every-layer.yaml").replace("  max-norm: 3", "  max-norm: 3\n  engine: fused"));
        assertThat(pipeline.network().engine()).isEqualTo(EngineChoice.FUSED);
    }

    @Test
    void orderOfSectionsDoesNotMatter() {
        Pipeline pipeline = PipelineFile.parse(
                """
                output:
                  dead-letters: {topic: transactions.dlq}
                training: {shard-by: customer_id, batch: 256, max-delay: off}   # a comment
                model:
                  loss: {cross-entropy: {positive-weight: 10}}
                  optimizer: {adam: {learning-rate: 0.001}}
                  layers: [{dense: 64, activation: relu}, {dense: 32, activation: relu}]
                  task: binary
                features:
                  - {field: amount, transform: [log1p]}
                  - {field: time, cyclic: [hour-of-day, day-of-week]}
                label:
                  missing: negative
                  keep: 30d
                  wait: 7d
                  value: is_fraud
                  time: confirmed_at
                  id: transaction_id
                  fields: {transaction_id: string, is_fraud: number, confirmed_at: {timestamp: iso}}
                  topic: fraud-labels
                events:
                  time: time
                  id: transaction_id
                  fields:
                    transaction_id: string
                    customer_id: id
                    amount: number
                    time: {timestamp: iso}
                  format: json
                  topic: transactions
                kafka: {bootstrap-servers: "localhost:9092"}
                name: card-fraud
                """);
        assertThat(pipeline.features().inputNames())
                .containsExactly(
                        "log1p(amount)",
                        "hour-of-day.sin(time)",
                        "hour-of-day.cos(time)",
                        "day-of-week.sin(time)",
                        "day-of-week.cos(time)");
        assertThat(pipeline.network().inputs()).isEqualTo(5);
        assertThat(pipeline.output().predictionsTopic()).isEqualTo("card-fraud-predictions");
        assertThat(pipeline.output().deadLettersTopic()).isEqualTo("transactions.dlq");
    }

    @Test
    void delayedLabelIsHeard() throws IOException {
        assertThat(read("every-key-delayed.yaml").label())
                .isEqualTo(new LabelSource.Delayed(
                        new LabelLayout("late", List.of(), 2),
                        Duration.ofDays(7),
                        Duration.ofDays(3),
                        Duration.ofDays(14),
                        MissingLabel.DROP));
    }

    @Test
    void labelStreamsShareClassesAndTiming() throws IOException {
        LabelSource.Streams label =
                (LabelSource.Streams) read("label-streams.yaml").label();

        assertThat(label.streams()).extracting(LabelStream::name).containsExactly("feedback", "chargebacks");
        assertThat(label.streams()).extracting(LabelStream::topic).containsExactly("cases", "chargebacks");
        assertThat(label.streams())
                .extracting(stream -> stream.layout().label())
                .containsExactly(
                        new LabelLayout("finding", List.of("genuine", "fraud"), 2),
                        new LabelLayout("verdict", List.of("genuine", "fraud"), 2));
        assertThat(label.streams())
                .extracting(stream -> stream.layout().timeField())
                .containsExactly("closed", null);
        assertThat(label.streams().get(1).layout().format())
                .isEqualTo(new RecordFormat.Csv(List.of("number", "verdict")));
        assertThat(label.label().classCount()).isEqualTo(2);
        assertThat(label.waitTime()).isEqualTo(Duration.ofDays(1));
        assertThat(label.keepTime()).isEqualTo(Duration.ofDays(90));
        assertThat(label.missing()).isEqualTo(MissingLabel.NEGATIVE);
    }

    @Test
    void lossForDelayedFeedbackAndShareOfNegativesAreHeard() throws IOException {
        Pipeline pipeline = read("label-streams.yaml");

        assertThat(pipeline.network().loss()).isEqualTo(new LossSpec.DelayedFeedback(3));
        assertThat(pipeline.training().negatives()).isEqualTo(0.1f);
    }

    @Test
    void waitAndKeepDefaultToTheDelay() throws IOException {
        LabelSource.Late label = (LabelSource.Late)
                PipelineFile.parse(text("minimal.yaml").replace("{field: late}", "{field: late, delay: 7d}"))
                        .label();
        assertThat(label.waitTime()).isEqualTo(Duration.ofDays(7));
        assertThat(label.keepTime()).isEqualTo(Duration.ofDays(7));
        assertThat(label.missing()).isEqualTo(MissingLabel.DROP);
    }

    @Test
    void multiclassModelHasAnOutputPerClass() throws IOException {
        Pipeline listed = PipelineFile.parse(text("minimal.yaml")
                .replace("late: number", "late: string")
                .replace("{field: late}", "{field: late, classes: [no, yes, off]}")
                .replace("binary", "multiclass"));
        assertThat(listed.network().outputs()).isEqualTo(3);
        assertThat(listed.label().label()).isEqualTo(new LabelLayout("late", List.of("no", "yes", "off"), 3));

        Pipeline counted = PipelineFile.parse(text("minimal.yaml")
                .replace("{field: late}", "{field: late, classes: 10}")
                .replace("binary", "multiclass"));
        assertThat(counted.network().outputs()).isEqualTo(10);
        assertThat(counted.label().label()).isEqualTo(new LabelLayout("late", List.of(), 10));
    }

    @Test
    void labelsOfARegressionMayHaveARangeThatScoresAreClippedTo() throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("ratings.yaml").replace(", clip: false", ""));
        assertThat(pipeline.label().label().range()).isEqualTo(new LabelRange(1, 5, true));
        assertThat(pipeline.events().layout().label())
                .isEqualTo(pipeline.label().label());
        assertThat(read("ratings.yaml").label().label().range()).isEqualTo(new LabelRange(1, 5, false));
    }

    @Test
    void theWeightOfARowIsAFieldOfItsEventAndMayBeAFeatureToo() throws IOException {
        Pipeline pipeline =
                PipelineFile.parse(text("ratings.yaml").replace("{field: movie, hash: 64}", "{field: votes}"));
        assertThat(pipeline.training().weight()).isEqualTo("votes");
        assertThat(pipeline.events().layout().weightField()).isEqualTo("votes");
    }

    @Test
    void whereSelectsEventsByTheirFieldsAndTheirLabel() throws IOException {
        Selection where = read("ratings.yaml").events().where();
        assertThat(where.conditions())
                .containsExactly(
                        new Condition.OfNumber("rating", Condition.Relation.AT_LEAST, List.of((double) 1.1f)),
                        new Condition.OfNumber("votes", Condition.Relation.AMONG, List.of(1.0, 2.5)),
                        new Condition.OfText("user", false, List.of("it's 7")),
                        new Condition.Presence("movie", true),
                        new Condition.OfNumber("at", Condition.Relation.BELOW, List.of(1_000_000_000_000.0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "late = 1 | OfNumber[field=late, relation=AMONG, values=[1.0]]",
                "late is missing | Presence[field=late, present=false]",
                "amount!=-1e3 and amount <= .5 | OfNumber[field=amount, relation=NOT_AMONG, values=[-1000.0]],"
                        + " OfNumber[field=amount, relation=AT_MOST, values=[0.5]]",
            })
    void whereNeedsNoSpacesButBetweenWords(String where, String conditions) throws IOException {
        Pipeline pipeline =
                PipelineFile.parse(text("minimal.yaml").replace("topic: orders", "topic: orders\n  where: " + where));
        assertThat(pipeline.events().where().conditions()).hasToString("[" + conditions + "]");
    }

    @Test
    void whereNamesTheClassesOfALabelByTheirTexts() throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("minimal.yaml")
                .replace("late: number", "late: string")
                .replace("{field: late}", "{field: late, classes: [no, yes]}")
                .replace("topic: orders", "topic: orders\n  where: late != yes"));
        assertThat(pipeline.events().where().conditions())
                .containsExactly(new Condition.OfNumber("late", Condition.Relation.NOT_AMONG, List.of(1.0)));
        assertThatThrownBy(() -> PipelineFile.parse(text("minimal.yaml")
                        .replace("late: number", "late: string")
                        .replace("{field: late}", "{field: late, classes: [no, yes]}")
                        .replace("topic: orders", "topic: orders\n  where: late in [no, maybe]")))
                .hasMessageContaining(
                        "events.where must compare the label with its classes, got maybe; write one of" + " no, yes");
    }

    @Test
    void tablesJoinFieldsThatEverythingButWhereAndTrainingMayName() throws IOException {
        Pipeline pipeline = read("ratings.yaml");
        assertThat(pipeline.tables())
                .containsExactly(
                        new TableSource(
                                "movies",
                                Resources.path("movies.csv.gz").toString(),
                                "movie_id",
                                "movie",
                                List.of(
                                        new FieldLayout("movies.year", FieldType.NUMBER, List.of("year"), null),
                                        new FieldLayout("movies.action", FieldType.BOOLEAN, List.of("Action"), null),
                                        new FieldLayout("movies.title", FieldType.STRING, List.of("title"), null),
                                        new FieldLayout(
                                                "movies.released",
                                                FieldType.TIMESTAMP,
                                                List.of("release_date"),
                                                new TimestampFormat.Iso()))),
                        new TableSource(
                                "users",
                                Resources.path("users.csv").toString(),
                                "id",
                                "user",
                                List.of(
                                        new FieldLayout("users.age", FieldType.NUMBER, List.of("age"), null),
                                        new FieldLayout("users.job", FieldType.ID, List.of("job"), null))));
        assertThat(pipeline.joinedSchema().fields().stream().map(Field::name))
                .containsExactly(
                        "user",
                        "movie",
                        "votes",
                        "at",
                        "movies.year",
                        "movies.action",
                        "movies.title",
                        "movies.released",
                        "users.age",
                        "users.job");
        assertThat(pipeline.features().inputNames())
                .contains("movies.year", "users.age", "mean(movies.year, users.job, 1d)");
        assertThat(pipeline.encodedSchema().slot("movies.year")).isEqualTo(2);
    }

    @Test
    void aTableMayHaveAnotherFile() throws IOException {
        Pipeline pipeline = read("ratings.yaml");
        List<TableSource> moved = pipeline.tables().stream()
                .map(table -> table.withFile("/data/" + table.name()))
                .toList();
        assertThat(pipeline.withTables(moved).tables())
                .extracting(TableSource::file)
                .containsExactly("/data/movies", "/data/users");
        assertThat(PipelineFile.parse(text("ratings.yaml")).tables().get(1).file())
                .isEqualTo("users.csv");
    }

    @Test
    void regressionHasNoClasses() throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("minimal.yaml").replace("binary", "regression"));
        assertThat(pipeline.label().label()).isEqualTo(new LabelLayout("late", List.of(), 0));
        assertThat(pipeline.network().loss()).isEqualTo(new LossSpec.MeanSquaredError());
    }

    @Test
    void labelIsNoPartOfWhatAnEventKeeps() throws IOException {
        assertThat(read("minimal.yaml").events().schema().has("late")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "\"off\""})
    void offSwitchesABoundOff(String off) throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("every-key.yaml")
                .replace("max-ahead: 2h", "max-ahead: " + off)
                .replace("max-delay: 1h", "max-delay: off"));
        assertThat(pipeline.events().layout().maxAhead()).isNull();
        assertThat(pipeline.training().maxDelay()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "amsgrad", "ftrl"})
    void optimizerNeedsNoSettings(String name) throws IOException {
        OptimizerSpec optimizer = PipelineFile.parse(
                        text("every-key-delayed.yaml").replaceAll("optimizer: .*", "optimizer: " + name))
                .network()
                .optimizer();
        assertThat(optimizer.getClass().getSimpleName()).isEqualToIgnoringCase(name);
    }

    @Test
    void everyKeyOfARankingIsHeard() throws IOException {
        Pipeline pipeline = read("ranking.yaml");

        assertThat(pipeline.ranking())
                .isEqualTo(new Ranking(
                        new RankingSpec(
                                List.of(CandidateInput.LAST_PAIRS, CandidateInput.SIMILARITY, CandidateInput.COUNT),
                                3,
                                10,
                                12,
                                8,
                                0.25f,
                                true),
                        "user",
                        "movie",
                        "film-requests"));
        assertThat(pipeline.label()).isEqualTo(new LabelSource.Taken());
        assertThat(pipeline.events().layout().label()).isNull();
        assertThat(pipeline.features())
                .isEqualTo(FeatureSet.of(new Feature.Embedding("user", 1), new Feature.Embedding("movie", 1)));
        assertThat(pipeline.embeddings()).isEqualTo(EmbeddingSpec.NONE);
        assertThat(pipeline.network().task()).isEqualTo(Task.RANKING);
        assertThat(pipeline.network().inputs()).isEqualTo(3);
        assertThat(pipeline.network().loss()).isEqualTo(new LossSpec.ListwiseSoftmax());
        assertThat(pipeline.training()).isEqualTo(new Training(2, "user", 1, null, 1, null));
        assertThat(pipeline.output().recommendationsTopic()).isEqualTo("film-recommendations");
        assertThat(pipeline.output().resultTopics())
                .containsExactly("films-predictions", "films-metrics", "film-recommendations");
        assertThat(pipeline.reportBy()).isEqualTo("user");
    }

    @Test
    void rankingNeedsUserAndItemOnly() throws IOException {
        Pipeline pipeline = PipelineFile.parse(
                """
                name: films
                events: {topic: ratings, fields: {user: id, movie: number}}
                ranking: {user: user, item: movie}
                model: {task: ranking, layers: []}
                """);

        assertThat(pipeline.ranking())
                .isEqualTo(new Ranking(
                        new RankingSpec(RankingSpec.DEFAULT_INPUTS, 5, 20, 30, 0, 1, false), "user", "movie", null));
        assertThat(pipeline.network().loss()).isEqualTo(new LossSpec.ListwiseSoftmax());
        assertThat(pipeline.training()).isEqualTo(new Training(1, "user", 1, null, 1, null));
        assertThat(pipeline.output().recommendationsTopic()).isNull();
    }

    @Test
    void rankingThatAnswersNobodyMayShareItsEventsOutByAnything() throws IOException {
        Pipeline pipeline = PipelineFile.parse(text("ranking.yaml")
                .replace("  requests: {topic: film-requests}\n", "")
                .replaceFirst("output:\n.*\n", "")
                .replace("shard-by: user", "shard-by: movie")
                .replace("last: 3\n  history: 10", "last: 50"));

        assertThat(pipeline.training().shardBy()).isEqualTo("movie");
        assertThat(pipeline.ranking().spec().history()).isEqualTo(50);
    }

    @Test
    void printedPipelineShowsNoPasswords() throws IOException {
        assertThat(read("every-key.yaml")).hasToString("Pipeline card-fraud");
    }

    @Test
    void pipelineTravelsWithItsOperators() throws Exception {
        Pipeline pipeline = read("every-key.yaml");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
            output.writeObject(pipeline);
        }
        try (ObjectInputStream input = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(input.readObject()).isEqualTo(pipeline);
        }
    }

    @Test
    void fileIsNamedInItsProblems() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), text("minimal.yaml") + "training: {batch: 0}\n");
        assertThatThrownBy(() -> PipelineFile.read(file))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessage(file + " has a problem:\n  line 8: training.batch must be at least 1, got 0;"
                        + " set it to the number of rows per update, e.g. 256");
    }

    @Test
    void missingFileIsNoProblemOfAPipeline() {
        assertThatThrownBy(() -> PipelineFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void fileThatIsNoTextIsOneProblem() throws IOException {
        Path file = Files.write(folder.resolve("bytes.yaml"), new byte[] {'a', (byte) 0xC3, '('});
        assertThatThrownBy(() -> PipelineFile.read(file))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("the file must be text in UTF-8; save it with that encoding");
    }

    private static Pipeline read(String resource) throws IOException {
        return PipelineFile.read(Resources.path(resource));
    }

    private static String text(String resource) throws IOException {
        return Resources.text(resource);
    }

    private static FieldLayout number(String name) {
        return field(name, FieldType.NUMBER);
    }

    private static FieldLayout field(String name, FieldType type) {
        return new FieldLayout(name, type, List.of(name), null);
    }
}
