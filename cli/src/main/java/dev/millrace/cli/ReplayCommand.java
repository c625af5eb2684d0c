package dev.millrace.cli;

import dev.millrace.cli.loader.CsvFile;
import dev.millrace.cli.loader.Loaded;
import dev.millrace.cli.loader.Pace;
import dev.millrace.cli.loader.RecordTimes;
import dev.millrace.cli.loader.RowEncoder;
import dev.millrace.cli.loader.TopicLoader;
import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.terminal.Progress;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.connectors.KafkaConnection;
import dev.millrace.connectors.Topics;
import dev.millrace.connectors.format.RowNumber;
import dev.millrace.events.RecordLayout;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes files into a topic of a real cluster. */
@Command(
        name = "replay",
        description = {
            "Writes the rows of CSV files into a topic that exists, as JSON records.",
            "",
            "With --pipeline they are written as the pipeline reads that topic; otherwise every column becomes a member, "
                    + "numbers and booleans as such. The timestamp of the records is the time of writing."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace replay april.csv.gz --topic transactions --bootstrap-servers localhost:9092 --rate 2000",
            "  ./millrace replay april.csv.gz --topic transactions --bootstrap-servers localhost:9092 \\",
            "      --pipeline fraud.yaml"
        })
final class ReplayCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "CSV files, gzipped if named .gz, in this order.")
    List<Path> files = List.of();

    @Option(names = "--topic", required = true, paramLabel = "T", description = "The topic to write to.")
    String topic = "";

    @Option(
            names = "--bootstrap-servers",
            required = true,
            paramLabel = "B",
            description = "Kafka brokers: host:port, several with commas.")
    String bootstrapServers = "";

    @Option(names = "--rate", paramLabel = "N", description = "Records per second. Default: as fast as possible.")
    @Nullable
    Double rate;

    @Option(
            names = "--pipeline",
            paramLabel = "PIPELINE.yaml",
            description = "Write the records as this pipeline reads them; its kafka settings are used as well.")
    @Nullable
    Path pipelineFile;

    private final Terminal terminal;

    ReplayCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Pace pace = rate == null ? Pace.unlimited() : Pace.ofWallClock(rate);
        Pipeline pipeline = pipelineFile == null ? null : PipelineOption.read(pipelineFile);
        Function<CsvFile, RowEncoder> encoders =
                pipeline == null ? file -> RowEncoder.forEveryColumn(file.columns()) : encodersFor(layout(pipeline));
        Map<String, String> kafka = new HashMap<>(pipeline == null ? Map.of() : pipeline.kafka());
        kafka.remove(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
        InstantSource clock = InstantSource.system();
        // Live records: they carry the time at which they are written, and their own time in a field.
        RecordTimes now = (value, row) -> OptionalLong.of(clock.millis());

        int partitions;
        try (Topics topics = new Topics(new KafkaConnection(bootstrapServers, kafka))) {
            partitions = topics.partitions(List.of(topic)).getOrDefault(topic, 1);
        }
        try (Producer<byte[], byte[]> producer = producer(kafka);
                Progress progress = terminal.progress("Replaying", TopicLoader.bytesOf(files), " bytes")) {
            Loaded loaded = new TopicLoader(producer, RowNumber.HEADER, clock, pace)
                    .load(files, topic, partitions, encoders, now, Long.MAX_VALUE, progress::stepTo);
            terminal.out().printf(Locale.ROOT, "%,d records written to topic %s%n", loaded.rows(), topic);
        }
        return 0;
    }

    private RecordLayout layout(Pipeline pipeline) {
        if (pipeline.events().topic().equals(topic)) {
            return pipeline.events().layout();
        }
        List<LabelStream> labels = pipeline.label() instanceof LabelSource.Streams own ? own.streams() : List.of();
        for (LabelStream stream : labels) {
            if (stream.topic().equals(topic)) {
                return stream.layout();
            }
        }
        throw new WrongInputException("pipeline '" + pipeline.name() + "' does not read topic '" + topic
                + "'; its events come from '" + pipeline.events().topic() + "'"
                + (labels.isEmpty()
                        ? ""
                        : ", its labels from "
                                + labels.stream()
                                        .map(stream -> "'" + stream.topic() + "'")
                                        .collect(Collectors.joining(" and "))));
    }

    private static Function<CsvFile, RowEncoder> encodersFor(RecordLayout layout) {
        return file -> RowEncoder.forLayout(layout, file.columns(), file.path());
    }

    private Producer<byte[], byte[]> producer(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
        settings.putAll(kafka);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
