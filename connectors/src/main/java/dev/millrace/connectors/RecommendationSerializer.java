package dev.millrace.connectors;

import dev.millrace.events.Recommendation;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Recommendations as JSON, all of one user in one partition. */
final class RecommendationSerializer extends TopicSerializer<Recommendation> {

    private static final long serialVersionUID = 1L;

    RecommendationSerializer(String topic) {
        super(topic);
    }

    @Override
    ProducerRecord<byte[], byte[]> serialize(Recommendation answer, String topic) {
        byte[] key = answer.user().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, key, RecommendationJson.write(answer));
    }
}
