package dev.millrace.benchmarks.embeddings;

import com.sun.management.OperatingSystemMXBean;
import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.events.ScoredLabel;
import dev.millrace.events.ShardInput;
import dev.millrace.operators.learner.ShardKeys;
import dev.millrace.serializers.CodecTypeInformation;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointType;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * A job of a generator, a learner keyed by shard, and a sink that counts, in this JVM: one task makes the records, another one learns
 * from them, as fast as it can until it is closed. One a JVM.
 */
final class LearnerJob implements AutoCloseable {

    private static final String GENERATOR = "Generate";
    private static final int MAX_PARALLELISM = 360;
    private static final long LOOK_EVERY_MILLIS = 2;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final EmbeddedFlink flink;
    private final JobClient job;

    private LearnerJob(EmbeddedFlink flink, JobClient job) {
        this.flink = flink;
        this.job = job;
    }

    /**
     * @param records the n-th record the learner takes
     * @param counted what of its outputs is counted; null: the main output
     */
    static <T> LearnerJob start(
            Configuration configuration,
            MapFunction<Long, ShardInput> records,
            OneInputStreamOperator<ShardInput, ScoredLabel> learner,
            @Nullable OutputTag<T> counted)
            throws Exception {
        Configuration all = new Configuration(configuration);
        all.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        EmbeddedFlink flink = EmbeddedFlink.builder().configuration(all).start();
        StreamExecutionEnvironment env = flink.environment();
        env.setMaxParallelism(MAX_PARALLELISM);

        SingleOutputStreamOperator<ShardInput> made = env.fromSequence(0, Long.MAX_VALUE - 1)
                .name(GENERATOR)
                .map(records)
                .returns(CodecTypeInformation.SHARD_INPUT);

        SingleOutputStreamOperator<ScoredLabel> learned = made.keyBy(
                        new ShardKeys(1, MAX_PARALLELISM).ofInputs(), Types.INT)
                .transform("Learn", CodecTypeInformation.SCORED_LABEL, learner);

        if (counted == null) {
            learned.map(new CountedOutput<>()).returns(learned.getType()).sinkTo(new DiscardingSink<>());
        } else {
            var output = learned.getSideOutput(counted);
            output.map(new CountedOutput<>()).returns(output.getType()).sinkTo(new DiscardingSink<>());
        }

        return new LearnerJob(flink, env.executeAsync());
    }

    /** What has been done by a moment. Times in nanoseconds; of the learner: by its thread; beside: by all but learner and generator. */
    record Moment(long outputs, long wall, long learner, long beside) {

        double perSecond(Moment before) {
            return (outputs - before.outputs) * 1e9 / (wall - before.wall);
        }

        double perLearnerSecond(Moment before) {
            return (outputs - before.outputs) * 1e9 / (learner - before.learner);
        }

        /** Of the learner, and of what works for it: RocksDB's compactions, garbage collection, the JIT compiler. */
        double cpuMicrosPerOutput(Moment before) {
            return (learner - before.learner + beside - before.beside) / 1e3 / (outputs - before.outputs);
        }
    }

    /** The first moment at which so many outputs have been counted. */
    Moment after(long outputs) throws Exception {
        while (CountedOutput.count() < outputs) {
            if (job.getJobExecutionResult().isDone()) {
                job.getJobExecutionResult().get();
                throw new IllegalStateException("the job ended after " + CountedOutput.count() + " outputs");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        long learner = THREADS.getThreadCpuTime(CountedOutput.threadId());
        long beside = PROCESS.getProcessCpuTime() - learner - THREADS.getThreadCpuTime(generator());
        return new Moment(CountedOutput.count(), System.nanoTime(), learner, beside);
    }

    private static long generator() {
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null && thread.getThreadName().startsWith("Source: " + GENERATOR)) {
                return thread.getThreadId();
            }
        }
        throw new IllegalStateException("no thread of task '" + GENERATOR + "'");
    }

    /** Takes a checkpoint while the job goes on. */
    CompletedCheckpointStats checkpoint() throws Exception {
        long id = flink.cluster()
                .triggerCheckpoint(job.getJobID(), CheckpointType.CONFIGURED)
                .get();
        CompletedCheckpointStats stats = flink.cluster()
                .getExecutionGraph(job.getJobID())
                .get()
                .getCheckpointStatsSnapshot()
                .getHistory()
                .getLatestCompletedCheckpoint();
        if (stats == null || stats.getCheckpointId() != id) {
            throw new IllegalStateException("checkpoint " + id + " is not the latest one, got " + stats);
        }
        return stats;
    }

    @Override
    public void close() throws Exception {
        job.cancel().get();
        flink.close();
    }
}
