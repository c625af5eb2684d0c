package dev.millrace.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.events.Codec;
import java.io.Serializable;
import java.util.Optional;

/**
 * A row on the metrics topic: one JSON object, which begins with {@code schema}, {@code kind}, {@code pipeline} and
 * {@code model}. Kinds may be added, and keys to a kind; the schema's number rises when a key changes its meaning.
 */
public sealed interface ReportRow extends Serializable permits MetricRow, ModelDigestRow, LabelCountsRow {

    int SCHEMA = 1;
    Codec<ReportRow> CODEC = new ReportRowCodec();

    String pipeline();

    String model();

    /** The discriminator in JSON. */
    String kind();

    /** Rows of one key replace each other, newest last: what a compacted topic is keyed by. */
    String key();

    /** Adds the row's own keys, in a fixed order. */
    void describe(ObjectNode json);

    default String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("schema", SCHEMA);
        json.put("kind", kind());
        json.put("pipeline", pipeline());
        json.put("model", model());
        describe(json);
        return json.toString();
    }

    /**
     * Reads what {@link #toJson} wrote; empty for a kind or schema that only a newer release knows, to be skipped.
     *
     * @throws IllegalArgumentException if the text is no row at all
     */
    static Optional<ReportRow> fromJson(String text) {
        RowReader row = RowReader.of(text);
        if (row.number("schema") > SCHEMA) {
            return Optional.empty();
        }
        return switch (row.text("kind")) {
            case MetricRow.KIND -> Optional.of(MetricRow.read(row));
            case ModelDigestRow.KIND -> Optional.of(ModelDigestRow.read(row));
            case LabelCountsRow.KIND -> Optional.of(LabelCountsRow.read(row));
            default -> Optional.empty();
        };
    }
}
