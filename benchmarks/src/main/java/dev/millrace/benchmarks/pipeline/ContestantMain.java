package dev.millrace.benchmarks.pipeline;

import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.jobs.JobOptions;
import dev.millrace.jobs.TrainingJob;
import dev.millrace.pipeline.Pipeline;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * One contestant in its JVM: for each line on the standard input, the name of a topic that exists, it goes through all events
 * once, writes the predictions there and answers with {@link #DONE} and its
 * {@link ThreadTimes} in nanoseconds, of all threads and of the busiest. Between runs it holds no thread and no connection.
 */
final class ContestantMain {

    static final String DONE = "done";

    private final Contestant contestant;
    private final String bootstrapServers;
    private final String events;
    private final long lastTime;

    private ContestantMain(Contestant contestant, String bootstrapServers, String events, long lastTime) {
        this.contestant = contestant;
        this.bootstrapServers = bootstrapServers;
        this.events = events;
        this.lastTime = lastTime;
    }

    /** @param arguments contestant, bootstrap servers, topic of the events, last event time */
    public static void main(String[] arguments) throws Exception {
        ContestantMain main = new ContestantMain(
                Contestant.named(arguments[0]), arguments[1], arguments[2], Long.parseLong(arguments[3]));
        try (BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String run = input.readLine(); run != null; run = input.readLine()) {
                try (ThreadTimes times = ThreadTimes.start()) {
                    main.run(run);
                    System.out.println(DONE + " " + times.totalNanos() + " " + times.busiestNanos());
                }
            }
        }
        System.exit(0);
    }

    private void run(String predictions) throws Exception {
        Pipeline pipeline = Transactions.pipeline(predictions, bootstrapServers, events, predictions, contestant);
        if (contestant.kind() == Contestant.Kind.BARE_LOOP) {
            new BareLoop(bootstrapServers, pipeline.events().layout(), events, predictions)
                    .run(contestant.parallelism());
        } else {
            runJob(pipeline);
        }
    }

    private void runJob(Pipeline pipeline) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        configuration.set(
                StateBackendOptions.STATE_BACKEND, contestant.backend().name().toLowerCase(Locale.ROOT));
        try (EmbeddedFlink flink = EmbeddedFlink.builder()
                .slots(contestant.parallelism())
                .configuration(configuration)
                .start()) {
            StreamExecutionEnvironment env = flink.environment();
            TrainingJob.define(
                    env,
                    pipeline,
                    new JobOptions(contestant.order(), lastTime, true, JobOptions.DEFAULT_METRICS_SLICE, null));
            StreamGraph job = env.getStreamGraph();
            if (contestant.kind() == Contestant.Kind.PASS_THROUGH) {
                PassThroughLearner.replaceLearner(
                        job, pipeline.modelName(), contestant.order(), OptionalLong.of(lastTime));
            }
            env.execute(job);
        }
    }
}
