package dev.millrace.pipeline;

import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.events.FieldType;
import dev.millrace.networks.Task;
import java.time.ZoneId;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code output.alerts}. */
final class AlertsReader {

    private static final int MOST_PER_DAY = 10_000;
    private static final int MOST_REASONS = 100;
    private static final Range PROBABILITY = new Range(0, false, 1, false, "above 0 and below 1");

    private final String pipeline;
    private final Fields fields;
    private final @Nullable String shardBy;
    private final @Nullable Task task;

    /**
     * @param pipeline its name
     * @param fields of the events, but for the label
     * @param shardBy what {@code training} says; null: nothing
     * @param task null if unknown
     */
    AlertsReader(String pipeline, Fields fields, @Nullable String shardBy, @Nullable Task task) {
        this.pipeline = pipeline;
        this.fields = fields;
        this.shardBy = shardBy;
        this.task = task;
    }

    /** Null where the file wants no alerts, or a problem was found. */
    @Nullable
    AlertOutput read(@Nullable Place place, Topics topics) {
        if (place == null) {
            return null;
        }
        if (task != null && task != Task.BINARY) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "needs a binary task: an alert's score is a probability",
                            "remove it, or change model.task");
            return null;
        }
        String fallback = Defaults.alertsTopic(pipeline);
        try (Section section = place.section("write alerts: {by: customer_id, per-day: 100}")) {
            return section == null ? null : read(section, fallback, topics);
        }
    }

    private @Nullable AlertOutput read(Section section, String fallback, Topics topics) {
        int perDay = Defaults.ALERTS_PER_DAY;
        int reasons = Defaults.ALERT_REASONS;
        float above = Float.POSITIVE_INFINITY;
        Place perDayPlace = section.optional("per-day");
        if (perDayPlace != null) {
            perDay = perDayPlace.integer(
                    perDay, 1, MOST_PER_DAY, "set it to the number of cards that are looked at a day, e.g. 100");
        }
        ZoneId zone = FieldsReader.readZone(section.optional("zone"));
        Place abovePlace = section.optional("above");
        if (abovePlace != null) {
            above = abovePlace.real(
                    above, PROBABILITY, "set it to the score beyond which nobody should wait, e.g. 0.9, or remove it");
        }
        Place reasonsPlace = section.optional("reasons");
        if (reasonsPlace != null) {
            reasons = reasonsPlace.integer(
                    reasons, 0, MOST_REASONS, "set it to the number of features that explain a score, e.g. 5");
        }
        String by = readBy(section);
        String topic = readTopic(section, fallback, topics);
        return by == null || zone == null
                ? null
                : new AlertOutput(topic, new AlertRules(perDay, zone, above), by, reasons);
    }

    private @Nullable String readBy(Section section) {
        Place place = section.optional("by");
        if (place != null) {
            return fields.name(place, EnumSet.allOf(FieldType.class));
        }
        if (shardBy == null) {
            section.required("by", "name the field that says what is alerted, e.g. a card or a customer");
        }
        return shardBy;
    }

    private static String readTopic(Section section, String fallback, Topics topics) {
        Place place = section.optional("topic");
        if (place == null) {
            topics.add(fallback, section.place().pathOf("topic"), section.place());
            return fallback;
        }
        Topics.Stated stated = Topics.read(place);
        topics.add(stated);
        return stated == null ? fallback : stated.topic();
    }
}
