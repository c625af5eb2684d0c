package dev.millrace.jobs;

import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The settings that belong to the topology rather than to the cluster: without them it would compute something else or be
 * slow for no reason. Checkpoints, state backend and restarts are the cluster's.
 */
final class JobSettings {

    /** Divisible by every number up to 6 and by 8, 9, 10 and 12: shards spread evenly. State cannot change it later. */
    static final int MAX_PARALLELISM = 360;

    private static final Duration BUFFER_TIMEOUT = Duration.ofMillis(5);

    private JobSettings() {}

    static void apply(StreamExecutionEnvironment env) {
        if (env.getConfiguration().get(ExecutionOptions.RUNTIME_MODE) == RuntimeExecutionMode.BATCH) {
            throw new IllegalArgumentException("execution.runtime-mode must be STREAMING, got BATCH, which sorts and"
                    + " keeps no state; a bounded input needs no other mode: remove the setting");
        }
        Configuration settings = new Configuration();
        settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        // Every type has a serializer of our own and every operator a uid: what lacks one fails when the job is built.
        settings.set(PipelineOptions.GENERIC_TYPES, false);
        settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        settings.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        // Flink's default of 100 ms per hop would be most of a score's latency.
        if (env.getConfiguration().getOptional(ExecutionOptions.BUFFER_TIMEOUT).isEmpty()) {
            settings.set(ExecutionOptions.BUFFER_TIMEOUT, BUFFER_TIMEOUT);
        }
        env.configure(settings);
    }
}
