package dev.millrace.connectors;

import java.io.Serializable;
import java.util.Map;
import java.util.Properties;

/**
 * How clients reach the brokers.
 *
 * @param bootstrapServers {@code host:port}, several with commas
 * @param clientProperties settings of Kafka for every client, such as {@code security.protocol}; they go before the
 *     ones chosen here
 */
public record KafkaConnection(String bootstrapServers, Map<String, String> clientProperties) implements Serializable {

    public KafkaConnection {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException(
                    "kafka.bootstrap-servers must name at least one broker, e.g. \"localhost:9092\"");
        }
        clientProperties = Map.copyOf(clientProperties);
    }

    public static KafkaConnection to(String bootstrapServers) {
        return new KafkaConnection(bootstrapServers, Map.of());
    }

    /** The chosen settings, with those of the user in their place. */
    Properties properties(Map<String, String> chosen) {
        Properties properties = new Properties();
        properties.putAll(chosen);
        properties.putAll(clientProperties);
        properties.setProperty("bootstrap.servers", bootstrapServers);
        return properties;
    }
}
