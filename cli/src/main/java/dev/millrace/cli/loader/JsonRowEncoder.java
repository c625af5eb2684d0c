package dev.millrace.cli.loader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.events.FieldLayout;
import dev.millrace.events.TimestampFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One JSON object a row. An empty cell is left out. */
final class JsonRowEncoder implements RowEncoder {

    private static final Pattern JSON_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    private static final JsonFactory JSON = new JsonFactory();

    /** How a cell is written. What does not fit is written as text: the job's parser is the one to reject it. */
    private enum Kind {
        NUMBER,
        BOOLEAN,
        TEXT,
        GUESSED
    }

    private sealed interface Node permits Leaf, Branch {
        String key();
    }

    private record Leaf(String key, int column, Kind kind) implements Node {}

    private record Branch(String key, List<Node> children) implements Node {}

    private final List<Node> nodes;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);

    private JsonRowEncoder(List<Node> nodes) {
        this.nodes = nodes;
    }

    static JsonRowEncoder ofFields(List<FieldLayout> fields, List<String> columns) {
        List<Node> nodes = new ArrayList<>();
        for (FieldLayout field : fields) {
            insert(nodes, field.path(), columns.indexOf(columnOf(field)), kindOf(field));
        }
        return new JsonRowEncoder(nodes);
    }

    static JsonRowEncoder ofColumns(List<String> columns) {
        List<Node> nodes = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            nodes.add(new Leaf(columns.get(column), column, Kind.GUESSED));
        }
        return new JsonRowEncoder(nodes);
    }

    static String columnOf(FieldLayout field) {
        return String.join(".", field.path());
    }

    @Override
    public byte[] encode(String[] cells) {
        bytes.reset();
        try (JsonGenerator generator = JSON.createGenerator(bytes)) {
            generator.writeStartObject();
            write(nodes, cells, generator);
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static Kind kindOf(FieldLayout field) {
        return switch (field.type()) {
            case NUMBER -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            case TIMESTAMP -> field.timestamp() instanceof TimestampFormat.Epoch ? Kind.NUMBER : Kind.TEXT;
            case ID, STRING -> Kind.TEXT;
        };
    }

    /** Two fields may read the same value: it is written once. */
    private static void insert(List<Node> nodes, List<String> path, int column, Kind kind) {
        String key = path.get(0);
        List<String> rest = path.subList(1, path.size());
        for (Node node : nodes) {
            if (node.key().equals(key)) {
                if (node instanceof Branch branch && !rest.isEmpty()) {
                    insert(branch.children(), rest, column, kind);
                } else if (node instanceof Branch || !rest.isEmpty()) {
                    throw new WrongInputException("'" + key
                            + "' is a value for one field and an object for another; a JSON record cannot hold both");
                }
                return;
            }
        }
        if (rest.isEmpty()) {
            nodes.add(new Leaf(key, column, kind));
        } else {
            Branch branch = new Branch(key, new ArrayList<>());
            nodes.add(branch);
            insert(branch.children(), rest, column, kind);
        }
    }

    private static void write(List<Node> nodes, String[] cells, JsonGenerator generator) throws IOException {
        for (Node node : nodes) {
            if (node instanceof Branch branch) {
                generator.writeObjectFieldStart(branch.key());
                write(branch.children(), cells, generator);
                generator.writeEndObject();
            } else if (node instanceof Leaf leaf && !cells[leaf.column()].isEmpty()) {
                generator.writeFieldName(leaf.key());
                write(cells[leaf.column()], leaf.kind(), generator);
            }
        }
    }

    private static void write(String cell, Kind kind, JsonGenerator generator) throws IOException {
        String stripped = cell.strip();
        if (kind == Kind.NUMBER || kind == Kind.GUESSED) {
            if (JSON_NUMBER.matcher(stripped).matches()) {
                generator.writeNumber(stripped);
                return;
            }
        }
        if (kind == Kind.BOOLEAN || kind == Kind.GUESSED) {
            switch (stripped.toLowerCase(Locale.ROOT)) {
                case "true", "false" -> {
                    generator.writeBoolean(Boolean.parseBoolean(stripped));
                    return;
                }
                default -> {}
            }
        }
        generator.writeString(cell);
    }
}
