package dev.millrace.benchmarks.embeddings;

import dev.millrace.benchmarks.embeddings.LearnerJob.Moment;
import dev.millrace.features.NegativeSampling;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingSlot;
import dev.millrace.networks.embeddings.EmbeddingSlot.Absent;
import dev.millrace.networks.embeddings.EmbeddingSlot.Pooling;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.networks.embeddings.RowOptimizer;
import dev.millrace.operators.learner.LearnerOptions;
import dev.millrace.operators.learner.OnlineLearner;
import dev.millrace.operators.order.Order;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;

/**
 * Measures a learner with embeddings on RocksDB in this JVM. Prints a line per value: its name and the value.
 *
 * <p>First each id comes once, so that there are as many rows as ids; then as many examples of the power law as fill what is live;
 * then the rounds, each of {@value #EXAMPLES_OF_A_ROUND} examples and a checkpoint.
 */
final class RowsMain {

    private static final int DIMENSIONS = 16;
    private static final int EXAMPLES_OF_A_ROUND = 500_000;
    private static final int EXAMPLES_OF_WARM_UP = 2_000_000;

    private RowsMain() {}

    /** @param arguments how many ids, how many rounds, an empty directory for state and checkpoints */
    public static void main(String[] arguments) throws Exception {
        ZipfExamples examples = new ZipfExamples(Long.parseLong(arguments[0]));
        int rounds = Integer.parseInt(arguments[1]);
        try (LearnerJob job = LearnerJob.start(configuration(Path.of(arguments[2])), examples, learner(), null)) {
            long loading = System.nanoTime();
            job.after(examples.all());
            print("load-seconds", (System.nanoTime() - loading) / 1e9);
            job.after(examples.all() + EXAMPLES_OF_WARM_UP);
            print("first-checkpoint", job.checkpoint(), examples.ids());
            for (int round = 1; round <= rounds; round++) {
                Moment start = job.after(0);
                Moment end = job.after(start.outputs() + EXAMPLES_OF_A_ROUND);
                print("events-per-second", end.perSecond(start));
                print("cpu-micros-per-event", end.cpuMicrosPerOutput(start));
                print("learner-cpu-micros-per-event", 1e6 / end.perLearnerSecond(start));
                print("checkpoint", job.checkpoint(), examples.ids());
            }
        }
        System.exit(0);
    }

    private static void print(String name, CompletedCheckpointStats stats, long rows) {
        print(name + "-seconds", stats.getEndToEndDuration() / 1e3);
        print(name + "-bytes", stats.getStateSize());
        print(name + "-written-bytes", stats.getCheckpointedSize());
        if (name.equals("checkpoint")) {
            print("bytes-per-row", (double) stats.getStateSize() / rows);
        }
    }

    private static void print(String name, double value) {
        System.out.println(name + " " + value);
    }

    private static Configuration configuration(Path directory) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
        configuration.set(CoreOptions.TMP_DIRS, directory.resolve("state").toString());
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        configuration.set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        // No more than those that are asked for; without an interval there are none.
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(100));
        return configuration;
    }

    private static OnlineLearner learner() {
        int embedded = ZipfExamples.IDS_PER_EXAMPLE * DIMENSIONS;
        NetworkSpec network = new NetworkSpec(
                embedded + ZipfExamples.NUMBERS,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(64, Activation.RELU), new LayerSpec.Dense(32, Activation.RELU)),
                new LossSpec.CrossEntropy(1),
                new OptimizerSpec.Adam(0.001f),
                Regularization.NONE,
                1,
                EngineChoice.AUTO);
        EmbeddingSpec embeddings = new EmbeddingSpec(
                List.of(new EmbeddingTable(
                        "ids",
                        DIMENSIONS,
                        EmbeddingTable.DEFAULT_INITIAL_BOUND,
                        new RowOptimizer.Adagrad(0.05f),
                        0,
                        Admission.ALWAYS,
                        null)),
                List.of(slot("first", 0), slot("second", DIMENSIONS)));
        boolean[] standardised = new boolean[ZipfExamples.NUMBERS];
        Arrays.fill(standardised, true);
        List<String> names = new ArrayList<>(Collections.nCopies(network.inputs(), "input"));
        return new OnlineLearner(
                new LearnerOptions(
                        "rows",
                        network,
                        embeddings,
                        ModelShape.of(network, embeddings, names, standardised),
                        256,
                        null,
                        null,
                        LearnerOptions.DEFAULT_LIVE_MODEL_BYTES,
                        NegativeSampling.NONE,
                        null,
                        null),
                Order.ARRIVAL,
                OptionalLong.empty());
    }

    private static EmbeddingSlot slot(String name, int offset) {
        return new EmbeddingSlot(name, 0, offset, Pooling.MEAN, Absent.ZEROS, Absent.ZEROS);
    }
}
