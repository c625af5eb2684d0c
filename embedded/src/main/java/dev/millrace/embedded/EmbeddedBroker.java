package dev.millrace.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka broker in this JVM: its own controller, on free ports of 127.0.0.1, without authentication.
 *
 * <p>Records live as long as the broker, whatever their timestamps: nothing is expired, and times of any age or in the
 * future are accepted. Topics exist only once they are created. Transactions and consumer groups work as on a cluster.
 *
 * <p>The broker logs through slf4j under {@code kafka} and {@code org.apache.kafka}. A broker that fails fatally does
 * not end the JVM, as a broker on its own would: its callers see their connections fail. Several brokers may run in
 * one JVM, at once or one after the other. Thread-safe.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final int ATTEMPTS_AT_FREE_PORTS = 5;

    private final KafkaRaftServer server;
    private final Admin admin;
    private final String bootstrapServers;
    private final @Nullable Path temporaryDirectory;

    private EmbeddedBroker(
            KafkaRaftServer server, Admin admin, String bootstrapServers, @Nullable Path temporaryDirectory) {
        this.server = server;
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        this.temporaryDirectory = temporaryDirectory;
    }

    /** A broker with the defaults of {@link Builder}. */
    public static EmbeddedBroker start() {
        return builder().start();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** {@code 127.0.0.1:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** As {@link #createTopic(String, int, Map)}, with the broker's defaults. */
    public void createTopic(String name, int partitions) {
        createTopic(name, partitions, Map.of());
    }

    /**
     * Returns once the topic can be written to.
     *
     * @param configs topic-level settings of Kafka, such as {@code max.message.bytes}
     * @throws IllegalStateException if the broker refuses, for instance because the topic exists
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
        try {
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the embedded broker did not create topic '" + name + "': " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while topic '" + name + "' was created", e);
        }
    }

    /** Stops the broker and deletes its data unless the caller gave the directory. A second call does nothing. */
    @Override
    public void close() {
        admin.close();
        server.shutdown();
        server.awaitShutdown();
        if (temporaryDirectory != null) {
            delete(temporaryDirectory);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("cannot delete the data of the embedded broker in " + directory, e);
        }
    }

    /** Where the broker keeps its data and what differs from its defaults. */
    public static final class Builder {

        private @Nullable Path directory;
        private final Map<String, String> settings = new HashMap<>();

        private Builder() {}

        /** Keeps the data in this directory, across brokers; by default a temporary one goes with the broker. */
        public Builder directory(Path directory) {
            this.directory = directory;
            return this;
        }

        /** A broker setting of Kafka, such as {@code message.max.bytes}; goes before the one chosen here. */
        public Builder setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        /**
         * Returns once the broker takes requests.
         *
         * @throws IllegalStateException if it does not start
         */
        public EmbeddedBroker start() {
            // A broker of its own ends its JVM on a fatal error; here the JVM is somebody else's.
            Exit.Procedure refuse = (status, message) -> {
                throw new IllegalStateException("the embedded broker failed" + (message == null ? "" : ": " + message)
                        + "; the log has the cause");
            };
            Exit.setExitProcedure(refuse);
            Exit.setHaltProcedure(refuse);

            for (int attempt = 1; ; attempt++) {
                try {
                    return startOn(FreePorts.onLoopback(2));
                } catch (Exception e) {
                    // Between choosing a free port and binding it another process may take it.
                    if (!FreePorts.isTaken(e) || attempt == ATTEMPTS_AT_FREE_PORTS) {
                        throw new IllegalStateException("the embedded broker did not start: " + e.getMessage(), e);
                    }
                }
            }
        }

        private EmbeddedBroker startOn(int[] ports) throws Exception {
            Path data = directory == null
                    ? Files.createTempDirectory("millrace-broker-")
                    : Files.createDirectories(directory);
            KafkaRaftServer server = null;
            try {
                String bootstrapServers = FreePorts.LOOPBACK + ":" + ports[0];
                BrokerStorage.format(data);
                server = new KafkaRaftServer(
                        new KafkaConfig(BrokerSettings.of(data, ports[0], ports[1], settings), false), Time.SYSTEM);
                server.startup();
                Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
                return new EmbeddedBroker(server, admin, bootstrapServers, directory == null ? data : null);
            } catch (Exception e) {
                if (server != null) {
                    server.shutdown();
                }
                if (directory == null) {
                    delete(data);
                }
                throw e;
            }
        }
    }
}
