package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.EventId;
import dev.millrace.events.Recommendation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RecommendationJsonTest {

    private static final long TIME = Instant.parse("2018-04-01T00:00:31.250Z").toEpochMilli();
    private static final Recommendation BY_MODEL = new Recommendation(
            "films",
            EventId.of("r1"),
            TIME,
            1,
            "4\"2",
            List.of(new Recommendation.Item("7", 2.5f), new Recommendation.Item("ä", Float.NaN)),
            Recommendation.Source.MODEL,
            3,
            11,
            TIME - 1_250);

    @Test
    void writesAnAnswerOfTheModel() {
        assertThat(text(BY_MODEL))
                .isEqualTo(
                        """
                        {"request":"r1","request_time":"2018-04-01T00:00:31.250Z","user":"4\\"2",\
                        "items":[{"item":"7","score":2.5},{"item":"ä","score":null}],"source":"model",\
                        "unknown_items":3,"model":"films","model_version":11,\
                        "newest_label_time":"2018-04-01T00:00:30Z","shard":1}""");
    }

    @Test
    void writesAnAnswerBeforeAnybodyTookAnything() {
        assertThat(text(new Recommendation(
                        "films",
                        EventId.of(5),
                        TIME,
                        0,
                        "u",
                        List.of(),
                        Recommendation.Source.POPULARITY,
                        0,
                        0,
                        Long.MIN_VALUE)))
                .isEqualTo(
                        """
                        {"request":"5","request_time":"2018-04-01T00:00:31.250Z","user":"u","items":[],\
                        "source":"popularity","unknown_items":0,"model":"films","model_version":0,\
                        "newest_label_time":null,"shard":0}""");
    }

    @Test
    void keysItByItsUser() {
        ProducerRecord<byte[], byte[]> record = new RecommendationSerializer("answers").serialize(BY_MODEL, "answers");

        assertThat(record.topic()).isEqualTo("answers");
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("4\"2");
        assertThat(record.value()).isEqualTo(RecommendationJson.write(BY_MODEL));
    }

    private static String text(Recommendation answer) {
        return new String(RecommendationJson.write(answer), StandardCharsets.UTF_8);
    }
}
