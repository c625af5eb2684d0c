package dev.millrace.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Function;
import java.util.function.Predicate;

/** The keys of a row that must be there, and what they must be. */
record RowReader(JsonNode json) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static RowReader of(String text) {
        try {
            return new RowReader(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a row of the metrics topic must be JSON, got " + text, e);
        }
    }

    String text(String key) {
        return value(key, JsonNode::isTextual, "a text").textValue();
    }

    long number(String key) {
        return value(key, JsonNode::canConvertToExactIntegral, "an integer").longValue();
    }

    int smallNumber(String key) {
        return Math.toIntExact(number(key));
    }

    long number(String key, long absent) {
        return json.has(key) ? number(key) : absent;
    }

    JsonNode object(String key) {
        return value(key, JsonNode::isObject, "an object");
    }

    <E> E oneOf(String key, E[] choices, Function<E, String> name) {
        String text = text(key);
        for (E choice : choices) {
            if (name.apply(choice).equals(text)) {
                return choice;
            }
        }
        throw new IllegalArgumentException(
                "key " + key + " of a row on the metrics topic has the unknown value " + text + " in " + json);
    }

    private JsonNode value(String key, Predicate<JsonNode> rule, String expected) {
        JsonNode value = json.path(key);
        if (!rule.test(value)) {
            throw new IllegalArgumentException(
                    "key " + key + " of a row on the metrics topic must be " + expected + ", got " + json);
        }
        return value;
    }
}
