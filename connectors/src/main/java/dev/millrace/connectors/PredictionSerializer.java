package dev.millrace.connectors;

import dev.millrace.events.Prediction;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Predictions as JSON, all of one event in one partition. */
final class PredictionSerializer extends TopicSerializer<Prediction> {

    private static final long serialVersionUID = 1L;

    PredictionSerializer(String topic) {
        super(topic);
    }

    @Override
    ProducerRecord<byte[], byte[]> serialize(Prediction prediction, String topic) {
        byte[] key = prediction.id().toString().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(topic, key, PredictionJson.write(prediction));
    }
}
