package dev.millrace.cli.stage;

import dev.millrace.connectors.TopicSpec;
import dev.millrace.connectors.Topics;
import dev.millrace.embedded.EmbeddedBroker;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.pipeline.Delivery;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Output;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.util.FileUtils;

/**
 * A broker and a cluster of this JVM with the topics of a pipeline, and the pipeline as it reads and writes there. Its
 * parts end with it.
 */
public final class EmbeddedStage implements AutoCloseable {

    /** What does not fit into a message of a common broker still reaches the job, which rejects it. */
    private static final String LARGEST_MESSAGE_BYTES = Integer.toString(16 << 20);

    private final EmbeddedBroker broker;
    private final EmbeddedFlink flink;
    private final Pipeline pipeline;
    private final Path checkpoints;

    private EmbeddedStage(EmbeddedBroker broker, EmbeddedFlink flink, Pipeline pipeline, Path checkpoints) {
        this.broker = broker;
        this.checkpoints = checkpoints;
        this.flink = flink;
        this.pipeline = pipeline;
    }

    /**
     * @param partitions of the input topics
     * @param slots of the cluster, which is also the parallelism of its jobs
     * @param configuration of the cluster, under Flink's own keys; goes before what is chosen here
     */
    public static EmbeddedStage open(Pipeline pipeline, int partitions, int slots, Configuration configuration) {
        EmbeddedBroker broker = EmbeddedBroker.builder()
                .setting("message.max.bytes", LARGEST_MESSAGE_BYTES)
                .start();
        try {
            Pipeline local = onto(broker.bootstrapServers(), pipeline);
            createTopics(local, partitions);
            Path checkpoints = temporaryDirectory();
            Configuration all = new Configuration();
            // In the memory of the job manager a checkpoint has room for 5 MB an operator.
            all.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            all.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints.toUri().toString());
            // There is nothing to restart from: a failure is to be seen.
            all.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
            all.addAll(configuration);
            EmbeddedFlink flink =
                    EmbeddedFlink.builder().slots(slots).configuration(all).start();
            return new EmbeddedStage(broker, flink, local, checkpoints);
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** The pipeline with the address of the embedded broker. */
    public Pipeline pipeline() {
        return pipeline;
    }

    public EmbeddedFlink flink() {
        return flink;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        flink.close();
        broker.close();
        FileUtils.deleteDirectoryQuietly(checkpoints.toFile());
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("millrace-checkpoints-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary directory for checkpoints", e);
        }
    }

    /** The topics that a pipeline reads. */
    public static List<String> inputTopics(Pipeline pipeline) {
        List<String> topics = new ArrayList<>(List.of(pipeline.events().topic()));
        if (pipeline.label() instanceof LabelSource.Streams labels) {
            labels.streams().forEach(stream -> topics.add(stream.topic()));
        }
        if (pipeline.ranking() != null && pipeline.ranking().requestsTopic() != null) {
            topics.add(pipeline.ranking().requestsTopic());
        }
        return topics;
    }

    /** Transactions would end with checkpoints, of which there are none here. */
    private static Pipeline onto(String bootstrapServers, Pipeline pipeline) {
        Output output = pipeline.output();
        return new Pipeline(
                pipeline.name(),
                Map.of("bootstrap.servers", bootstrapServers),
                pipeline.events(),
                pipeline.label(),
                pipeline.tables(),
                pipeline.entities(),
                pipeline.features(),
                pipeline.embeddings(),
                pipeline.ranking(),
                pipeline.network(),
                pipeline.training(),
                new Output(
                        output.predictionsTopic(),
                        output.metricsTopic(),
                        output.deadLettersTopic(),
                        output.recommendationsTopic(),
                        output.alerts(),
                        Delivery.AT_LEAST_ONCE));
    }

    private static void createTopics(Pipeline pipeline, int partitions) {
        Map<String, String> large = Map.of("max.message.bytes", LARGEST_MESSAGE_BYTES);
        List<TopicSpec> topics = new ArrayList<>();
        inputTopics(pipeline).forEach(topic -> topics.add(new TopicSpec(topic, partitions, large)));
        pipeline.output().resultTopics().forEach(topic -> topics.add(new TopicSpec(topic, 1)));
        topics.add(new TopicSpec(pipeline.output().deadLettersTopic(), 1, large));
        try (Topics admin = new Topics(TrainingJob.connection(pipeline))) {
            admin.createMissing(topics);
        }
    }
}
