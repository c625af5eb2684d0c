package dev.millrace.connectors.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.millrace.events.EventId;
import dev.millrace.events.RecommendationRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for recommendations, one JSON object a record, UTF-8:
 *
 * <ul>
 *   <li>{@code user}: who asks
 *   <li>{@code k}: how many items at most, {@value #LEAST_ITEMS} to {@value #MOST_ITEMS}
 *   <li>{@code candidates}: array of the items to choose from; without it all that are known
 *   <li>{@code exclude}: array of items not to recommend, beside those that the user has
 *   <li>{@code id}: of the request, at most {@link RecordLimits#ID_LENGTH} UTF-16 code units; without it the row number or
 *       the position of the record, see {@link RecordOrigin}
 * </ul>
 *
 * <p>Users and items are texts of 1 to {@value #LONGEST_ID} UTF-16 code units, or integers, which mean their text; an array holds
 * at most {@value #MOST_LISTED}. A member that is null is as absent; one that is written twice is a rejection; others are
 * skipped. The time of a request is the timestamp of the Kafka record.
 *
 * <p>One instance per thread.
 */
public final class RequestParser {

    static final int LEAST_ITEMS = 1;
    static final int MOST_ITEMS = 1_000;
    static final int MOST_LISTED = 10_000;
    /** As long as ids that events are learned by may be. */
    static final int LONGEST_ID = 1_024;

    /** Nobody knows the number of shards here. */
    private static final int NO_SHARD = 0;

    private final RecordLimits limits;
    private final JsonObjects objects;

    public RequestParser(RecordLimits limits) {
        this.limits = limits;
        this.objects = new JsonObjects(limits);
    }

    /**
     * A request of shard 0, whatever the user's.
     *
     * @param value null is rejected as empty
     */
    public RecommendationRequest parse(byte @Nullable [] value, RecordOrigin origin) throws RecordRejectedException {
        Draft draft = new Draft();
        objects.read(limits.requireReadable(value), draft::read);
        return draft.request(origin);
    }

    /** The members read so far. */
    private static final class Draft {
        private final Set<String> seen = new HashSet<>();
        private @Nullable String id;
        private @Nullable String user;
        private int k;
        private @Nullable List<String> candidates;
        private @Nullable List<String> excluded;

        void read(JsonParser json) throws IOException, RecordRejectedException {
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                JsonToken token = json.nextToken();
                switch (name) {
                    case "id", "user", "k", "candidates", "exclude" -> {
                        if (!seen.add(name)) {
                            throw new RecordRejectedException(
                                    RejectReason.DUPLICATE_FIELD, "'" + name + "' is written twice");
                        }
                        if (token != JsonToken.VALUE_NULL) {
                            readMember(name, json, token);
                        }
                    }
                    default -> json.skipChildren();
                }
            }
        }

        private void readMember(String name, JsonParser json, JsonToken token)
                throws IOException, RecordRejectedException {
            switch (name) {
                case "id" -> id = text("'id'", json, token, RecordLimits.ID_LENGTH);
                case "user" -> user = text("'user'", json, token, LONGEST_ID);
                case "k" -> k = items(json, token);
                case "candidates" -> candidates = list(name, json, token);
                case "exclude" -> excluded = list(name, json, token);
                default -> throw new AssertionError(name);
            }
        }

        private static int items(JsonParser json, JsonToken token) throws IOException, RecordRejectedException {
            String written = json.getText();
            if (token != JsonToken.VALUE_NUMBER_INT) {
                throw new RecordRejectedException(
                        RejectReason.WRONG_TYPE, "'k' must be an integer, is " + JsonObjects.kind(token));
            }
            // More digits than a long has are out of range whatever they are.
            long k = written.length() > 18 ? Long.MAX_VALUE : Long.parseLong(written);
            if (k < LEAST_ITEMS || k > MOST_ITEMS) {
                throw new RecordRejectedException(
                        RejectReason.K_OUT_OF_RANGE,
                        "'k' must be from " + LEAST_ITEMS + " to " + MOST_ITEMS + ", is "
                                + RecordRejectedException.shown(written));
            }
            return (int) k;
        }

        private static List<String> list(String name, JsonParser json, JsonToken token)
                throws IOException, RecordRejectedException {
            if (token != JsonToken.START_ARRAY) {
                throw new RecordRejectedException(
                        RejectReason.WRONG_TYPE, "'" + name + "' must be an array, is " + JsonObjects.kind(token));
            }
            List<String> items = new ArrayList<>();
            for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
                if (items.size() == MOST_LISTED) {
                    throw new RecordRejectedException(
                            RejectReason.OVERSIZED, "'" + name + "' must have at most " + MOST_LISTED + " items");
                }
                items.add(text("item " + items.size() + " of '" + name + "'", json, next, LONGEST_ID));
            }
            return items;
        }

        /** @param what as an error names it */
        private static String text(String what, JsonParser json, JsonToken token, int longest)
                throws IOException, RecordRejectedException {
            if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NUMBER_INT) {
                throw new RecordRejectedException(
                        RejectReason.WRONG_TYPE, what + " must be a text or an integer, is " + JsonObjects.kind(token));
            }
            String text = json.getText();
            if (text.isEmpty()) {
                throw new RecordRejectedException(RejectReason.MISSING_ID, what + " must not be empty");
            }
            if (text.length() > longest) {
                throw new RecordRejectedException(
                        RejectReason.OVERSIZED,
                        what + " must be at most " + longest + " characters long, is "
                                + RecordRejectedException.shown(text));
            }
            if (RecordDraft.hasUnpairedSurrogate(text)) {
                throw new RecordRejectedException(
                        RejectReason.MALFORMED, what + " must be Unicode without unpaired surrogates");
            }
            return text;
        }

        RecommendationRequest request(RecordOrigin origin) throws RecordRejectedException {
            if (user == null) {
                throw new RecordRejectedException(RejectReason.MISSING_USER, "'user' is missing");
            }
            if (k == 0) {
                throw new RecordRejectedException(
                        RejectReason.MISSING_K, "'k' is missing, the number of items to recommend");
            }
            if (candidates != null && candidates.isEmpty()) {
                throw new RecordRejectedException(
                        RejectReason.NO_CANDIDATES, "'candidates' is empty; without it all items that are known are");
            }
            return new RecommendationRequest(
                    id == null ? origin.id() : EventId.of(id),
                    origin.time(),
                    NO_SHARD,
                    user,
                    k,
                    candidates == null ? List.of() : candidates,
                    excluded == null ? List.of() : excluded);
        }
    }
}
