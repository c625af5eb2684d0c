package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.millrace.events.Alert;
import dev.millrace.events.EventId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlertJsonTest {

    private static final long TIME = Instant.parse("2018-08-08T10:00:31.250Z").toEpochMilli();
    private static final Alert DAILY = new Alert(
            "card-fraud",
            Alert.Kind.DAILY,
            LocalDate.of(2018, 8, 8),
            Instant.parse("2018-08-08T23:59:59.999Z").toEpochMilli(),
            2,
            "c\"17",
            EventId.of(42),
            TIME,
            1,
            0.75f,
            7,
            List.of(
                    new Alert.Reason("amount", 1.5f, "log1p(amount)", 5.25f),
                    new Alert.Reason("age", -0.5f, "age", Float.NaN)));

    @Test
    void writesAnAlertOfTheDay() {
        assertThat(text(DAILY))
                .isEqualTo(
                        """
                        {"day":"2018-08-08","kind":"daily","rank":2,"reporting_id":"c\\"17","id":"42",\
                        "event_time":"2018-08-08T10:00:31.250Z","score":0.75,"model":"card-fraud","model_version":7,\
                        "shard":1,"alert_time":"2018-08-08T23:59:59.999Z","reasons":[\
                        {"feature":"amount","contribution":1.5,"input":"log1p(amount)","value":5.25},\
                        {"feature":"age","contribution":-0.5,"input":"age","value":null}]}""");
    }

    @Test
    void writesOneThatWasRaisedAtOnce() {
        assertThat(text(DAILY.raisedAtOnce().withReasons(List.of())))
                .isEqualTo(
                        """
                        {"day":"2018-08-08","kind":"immediate","reporting_id":"c\\"17","id":"42",\
                        "event_time":"2018-08-08T10:00:31.250Z","score":0.75,"model":"card-fraud","model_version":7,\
                        "shard":1,"alert_time":"2018-08-08T10:00:31.250Z","reasons":[]}""");
    }

    @Test
    void readsWhatItWrites() throws Exception {
        for (Alert written : List.of(DAILY, DAILY.raisedAtOnce(), DAILY.withReasons(List.of()))) {
            assertThat(AlertJson.read(AlertJson.write(written))).isEqualTo(written);
        }
    }

    @Test
    void skipsMembersOfLaterReleases() throws Exception {
        String later = text(DAILY)
                .replace("{\"feature\"", "{\"later\":[1],\"feature\"")
                .replaceFirst("\\{", "{\"x\":{},");
        assertThat(AlertJson.read(bytes(later))).isEqualTo(DAILY);
    }

    @Test
    void refusesWhatIsNoAlert() {
        for (String bytes : new String[] {
            "",
            "[]",
            "{}",
            text(DAILY).replace("daily", "weekly"),
            text(DAILY).replace("2018-08-08\"", "today\""),
            text(DAILY).replace("\"id\":\"42\",", ""),
            "{\"reasons\":1}"
        }) {
            assertThatIOException().as(bytes).isThrownBy(() -> AlertJson.read(bytes(bytes)));
        }
    }

    private static String text(Alert alert) {
        return new String(AlertJson.write(alert), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
