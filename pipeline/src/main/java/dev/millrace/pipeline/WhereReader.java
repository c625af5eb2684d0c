package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.features.selection.Condition;
import dev.millrace.features.selection.Condition.Relation;
import dev.millrace.features.selection.Selection;
import dev.millrace.pipeline.WhereText.Comparison;
import dev.millrace.pipeline.WhereText.Word;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code events.where}: comparisons of declared fields with values of their types. */
final class WhereReader {

    private static final Map<String, Relation> RELATIONS = Map.of(
            "=", Relation.AMONG,
            "in", Relation.AMONG,
            "!=", Relation.NOT_AMONG,
            "<", Relation.BELOW,
            "<=", Relation.AT_MOST,
            ">", Relation.ABOVE,
            ">=", Relation.AT_LEAST);

    private final Place place;
    private final Fields fields;
    private final @Nullable String labelField;
    private final @Nullable LabelLayout label;

    private WhereReader(Place place, Fields fields, @Nullable String labelField, @Nullable LabelLayout label) {
        this.place = place;
        this.fields = fields;
        this.labelField = labelField;
        this.label = label;
    }

    /**
     * Null only if a problem was found, here or elsewhere.
     *
     * @param fields all of the events, the label's included
     * @param labelField the field of the events that holds the label; null: none does
     * @param label how it is written; null: none is, or a problem was found
     */
    static @Nullable Selection read(
            Place place, Fields fields, @Nullable String labelField, @Nullable LabelLayout label) {
        return new WhereReader(place, fields, labelField, label).read();
    }

    private @Nullable Selection read() {
        String text = place.text("write a comparison, e.g. amount > 0");
        if (text == null) {
            return null;
        }
        List<Comparison> comparisons;
        try {
            comparisons = WhereText.parse(text);
        } catch (WhereText.SyntaxException e) {
            place.problem(
                    "must be comparisons joined by and (" + e.getMessage() + ")",
                    "write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes");
            return null;
        }
        List<Condition> conditions = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            Condition condition = condition(comparison);
            if (condition != null) {
                conditions.add(condition);
            }
        }
        return conditions.size() < comparisons.size() ? null : new Selection(text, conditions);
    }

    private @Nullable Condition condition(Comparison comparison) {
        FieldLayout field = fields.layout(place.named(comparison.field()), EnumSet.allOf(FieldType.class));
        boolean ofLabel = comparison.field().equals(labelField);
        if (field == null || (ofLabel && label == null)) {
            return null;
        }
        if (comparison.operator().equals("is")) {
            return new Condition.Presence(
                    field.name(), comparison.values().get(0).text().equals("present"));
        }
        if (ofLabel && label != null && !label.classes().isEmpty()) {
            return ofClasses(field, comparison, label.classes());
        }
        return switch (field.type()) {
            case NUMBER -> ofNumbers(field, comparison, ofLabel);
            case BOOLEAN -> ofBoolean(field, comparison);
            case TIMESTAMP -> ofTimestamp(field, comparison);
            case ID, STRING -> ofTexts(field, comparison);
        };
    }

    /** Of a label the nearest float counts, which is what an event keeps of it. */
    private @Nullable Condition ofNumbers(FieldLayout field, Comparison comparison, boolean ofLabel) {
        List<Double> values = new ArrayList<>();
        for (Word word : comparison.values()) {
            if (word.quoted() || !place.named(word.text()).isNumber()) {
                problem(word, field, "with a number", "write it without quotes, e.g. " + field.name() + " > 0");
                return null;
            }
            double value = Double.parseDouble(word.text());
            values.add(ofLabel ? (float) value : value);
        }
        return ofValues(field, comparison, values);
    }

    private @Nullable Condition ofBoolean(FieldLayout field, Comparison comparison) {
        Word word = comparison.values().get(0);
        if (!requireOperator(field, comparison, List.of("=", "!="), field.name() + " = true")) {
            return null;
        }
        if (!word.text().equals("true") && !word.text().equals("false")) {
            problem(word, field, "with true or false", "write " + field.name() + " = true");
            return null;
        }
        return ofValues(field, comparison, List.of(word.text().equals("true") ? 1.0 : 0.0));
    }

    private @Nullable Condition ofTimestamp(FieldLayout field, Comparison comparison) {
        Word word = comparison.values().get(0);
        if (!requireOperator(
                field,
                comparison,
                List.of("=", "!=", "<", "<=", ">", ">="),
                field.name() + " >= 2024-01-31 and " + field.name() + " < 2024-02-28")) {
            return null;
        }
        try {
            return ofValues(
                    field, comparison, List.of((double) millis(word.text().replace(' ', 'T'))));
        } catch (DateTimeException | ArithmeticException e) {
            problem(
                    word,
                    field,
                    "with a time in ISO 8601",
                    "write it like 2024-01-31 or 2024-01-31T06:30:00Z, in quotes with a space instead of the T");
            return null;
        }
    }

    /** UTC without a zone. */
    private static long millis(String iso) {
        if (!iso.contains("T")) {
            return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        }
        String time = iso.substring(iso.indexOf('T'));
        return time.endsWith("Z") || time.contains("+") || time.contains("-")
                ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private @Nullable Condition ofTexts(FieldLayout field, Comparison comparison) {
        return requireTextOperator(field, comparison)
                ? new Condition.OfText(
                        field.name(),
                        RELATIONS.get(comparison.operator()) == Relation.AMONG,
                        comparison.values().stream().map(Word::text).toList())
                : null;
    }

    private @Nullable Condition ofClasses(FieldLayout field, Comparison comparison, List<String> classes) {
        if (!requireTextOperator(field, comparison)) {
            return null;
        }
        List<Double> indices = new ArrayList<>();
        for (Word word : comparison.values()) {
            int index = classes.indexOf(word.text());
            if (index < 0) {
                place.named(word.text())
                        .problem("must compare the label with its classes", Suggestion.remedy(word.text(), classes));
                return null;
            }
            indices.add((double) index);
        }
        return ofValues(field, comparison, indices);
    }

    private static @Nullable Condition ofValues(FieldLayout field, Comparison comparison, List<Double> values) {
        Relation relation = RELATIONS.get(comparison.operator());
        return relation == null ? null : new Condition.OfNumber(field.name(), relation, values);
    }

    private boolean requireTextOperator(FieldLayout field, Comparison comparison) {
        return requireOperator(
                field,
                comparison,
                List.of("=", "!=", "in"),
                field.name() + " = " + comparison.values().get(0).text());
    }

    private boolean requireOperator(FieldLayout field, Comparison comparison, List<String> operators, String example) {
        if (operators.contains(comparison.operator())) {
            return true;
        }
        place.named(comparison.operator())
                .problem(
                        "must compare " + Fields.written(field.type()) + " '" + field.name() + "' by one of "
                                + String.join(" ", operators),
                        "write it like " + example);
        return false;
    }

    private void problem(Word word, FieldLayout field, String with, String remedy) {
        place.named(word.text())
                .problem("must compare " + Fields.written(field.type()) + " '" + field.name() + "' " + with, remedy);
    }
}
