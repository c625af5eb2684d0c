package dev.millrace.embedded;

import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster in this JVM: one job manager and one task manager, with the web UI on 127.0.0.1.
 *
 * <p>It takes any number of jobs, at once or one after the other, as long as their slots suffice. Classes of jobs come
 * from this JVM's class path. Checkpoints, state backend, restart strategy and everything else that is Flink's own
 * configuration are given to {@link Builder#configuration} under Flink's own keys. Thread-safe.
 */
public final class EmbeddedFlink implements AutoCloseable {

    private final MiniCluster cluster;
    private final Configuration configuration;
    private final int parallelism;

    private EmbeddedFlink(MiniCluster cluster, Configuration configuration, int parallelism) {
        this.cluster = cluster;
        this.configuration = configuration;
        this.parallelism = parallelism;
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * A new environment whose {@code execute} and {@code executeAsync} run on this cluster, with the cluster's
     * configuration and parallelism.
     */
    public StreamExecutionEnvironment environment() {
        Configuration job = new Configuration(configuration);
        job.set(DeploymentOptions.TARGET, EmbeddedExecution.NAME);
        job.set(DeploymentOptions.ATTACHED, true);
        StreamExecutionEnvironment environment = new StreamExecutionEnvironment(
                new EmbeddedExecution(cluster), job, EmbeddedFlink.class.getClassLoader());
        environment.setParallelism(parallelism);
        return environment;
    }

    /** Where the web UI and the REST interface answer. */
    public URI webUiUrl() {
        return cluster.getRestAddress().join();
    }

    /** The cluster itself, for what its job clients do not offer: ending a task manager, single checkpoints. */
    public MiniCluster cluster() {
        return cluster;
    }

    /** Cancels what still runs. A second call does nothing. */
    @Override
    public void close() {
        cluster.closeAsync().join();
    }

    /** Size and configuration of the cluster. */
    public static final class Builder {

        private int slots = 1;
        private int parallelism;
        private int webUiPort;
        private Configuration configuration = new Configuration();

        private Builder() {}

        /** Slots of the task manager: how many subtasks of one operator run at the same time. Default 1. */
        public Builder slots(int slots) {
            this.slots = positive("slots", slots);
            return this;
        }

        /** Parallelism of operators that do not state their own. Default: the number of slots. */
        public Builder parallelism(int parallelism) {
            this.parallelism = positive("parallelism", parallelism);
            return this;
        }

        /** Port of the web UI; 0, the default, takes a free one. */
        public Builder webUiPort(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException(
                        "the port of the web UI must be from 0 to 65535, got " + port + "; 0 takes a free one");
            }
            this.webUiPort = port;
            return this;
        }

        /** Flink's configuration of the cluster and of its jobs; goes before what is chosen here. */
        public Builder configuration(Configuration configuration) {
            this.configuration = new Configuration(configuration);
            return this;
        }

        /**
         * Returns once the cluster takes jobs.
         *
         * @throws IllegalStateException if it does not start, for instance because the port is taken
         */
        public EmbeddedFlink start() {
            Configuration all = defaults();
            all.addAll(configuration);
            MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                    .setConfiguration(all)
                    .setNumTaskManagers(1)
                    .setNumSlotsPerTaskManager(slots)
                    .setRpcServiceSharing(RpcServiceSharing.SHARED)
                    .build());
            try {
                cluster.start();
            } catch (Exception e) {
                cluster.closeAsync().join();
                throw new IllegalStateException(
                        FreePorts.isTaken(e)
                                ? "port " + webUiPort
                                        + " of the web UI is taken; choose another one, or 0 for a free one"
                                : "the embedded Flink cluster did not start: " + e.getMessage(),
                        e);
            }
            return new EmbeddedFlink(cluster, all, parallelism == 0 ? slots : parallelism);
        }

        private Configuration defaults() {
            Configuration defaults = new Configuration();
            defaults.set(RestOptions.ADDRESS, FreePorts.LOOPBACK);
            defaults.set(RestOptions.BIND_ADDRESS, FreePorts.LOOPBACK);
            defaults.set(RestOptions.BIND_PORT, Integer.toString(webUiPort));
            // Whoever can reach the UI would run code in this JVM.
            defaults.set(WebOptions.SUBMIT_ENABLE, false);
            defaults.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(256));
            defaults.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
            defaults.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
            // Jobs share the class loader of this JVM: threads of clients that outlive a job do no harm.
            defaults.set(CoreOptions.CHECK_LEAKED_CLASSLOADER, false);
            return defaults;
        }

        private static int positive(String what, int value) {
            if (value < 1) {
                throw new IllegalArgumentException(what + " must be at least 1, got " + value);
            }
            return value;
        }
    }
}
