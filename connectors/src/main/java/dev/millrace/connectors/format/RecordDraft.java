package dev.millrace.connectors.format;

import static dev.millrace.connectors.format.RecordRejectedException.shown;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RecordLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record while it is read: the slots filled so far, its id, time and label. Holds the rules that do not depend on
 * the format. Reused from record to record; not thread-safe.
 */
final class RecordDraft {

    private static final long NO_TIME = Long.MIN_VALUE;

    private final RecordLayout layout;
    private final RecordLimits limits;
    private final List<FieldTarget> targets;
    private final @Nullable LabelReader labels;
    private final int numberCount;
    private final int textCount;
    private final boolean[] seen;

    private double[] numbers;
    private @Nullable String[] texts;
    private @Nullable EventId id;
    private long time;
    private float label;

    RecordDraft(RecordLayout layout, RecordLimits limits) {
        this.layout = layout;
        this.limits = limits;
        LabelLayout labelLayout = layout.label();
        this.labels = labelLayout == null ? null : new LabelReader(labelLayout);
        EventSchema schema = layout.schema();
        this.numberCount = schema.numberCount();
        this.textCount = schema.textCount();
        this.targets = targets(layout, schema);
        this.seen = new boolean[targets.size()];
        this.numbers = new double[numberCount];
        this.texts = new String[textCount];
        requireRole("id", layout.idField(), FieldType.ID, FieldType.STRING, FieldType.NUMBER);
        requireRole("time", layout.timeField(), FieldType.TIMESTAMP);
        requireRole(
                "label",
                labelLayout == null ? null : labelLayout.field(),
                FieldType.NUMBER,
                FieldType.BOOLEAN,
                FieldType.STRING,
                FieldType.ID);
        requireRole("weight", layout.weightField(), FieldType.NUMBER);
    }

    private static List<FieldTarget> targets(RecordLayout layout, EventSchema schema) {
        LabelLayout labelLayout = layout.label();
        List<FieldTarget> targets = new ArrayList<>();
        for (FieldLayout field : layout.fields()) {
            boolean isLabel = labelLayout != null && field.name().equals(labelLayout.field());
            if (field.type() == FieldType.TIMESTAMP && field.timestamp() == null) {
                throw new IllegalArgumentException("field '" + field.name() + "' is a timestamp without a format");
            }
            targets.add(new FieldTarget(
                    targets.size(),
                    field,
                    isLabel ? -1 : schema.slot(field.name()),
                    field.name().equals(layout.idField()),
                    field.name().equals(layout.timeField()),
                    isLabel,
                    field.name().equals(layout.weightField()),
                    field.timestamp() == null ? null : InstantReader.of(field.timestamp())));
        }
        return targets;
    }

    private void requireRole(String role, @Nullable String name, FieldType... types) {
        if (name == null) {
            return;
        }
        FieldType type = targets.stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the " + role + " field '" + name + "' is not among the declared fields"))
                .type();
        if (!Arrays.asList(types).contains(type)) {
            throw new IllegalArgumentException(
                    "the " + role + " field '" + name + "' must be one of " + Arrays.toString(types) + ", is " + type);
        }
    }

    /** In the order of declaration. */
    List<FieldTarget> targets() {
        return targets;
    }

    RecordLimits limits() {
        return limits;
    }

    /** Forgets the record before. */
    void begin() {
        Arrays.fill(seen, false);
        Arrays.fill(numbers, Double.NaN);
        Arrays.fill(texts, null);
        id = null;
        time = NO_TIME;
        label = Event.NO_LABEL;
    }

    /** Comes before the value of a field, even a missing one. */
    void markSeen(FieldTarget field) throws RecordRejectedException {
        if (seen[field.index()]) {
            throw new RecordRejectedException(
                    RejectReason.DUPLICATE_FIELD, "field '" + field.name() + "' is written twice");
        }
        seen[field.index()] = true;
    }

    /** @param value finite and within the range of floats */
    void setNumber(FieldTarget field, double value) throws RecordRejectedException {
        if (field.isLabel() && labels != null) {
            label = labels.ofNumber(value);
        } else {
            if (field.isWeight() && value < 0) {
                throw rejected(RejectReason.NEGATIVE_WEIGHT, field, "at least 0 as the weight", Double.toString(value));
            }
            // Without the sign of a zero, which only some formats keep.
            numbers[field.slot()] = value + 0.0;
        }
    }

    void setBoolean(FieldTarget field, boolean value) throws RecordRejectedException {
        if (field.isLabel() && labels != null) {
            label = labels.ofBoolean(value);
        } else {
            numbers[field.slot()] = value ? 1 : 0;
        }
    }

    void setText(FieldTarget field, String value) throws RecordRejectedException {
        requireText(field, value, field.type() == FieldType.ID ? RecordLimits.ID_LENGTH : limits.textLength());
        if (field.isLabel() && labels != null) {
            if (!value.isEmpty()) {
                label = labels.ofText(value);
            }
        } else {
            texts[field.slot()] = value;
        }
    }

    /** @param value an integer or any other text; empty: missing */
    void setId(FieldTarget field, String value) throws RecordRejectedException {
        requireText(field, value, RecordLimits.ID_LENGTH);
        id = value.isEmpty() ? null : EventId.of(value);
    }

    /** @param value empty: missing */
    void setInstant(FieldTarget field, String value) throws RecordRejectedException {
        if (value.isEmpty()) {
            return;
        }
        InstantReader instants = field.instants();
        long millis = instants == null ? InstantReader.UNREADABLE : instants.read(value);
        if (millis == InstantReader.UNREADABLE) {
            throw rejected(RejectReason.UNREADABLE_TIME, field, instants == null ? "a time" : instants.rule(), value);
        }
        if (field.isTime()) {
            time = millis;
        }
        numbers[field.slot()] = millis;
    }

    private void requireText(FieldTarget field, String value, int limit) throws RecordRejectedException {
        if (value.length() > limit) {
            throw rejected(RejectReason.OVERSIZED, field, "at most " + limit + " characters long", value);
        }
        if (hasUnpairedSurrogate(value)) {
            throw rejected(RejectReason.MALFORMED, field, "Unicode without unpaired surrogates", value);
        }
    }

    /** Half a pair has no UTF-8: it would not survive being written and read again. */
    static boolean hasUnpairedSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** The slots go over to the event. */
    Event toEvent(RecordOrigin origin) throws RecordRejectedException {
        Event event = new Event(id(origin), time(origin), label, numbers, texts);
        numbers = new double[numberCount];
        texts = new String[textCount];
        return event;
    }

    LabelRecord toLabel(RecordOrigin origin) throws RecordRejectedException {
        LabelRecord record = new LabelRecord(id(origin), time(origin), label);
        if (Float.isNaN(label)) {
            throw new RecordRejectedException(
                    RejectReason.MISSING_LABEL,
                    layout.label() == null
                            ? "the layout of the label topic declares no label"
                            : "label '" + layout.label().field() + "' is absent or empty");
        }
        return record;
    }

    private EventId id(RecordOrigin origin) throws RecordRejectedException {
        if (layout.idField() == null) {
            return origin.id();
        }
        if (id == null) {
            throw new RecordRejectedException(
                    RejectReason.MISSING_ID, "id '" + layout.idField() + "' is absent or empty");
        }
        return id;
    }

    private long time(RecordOrigin origin) throws RecordRejectedException {
        if (layout.timeField() == null) {
            return origin.time();
        }
        if (time == NO_TIME) {
            throw new RecordRejectedException(
                    RejectReason.MISSING_TIME, "time '" + layout.timeField() + "' is absent or empty");
        }
        Duration maxAhead = layout.maxAhead();
        if (maxAhead != null && origin.timestamp() >= 0 && time - origin.timestamp() > maxAhead.toMillis()) {
            throw new RecordRejectedException(
                    RejectReason.TIME_TOO_FAR_AHEAD,
                    "time '" + layout.timeField() + "' lies " + Duration.ofMillis(time - origin.timestamp())
                            + " beyond the timestamp of the Kafka record, allowed are " + maxAhead);
        }
        return time;
    }

    static RecordRejectedException beyondFloats(FieldTarget field, String written) {
        return rejected(RejectReason.BEYOND_FLOAT_RANGE, field, "a number that a float can hold", written);
    }

    static RecordRejectedException notFinite(FieldTarget field, String written) {
        return rejected(RejectReason.NOT_FINITE, field, "a finite number", written);
    }

    static RecordRejectedException rejected(RejectReason reason, FieldTarget field, String rule, String written) {
        return new RecordRejectedException(
                reason, "field '" + field.name() + "' must be " + rule + ", got " + shown(written));
    }
}
