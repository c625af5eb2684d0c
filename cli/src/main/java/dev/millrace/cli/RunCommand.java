package dev.millrace.cli;

import dev.millrace.cli.loader.WrongInputException;
import dev.millrace.cli.stage.EmbeddedStage;
import dev.millrace.cli.stage.JobRun;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.connectors.TopicSpec;
import dev.millrace.connectors.Topics;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a pipeline until it is stopped. */
@Command(
        name = "run",
        description = {
            "Runs a pipeline: on the cluster that Flink's configuration names (the directory in FLINK_CONF_DIR, and -D), "
                    + "or with --embedded in this process.",
            "",
            "Checkpoints, state backend and restarts are Flink's configuration, not the pipeline's."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  ./millrace run fraud.yaml --embedded",
            "  FLINK_CONF_DIR=/opt/flink/conf ./millrace run fraud.yaml",
            "  ./millrace run fraud.yaml -D execution.target=remote -D rest.address=flink -D rest.port=8081 \\",
            "      -D execution.checkpointing.interval=10s"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    PipelineOption pipeline = new PipelineOption();

    @Mixin
    TableOption tables = new TableOption();

    @Option(names = "--embedded", description = "Run in this process instead of on a cluster.")
    boolean embedded;

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            defaultValue = "arrival",
            converter = OrderOption.class,
            description = "arrival: lowest latency; event-time: results depend on the records alone, at the price of "
                    + "latency. Default: ${DEFAULT-VALUE}.")
    Order order = Order.ARRIVAL;

    @Option(
            names = "--slice",
            paramLabel = "DURATION",
            defaultValue = "1d",
            converter = DurationOption.class,
            description = "Length of the slices of event time that quality is folded over. Default: ${DEFAULT-VALUE}.")
    Duration slice = Duration.ofDays(1);

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "A setting of Flink's configuration; goes before the files.")
    Map<String, String> settings = new LinkedHashMap<>();

    /** Set by the launcher: the jar that a cluster runs. */
    private static final String JOB_JAR = "millrace.job-jar";

    private final Terminal terminal;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        Pipeline read = tables.of(pipeline.read());
        Configuration configuration = GlobalConfiguration.loadConfiguration(Configuration.fromMap(settings));
        requireCluster(configuration);
        requireTopics(read);
        JobOptions options = JobOptions.continuous(order).withMetricsSlice(slice);
        if (embedded) {
            runHere(read, options, configuration);
        } else {
            submit(read, options, configuration);
        }
        return 0;
    }

    /** Without a target Flink would start a cluster of its own that ends with this command. */
    private void requireCluster(Configuration configuration) {
        if (!embedded && configuration.getOptional(DeploymentOptions.TARGET).isEmpty()) {
            throw new WrongInputException("Flink's configuration names no cluster: execution.target is not set; set"
                    + " FLINK_CONF_DIR to its directory, or add -D execution.target=remote -D rest.address=HOST, or"
                    + " --embedded");
        }
    }

    private static void requireTopics(Pipeline pipeline) {
        try (Topics topics = new Topics(TrainingJob.connection(pipeline))) {
            topics.partitions(EmbeddedStage.inputTopics(pipeline));
            List<String> written = new ArrayList<>(pipeline.output().resultTopics());
            written.add(pipeline.output().deadLettersTopic());
            topics.createMissing(
                    written.stream().map(topic -> new TopicSpec(topic, 1)).toList());
        }
    }

    private void runHere(Pipeline read, JobOptions options, Configuration configuration) throws InterruptedException {
        int parallelism = configuration.get(CoreOptions.DEFAULT_PARALLELISM);
        try (EmbeddedFlink flink = EmbeddedFlink.builder()
                .slots(parallelism)
                .configuration(configuration)
                .start()) {
            StreamExecutionEnvironment environment = flink.environment();
            TrainingJob.define(environment, read, options);
            JobRun job = JobRun.submit(flink, environment, read.name());
            terminal.say("Pipeline " + read.name() + " runs; web UI " + flink.webUiUrl() + ", Ctrl-C ends it");
            while (!job.await(Duration.ofHours(1))) {
                // An unbounded job ends when it fails or this process does.
            }
        }
    }

    /** The cluster has Flink but not this job's classes. */
    private static void sendJobJar(Configuration configuration) {
        String jar = System.getProperty(JOB_JAR);
        if (jar != null && configuration.getOptional(PipelineOptions.JARS).isEmpty()) {
            configuration.set(PipelineOptions.JARS, List.of(Path.of(jar).toUri().toString()));
        }
    }

    private void submit(Pipeline read, JobOptions options, Configuration configuration) throws Exception {
        sendJobJar(configuration);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        TrainingJob.define(environment, read, options);
        JobClient job = environment.executeAsync(read.name());
        terminal.out().println("Pipeline " + read.name() + " submitted as job " + job.getJobID());
    }
}
