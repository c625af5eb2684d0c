package dev.millrace.connectors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics themselves: looked at before a job starts, made for demos and evaluations.
 *
 * <p>Every method throws {@link TopicsException} if the brokers do not answer or refuse.
 */
public final class Topics implements AutoCloseable {

    private static final String ANSWER_WITHIN_MILLIS = "15000";

    private final KafkaConnection kafka;
    private final Admin admin;

    public Topics(KafkaConnection kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(kafka.properties(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MILLIS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MILLIS)));
    }

    /**
     * The number of partitions of each topic.
     *
     * @throws TopicsException that names every one that does not exist
     */
    public Map<String, Integer> partitions(Collection<String> topics) {
        Map<String, Integer> partitions = new TreeMap<>();
        List<String> missing = new ArrayList<>();
        Map<String, KafkaFuture<TopicDescription>> answers =
                admin.describeTopics(Set.copyOf(topics)).topicNameValues();
        answers.forEach((topic, answer) -> {
            Optional<TopicDescription> description =
                    answered(answer, "describe topic '" + topic + "'", UnknownTopicOrPartitionException.class);
            description.ifPresentOrElse(
                    found -> partitions.put(topic, found.partitions().size()), () -> missing.add(topic));
        });
        if (!missing.isEmpty()) {
            throw new TopicsException(missingText(missing), null);
        }
        return partitions;
    }

    private String missingText(List<String> missing) {
        return (missing.size() == 1 ? "topic " : "topics ")
                + missing.stream().sorted().map(topic -> "'" + topic + "'").collect(Collectors.joining(", "))
                + (missing.size() == 1 ? " does" : " do") + " not exist at " + kafka.bootstrapServers()
                + "; create " + (missing.size() == 1 ? "it" : "them")
                + ", e.g. kafka-topics.sh --bootstrap-server " + kafka.bootstrapServers()
                + " --create --partitions 4 --topic "
                + missing.stream().sorted().findFirst().orElseThrow();
    }

    /** The wished parallelism, or the number of the topic's partitions if that is less. */
    public int sourceParallelism(String topic, int wished) {
        return Math.min(wished, partitions(List.of(topic)).getOrDefault(topic, 1));
    }

    /**
     * Checks that a topic takes messages of that size.
     *
     * @throws TopicsException if its {@code max.message.bytes} is less
     */
    public void requireMessageBytes(String topic, int bytes) {
        String setting = "max.message.bytes";
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        String what = "describe the settings of topic '" + topic + "'";
        Map<ConfigResource, Config> configs =
                answered(admin.describeConfigs(List.of(resource)).all(), what);
        Config config = Objects.requireNonNull(configs.get(resource), what);
        int limit = Integer.parseInt(config.get(setting).value());
        if (limit < bytes) {
            throw new TopicsException(
                    "topic '" + topic + "' takes messages of " + limit + " bytes, but must take " + bytes
                            + "; raise its " + setting + ", e.g. kafka-configs.sh --bootstrap-server "
                            + kafka.bootstrapServers() + " --alter --entity-type topics --entity-name " + topic
                            + " --add-config " + setting + "=" + bytes,
                    null);
        }
    }

    /** Makes those that do not exist and leaves the others as they are. */
    public void createMissing(Collection<TopicSpec> topics) {
        Map<String, KafkaFuture<Void>> answers = new HashMap<>(
                admin.createTopics(topics.stream().map(Topics::newTopic).toList())
                        .values());
        answers.forEach(
                (topic, answer) -> answered(answer, "create topic '" + topic + "'", TopicExistsException.class));
    }

    private static NewTopic newTopic(TopicSpec topic) {
        return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty()).configs(topic.configs());
    }

    @Override
    public void close() {
        admin.close();
    }

    private <T> T answered(KafkaFuture<T> answer, String what) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failed(what, e);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    /** Empty if the answer is of the kind that says no. */
    private <T> Optional<T> answered(KafkaFuture<T> answer, String what, Class<? extends Exception> no) {
        try {
            return Optional.ofNullable(answer.get());
        } catch (ExecutionException e) {
            if (no.isInstance(e.getCause())) {
                return Optional.empty();
            }
            throw failed(what, e);
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        }
    }

    private TopicsException failed(String what, ExecutionException failure) {
        return failure.getCause() instanceof TimeoutException
                ? new TopicsException(
                        "no Kafka broker answers at " + kafka.bootstrapServers()
                                + "; check kafka.bootstrap-servers and that the broker runs",
                        failure)
                : new TopicsException(
                        "the Kafka brokers at " + kafka.bootstrapServers() + " did not " + what + ": "
                                + failure.getMessage(),
                        failure);
    }

    private static TopicsException interrupted(String what, InterruptedException failure) {
        Thread.currentThread().interrupt();
        return new TopicsException("interrupted while waiting for the Kafka brokers to " + what, failure);
    }
}
