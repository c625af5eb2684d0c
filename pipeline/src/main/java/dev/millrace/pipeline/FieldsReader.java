package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.TimestampFormat;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code format} and {@code fields} of a record. */
final class FieldsReader {

    private static final String TIMESTAMP = "timestamp";
    private static final String TIMESTAMP_REMEDY =
            "write iso, seconds, millis, micros, nanos or {pattern: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin}";

    private static final Map<String, FieldType> TYPES = new LinkedHashMap<>();
    private static final Map<String, TimestampFormat> TIMESTAMPS = new LinkedHashMap<>();

    static {
        for (FieldType type : FieldType.values()) {
            TYPES.put(Fields.written(type), type);
        }
        TIMESTAMPS.put("iso", new TimestampFormat.Iso());
        for (TimestampFormat.Unit unit : TimestampFormat.Unit.values()) {
            TIMESTAMPS.put(unit.name().toLowerCase(Locale.ROOT), new TimestampFormat.Epoch(unit));
        }
    }

    private FieldsReader() {}

    /** @param place of {@code format}; null: the default */
    static RecordFormat readFormat(@Nullable Place place) {
        if (place == null || place.is("json")) {
            return Defaults.FORMAT;
        }
        if (place.is("avro")) {
            place.problems()
                    .addWithoutValue(
                            place, "avro is not supported by this release", "convert the records to json or csv");
            return Defaults.FORMAT;
        }
        if (!place.isMapping()) {
            place.problem("must be json or {csv: [columns]}", "write json, or list the columns of the CSV in order");
            return Defaults.FORMAT;
        }
        try (Section section = place.section("write json or {csv: [columns]}")) {
            Place columns = section == null ? null : section.required("csv", "list the columns in order");
            return columns == null
                    ? Defaults.FORMAT
                    : new RecordFormat.Csv(columns.texts("list the columns in order, e.g. [id, amount]"));
        }
    }

    /** @param place of {@code fields}; null: missing, which was reported */
    static Fields read(@Nullable Place place, RecordFormat format) {
        Section section = place == null ? null : place.section("write name: type, e.g. amount: number");
        if (section == null || place == null) {
            return Fields.unreadable();
        }
        Map<String, Optional<FieldLayout>> fields = new LinkedHashMap<>();
        section.all().forEach((name, declaration) -> {
            FieldLayout field = name.isBlank() ? null : readField(name, declaration, format);
            if (name.isBlank()) {
                declaration.problem("must have a name", "write name: type, e.g. amount: number");
            }
            fields.put(name, Optional.ofNullable(field));
        });
        if (fields.isEmpty()) {
            place.problems().addWithoutValue(place, "must not be empty", "declare a field, e.g. amount: number");
        }
        return Fields.of(fields);
    }

    private static @Nullable FieldLayout readField(String name, Place place, RecordFormat format) {
        if (!place.isMapping()) {
            FieldType type = place.choice(TYPES);
            if (type == FieldType.TIMESTAMP) {
                place.problem("must say how the time is written", "write {timestamp: iso} or another form");
                return null;
            }
            return type == null ? null : checked(place, format, new FieldLayout(name, type, List.of(name), null));
        }
        try (Section section = place.section("")) {
            if (section == null) {
                return null;
            }
            Place timestamp = section.optional(TIMESTAMP);
            return timestamp == null
                    ? readWithPath(name, section, format)
                    : readTimestamp(name, section, timestamp, format);
        }
    }

    private static @Nullable FieldLayout readTimestamp(
            String name, Section section, Place timestamp, RecordFormat format) {
        TimestampFormat written = readTimestampFormat(timestamp);
        Place pathPlace = section.optional("path");
        List<String> path = pathPlace == null ? List.of(name) : readPath(pathPlace, format);
        return written == null || path == null
                ? null
                : checked(section.place(), format, new FieldLayout(name, FieldType.TIMESTAMP, path, written));
    }

    /** {@code {number: card.limit}} */
    private static @Nullable FieldLayout readWithPath(String name, Section section, RecordFormat format) {
        for (Map.Entry<String, FieldType> type : TYPES.entrySet()) {
            Place pathPlace = section.optional(type.getKey());
            if (pathPlace != null) {
                List<String> path = readPath(pathPlace, format);
                return path == null
                        ? null
                        : checked(section.place(), format, new FieldLayout(name, type.getValue(), path, null));
            }
        }
        section.place().problem("must name a type", "write a type, or {type: path}, e.g. {number: card.limit}");
        section.ignoreRest();
        return null;
    }

    private static @Nullable List<String> readPath(Place place, RecordFormat format) {
        String text = place.text("write the keys that lead to the value, e.g. card.limit");
        if (text == null) {
            return null;
        }
        List<String> path = format instanceof RecordFormat.Csv ? List.of(text) : List.of(text.split("\\.", -1));
        if (path.stream().anyMatch(String::isBlank)) {
            place.problem("must be keys separated by single dots", "write it like card.limit");
            return null;
        }
        return path;
    }

    private static @Nullable FieldLayout checked(Place place, RecordFormat format, FieldLayout field) {
        if (format instanceof RecordFormat.Csv csv
                && !csv.columns().isEmpty()
                && !csv.columns().contains(field.path().get(0))) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            field.path().get(0),
                            "must be one of the CSV columns",
                            Suggestion.remedy(field.path().get(0), csv.columns())));
            return null;
        }
        return field;
    }

    private static @Nullable TimestampFormat readTimestampFormat(Place place) {
        if (!place.isMapping()) {
            TimestampFormat format = TIMESTAMPS.get(String.valueOf(place.scalar()));
            if (format == null) {
                place.problem(
                        "must be one of " + String.join(", ", TIMESTAMPS.keySet()) + " or a pattern", TIMESTAMP_REMEDY);
            }
            return format;
        }
        try (Section section = place.section(TIMESTAMP_REMEDY)) {
            Place patternPlace = section == null ? null : section.required("pattern", TIMESTAMP_REMEDY);
            ZoneId zone = section == null ? null : readZone(section.optional("zone"));
            String pattern = patternPlace == null ? null : patternPlace.text(TIMESTAMP_REMEDY);
            if (patternPlace == null || pattern == null || zone == null) {
                return null;
            }
            try {
                var unused = DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
            } catch (IllegalArgumentException e) {
                patternPlace.problem("must be a pattern of java.time.format.DateTimeFormatter", TIMESTAMP_REMEDY);
                return null;
            }
            return new TimestampFormat.Pattern(pattern, zone);
        }
    }

    /** @param place of {@code zone}; null: the default */
    static @Nullable ZoneId readZone(@Nullable Place place) {
        if (place == null) {
            return Defaults.ZONE;
        }
        try {
            return ZoneId.of(String.valueOf(place.scalar()));
        } catch (DateTimeException e) {
            place.problem("must be a time zone", "write a name such as Europe/Berlin, or an offset such as +01:00");
            return null;
        }
    }
}
