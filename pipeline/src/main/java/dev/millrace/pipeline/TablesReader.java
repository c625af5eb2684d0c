package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.events.RecordFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code tables}: files whose rows join the events. What is in the files is read when a job is built. */
final class TablesReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");
    private static final Set<FieldType> KEYS = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
    /** Its columns are known when the file is. */
    private static final RecordFormat UNKNOWN_COLUMNS = new RecordFormat.Csv(List.of());

    private static final String REMEDY =
            "name a table and what it holds, e.g. items: {file: items.csv, key: id, of: item_id, fields: {year: number}}";

    private final Path directory;
    private final Fields events;
    private final List<TableSource> tables = new ArrayList<>();
    private Fields joined;

    private TablesReader(Path directory, Fields events) {
        this.directory = directory;
        this.events = events;
        this.joined = events;
    }

    /**
     * @param tables those that could be read
     * @param fields of the events, and of all tables
     */
    record Draft(List<TableSource> tables, Fields fields) {}

    /**
     * @param place null: there are none
     * @param directory that paths of files are relative to
     * @param events their fields, but for the label
     */
    static Draft read(@Nullable Place place, Path directory, Fields events) {
        TablesReader reader = new TablesReader(directory, events);
        if (place != null) {
            reader.read(place);
        }
        return new Draft(reader.tables, reader.joined);
    }

    private void read(Place place) {
        try (Section section = place.section(REMEDY)) {
            if (section == null) {
                joined = Fields.unreadable();
                return;
            }
            if (section.all().isEmpty()) {
                place.problems().addWithoutValue(place, "must not be empty", REMEDY);
            }
            section.all().forEach(this::readTable);
        }
    }

    private void readTable(String name, Place place) {
        if (!NAME.matcher(name).matches()) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "must have a name of 1 to 40 small letters, digits, '-' or '_', the first a letter or digit",
                            "choose a short one, e.g. items");
        }
        try (Section section = place.section("write file, key, of and fields below it")) {
            if (section == null) {
                joined = Fields.unreadable();
                return;
            }
            String file = readFile(section.required("file", "name its CSV file, e.g. items.csv"));
            Place keyPlace = section.required("key", "name the column that names a row, e.g. item_id");
            Place ofPlace = section.required("of", "name the field of the events that names their row, e.g. item_id");
            Fields fields = FieldsReader.read(
                    section.required("fields", "declare what is read of a row, e.g. {year: number}"), UNKNOWN_COLUMNS);
            String key = keyPlace == null ? null : keyPlace.text("write the name of a column");
            String of = ofPlace == null ? null : events.name(ofPlace, KEYS);
            Fields named = fields.prefixed(name + ".");
            joined = joined.and(named, place);
            if (file != null && key != null && of != null) {
                tables.add(new TableSource(name, file, key, of, named.layouts()));
            }
        }
    }

    private @Nullable String readFile(@Nullable Place place) {
        String remedy = "name a CSV file, from the directory of the pipeline file, e.g. items.csv or items.csv.gz";
        String file = place == null ? null : place.text(remedy);
        if (place == null || file == null) {
            return null;
        }
        if (!file.endsWith(".csv") && !file.endsWith(".csv.gz")) {
            place.problem("must end in .csv or .csv.gz", remedy);
            return null;
        }
        try {
            return directory.resolve(file).toString();
        } catch (InvalidPathException e) {
            place.problem("must be the path of a file", remedy);
            return null;
        }
    }
}
