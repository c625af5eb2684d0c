package dev.millrace.cli.loader;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.RecordFormat;
import dev.millrace.events.RecordLayout;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Turns the cells of a row into the value of a Kafka record. Not thread-safe. */
public interface RowEncoder {

    /** @param cells one per column of the file, in its order */
    byte[] encode(String[] cells);

    /**
     * Writes what a pipeline's source reads. A field is taken from the column of its name, or of its path joined by dots.
     *
     * @param columns names in the header of the file
     * @param file named in errors
     * @throws WrongInputException if a declared field has no column
     */
    static RowEncoder forLayout(RecordLayout layout, List<String> columns, Path file) {
        Set<String> declared = new LinkedHashSet<>();
        for (FieldLayout field : layout.fields()) {
            declared.add(JsonRowEncoder.columnOf(field));
        }
        requireColumns(declared, columns, file);
        if (layout.format() instanceof RecordFormat.Csv csv) {
            return new CsvRowEncoder(csv.columns(), columns);
        }
        return JsonRowEncoder.ofFields(layout.fields(), columns);
    }

    /** Writes every column into a JSON object: what looks like a number or a boolean as that, the rest as text. */
    static RowEncoder forEveryColumn(List<String> columns) {
        return JsonRowEncoder.ofColumns(columns);
    }

    private static void requireColumns(Set<String> declared, List<String> columns, Path file) {
        List<String> missing =
                declared.stream().filter(name -> !columns.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new WrongInputException(file + " has no column '" + String.join("', '", missing)
                    + "', which the pipeline declares as a field; its header names: " + String.join(", ", columns)
                    + ". Rename the column or the field");
        }
        for (String name : declared) {
            if (columns.indexOf(name) != columns.lastIndexOf(name)) {
                throw new WrongInputException(
                        file + " has two columns '" + name + "', of which the pipeline reads one; rename the other");
            }
        }
    }
}
