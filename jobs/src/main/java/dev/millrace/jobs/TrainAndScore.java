package dev.millrace.jobs;

import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a cluster runs: {@code flink run millrace-jobs.jar PIPELINE.yaml [arrival|event-time]}. Everything operational, such
 * as checkpoints and the state backend, is Flink's configuration.
 */
public final class TrainAndScore {

    private TrainAndScore() {}

    public static void main(String[] args) throws Exception {
        Pipeline pipeline = PipelineFile.read(file(args));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();

        TrainingJob.define(env, pipeline, JobOptions.continuous(order(args)));
        env.execute(pipeline.name());
    }

    private static Path file(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("the first argument must be a pipeline file, e.g. card-fraud.yaml"
                    + " event-time; the second, if there is one, arrival or event-time");
        }
        return Path.of(args[0]);
    }

    private static Order order(String[] args) {
        return args.length < 2
                ? Order.ARRIVAL
                : Order.valueOf(args[1].toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
