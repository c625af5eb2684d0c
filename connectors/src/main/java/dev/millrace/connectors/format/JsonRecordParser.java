package dev.millrace.connectors.format;

import static dev.millrace.connectors.format.RecordDraft.beyondFloats;
import static dev.millrace.connectors.format.RecordDraft.notFinite;
import static dev.millrace.connectors.format.RecordDraft.rejected;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Reads one JSON object a record, UTF-8.
 *
 * <p>Types are strict: a number is not in quotes, a boolean is {@code true} or {@code false}. Ids may be integers or
 * texts, epoch timestamps numbers or their text. An empty text is a value, but a missing id, time or label. Fields that
 * are not declared are skipped whatever is in them, as long as it is JSON; there even {@code NaN} passes.
 */
final class JsonRecordParser extends RecordParser {

    private final RecordDraft draft;
    private final PathNode root;
    private final JsonObjects objects;

    JsonRecordParser(RecordDraft draft) {
        super(draft);
        this.draft = draft;
        this.root = PathNode.of(draft.targets());
        this.objects = new JsonObjects(draft.limits());
    }

    @Override
    void read(byte[] value) throws RecordRejectedException {
        objects.read(value, json -> readObject(json, root));
    }

    private void readObject(JsonParser json, PathNode node) throws IOException, RecordRejectedException {
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            PathNode child = node.child(name);
            JsonToken token = json.nextToken();
            if (child == null) {
                json.skipChildren();
            } else {
                readMember(json, child, token);
            }
        }
    }

    private void readMember(JsonParser json, PathNode node, JsonToken token)
            throws IOException, RecordRejectedException {
        for (FieldTarget field : node.fields()) {
            draft.markSeen(field);
            if (token != JsonToken.VALUE_NULL) {
                readValue(json, field, token);
            }
        }
        if (node.hasChildren() && token != JsonToken.VALUE_NULL) {
            if (token != JsonToken.START_OBJECT) {
                throw new RecordRejectedException(
                        RejectReason.WRONG_TYPE,
                        "'" + node.name() + "' must be a JSON object, is " + JsonObjects.kind(token));
            }
            readObject(json, node);
        }
    }

    private void readValue(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (!token.isScalarValue()) {
            throw new RecordRejectedException(
                    RejectReason.WRONG_TYPE,
                    "field '" + field.name() + "' must be a single value, is " + JsonObjects.kind(token));
        }
        switch (field.type()) {
            case NUMBER -> readNumber(json, field, token);
            case BOOLEAN -> readBoolean(json, field, token);
            case TIMESTAMP -> readInstant(json, field, token);
            case ID -> readId(json, field, token);
            case STRING -> readString(json, field, token);
        }
    }

    private void readNumber(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (!token.isNumeric()) {
            throw notANumber(json, field, token);
        }
        if (json.isNaN()) {
            throw notFinite(field, json.getText());
        }
        double value = json.getDoubleValue();
        if (Float.isInfinite((float) value)) {
            throw beyondFloats(field, json.getText());
        }
        draft.setNumber(field, value);
        if (field.isId()) {
            draft.setId(field, integer(json, field, token));
        }
    }

    private static RecordRejectedException notANumber(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException {
        String text = json.getText();
        if (token == JsonToken.VALUE_STRING) {
            if (DecimalText.isNotFinite(text)) {
                return notFinite(field, text);
            }
            if (!Double.isNaN(DecimalText.parse(text.strip()))) {
                return rejected(RejectReason.NUMBER_AS_TEXT, field, "a number without quotes", text);
            }
        }
        return rejected(RejectReason.WRONG_TYPE, field, "a number", text);
    }

    private void readBoolean(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (!token.isBoolean()) {
            throw rejected(RejectReason.WRONG_TYPE, field, "true or false", json.getText());
        }
        draft.setBoolean(field, token == JsonToken.VALUE_TRUE);
    }

    private void readInstant(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (token.isBoolean()) {
            throw rejected(RejectReason.WRONG_TYPE, field, "a time", json.getText());
        }
        draft.setInstant(field, json.getText());
    }

    private void readId(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        String text = token == JsonToken.VALUE_STRING ? json.getText() : integer(json, field, token);
        draft.setText(field, text);
        if (field.isId()) {
            draft.setId(field, text);
        }
    }

    private void readString(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (token == JsonToken.VALUE_STRING) {
            draft.setText(field, json.getText());
        } else if (field.isId()) {
            draft.setText(field, integer(json, field, token));
        } else {
            throw rejected(RejectReason.WRONG_TYPE, field, "a text in quotes", json.getText());
        }
        if (field.isId()) {
            draft.setId(field, json.getText());
        }
    }

    private static String integer(JsonParser json, FieldTarget field, JsonToken token)
            throws IOException, RecordRejectedException {
        if (token != JsonToken.VALUE_NUMBER_INT) {
            throw rejected(RejectReason.WRONG_TYPE, field, "an integer or a text", json.getText());
        }
        return json.getText();
    }
}
