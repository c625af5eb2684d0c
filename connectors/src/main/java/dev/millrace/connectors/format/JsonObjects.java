package dev.millrace.connectors.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;

/** One JSON object a record, UTF-8, whatever its members mean. */
final class JsonObjects {

    private final RecordLimits limits;
    private final JsonFactory factory;

    JsonObjects(RecordLimits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        // Texts are held against their own limits, which differ by field.
                        .maxStringLength(limits.recordBytes())
                        .maxNameLength(limits.textLength())
                        .build())
                .recyclerPool(JsonRecyclerPools.threadLocalPool())
                // To be told apart from other malformed records.
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Names come from outside: too many of them must empty the table, not fail the record.
                .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .build();
    }

    /** What stands between the braces. */
    @FunctionalInterface
    interface Members {
        /** @param json at the opening brace; left at the closing one */
        void read(JsonParser json) throws IOException, RecordRejectedException;
    }

    void read(byte[] value, Members members) throws RecordRejectedException {
        try (JsonParser json = factory.createParser(value)) {
            read(json, members);
        } catch (IOException e) {
            throw new RecordRejectedException(RejectReason.MALFORMED, "not JSON: " + messageOf(e));
        }
    }

    private void read(JsonParser json, Members members) throws IOException, RecordRejectedException {
        try {
            JsonToken first = json.nextToken();
            if (first == null) {
                throw new RecordRejectedException(RejectReason.EMPTY, "the record is white space alone");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new RecordRejectedException(
                        RejectReason.WRONG_TYPE, "the record must be a JSON object, is " + kind(first));
            }
            members.read(json);
            if (json.nextToken() != null) {
                throw new RecordRejectedException(
                        RejectReason.MALFORMED, "something follows the JSON object of the record");
            }
        } catch (StreamConstraintsException e) {
            if (json.getParsingContext().getNestingDepth() > limits.depth()) {
                throw new RecordRejectedException(
                        RejectReason.TOO_DEEP, "nested deeper than " + limits.depth() + " objects and arrays");
            }
            throw new RecordRejectedException(RejectReason.OVERSIZED, messageOf(e));
        }
    }

    /** A token in an error text. */
    static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }

    private static String messageOf(IOException failure) {
        String message =
                failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return RecordRejectedException.shown(String.valueOf(message));
    }
}
