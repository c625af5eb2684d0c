package dev.millrace.connectors.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.events.EventId;
import dev.millrace.events.RecommendationRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestParserTest {

    private static final RecordOrigin ORIGIN = new RecordOrigin("requests", 3, 42, 1_000, null);

    private final RequestParser parser = new RequestParser(RecordLimits.DEFAULT);

    @Test
    void readsAllOfARequest() throws Exception {
        assertThat(
                        parse(
                                """
                        {"id":"r1","user":"42","k":10,"candidates":["a",7],"exclude":["b"],"later":{"x":[null]}}"""))
                .isEqualTo(new RecommendationRequest(
                        EventId.of("r1"), 1_000, 0, "42", 10, List.of("a", "7"), List.of("b")));
    }

    @Test
    void needsUserAndNumberOnly() throws Exception {
        RecommendationRequest least =
                new RecommendationRequest(EventId.of("requests-3-42"), 1_000, 0, "42", 1_000, List.of(), List.of());

        assertThat(parse("{\"user\":42,\"k\":1000}")).isEqualTo(least);
        assertThat(parse(
                        "{\"k\":1000,\"user\":\"42\",\"id\":null,\"candidates\":null,\"exclude\":null,\"exclude2\":1}"))
                .isEqualTo(least);
        assertThat(parse("{\"k\":1000,\"user\":\"42\",\"exclude\":[]}")).isEqualTo(least);
    }

    @Test
    void takesWhatIsJustWithinTheLimits() throws Exception {
        String user = "u".repeat(1_024);
        RecommendationRequest request =
                parse("{\"user\":\"" + user + "\",\"k\":1,\"candidates\":" + list("\"é\"", 10_000) + "}");

        assertThat(request.user()).isEqualTo(user);
        assertThat(request.candidates()).hasSize(10_000).containsOnly("é");
    }

    static Stream<Arguments> rejected() {
        return Stream.of(
                Arguments.of("", RejectReason.EMPTY, "the record has no value"),
                Arguments.of(" ", RejectReason.EMPTY, "the record is white space alone"),
                Arguments.of("[]", RejectReason.WRONG_TYPE, "the record must be a JSON object, is an array"),
                Arguments.of("{\"user\":\"u\",\"k\":", RejectReason.MALFORMED, "not JSON: "),
                Arguments.of("{\"user\":\"u\",\"k\":1} x", RejectReason.MALFORMED, "not JSON: "),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1}{}",
                        RejectReason.MALFORMED,
                        "something follows the JSON object of the record"),
                Arguments.of("{\"k\":1}", RejectReason.MISSING_USER, "'user' is missing"),
                Arguments.of("{\"user\":null,\"k\":1}", RejectReason.MISSING_USER, "'user' is missing"),
                Arguments.of("{\"user\":\"\",\"k\":1}", RejectReason.MISSING_ID, "'user' must not be empty"),
                Arguments.of(
                        "{\"user\":1.5,\"k\":1}",
                        RejectReason.WRONG_TYPE,
                        "'user' must be a text or an integer, is a number"),
                Arguments.of(
                        "{\"user\":{\"id\":1},\"k\":1}",
                        RejectReason.WRONG_TYPE,
                        "'user' must be a text or an integer, is an object"),
                Arguments.of(
                        "{\"user\":\"" + "x".repeat(1_025) + "\",\"k\":1}",
                        RejectReason.OVERSIZED,
                        "'user' must be at most 1024 characters long, is '" + "x".repeat(64) + "…' (1025 characters)"),
                Arguments.of(
                        "{\"user\":\"" + "x".repeat(1 << 20) + "\",\"k\":1}",
                        RejectReason.OVERSIZED,
                        "the record has 1048593 bytes, allowed are 921600"),
                Arguments.of(
                        "{\"user\":\"\\ud800\",\"k\":1}",
                        RejectReason.MALFORMED,
                        "'user' must be Unicode without unpaired surrogates"),
                Arguments.of(
                        "{\"user\":\"u\",\"user\":\"v\",\"k\":1}",
                        RejectReason.DUPLICATE_FIELD,
                        "'user' is written twice"),
                Arguments.of(
                        "{\"user\":\"u\"}", RejectReason.MISSING_K, "'k' is missing, the number of items to recommend"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":0}", RejectReason.K_OUT_OF_RANGE, "'k' must be from 1 to 1000, is '0'"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":-1}",
                        RejectReason.K_OUT_OF_RANGE,
                        "'k' must be from 1 to 1000, is '-1'"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1000000}",
                        RejectReason.K_OUT_OF_RANGE,
                        "'k' must be from 1 to 1000, is '1000000'"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":99999999999999999999}",
                        RejectReason.K_OUT_OF_RANGE,
                        "'k' must be from 1 to 1000, is '99999999999999999999'"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":\"10\"}", RejectReason.WRONG_TYPE, "'k' must be an integer, is a text"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1.5}", RejectReason.WRONG_TYPE, "'k' must be an integer, is a number"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"candidates\":\"a\"}",
                        RejectReason.WRONG_TYPE,
                        "'candidates' must be an array, is a text"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"candidates\":[]}",
                        RejectReason.NO_CANDIDATES,
                        "'candidates' is empty; without it all items that are known are"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"candidates\":[\"a\",null]}",
                        RejectReason.WRONG_TYPE,
                        "item 1 of 'candidates' must be a text or an integer, is null"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"exclude\":[\"\"]}",
                        RejectReason.MISSING_ID,
                        "item 0 of 'exclude' must not be empty"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"exclude\":" + list("1", 10_001) + "}",
                        RejectReason.OVERSIZED,
                        "'exclude' must have at most 10000 items"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"id\":\"" + "x".repeat(257) + "\"}",
                        RejectReason.OVERSIZED,
                        "'id' must be at most 256 characters long"),
                Arguments.of(
                        "{\"user\":\"u\",\"k\":1,\"x\":" + "[".repeat(40) + "]}",
                        RejectReason.TOO_DEEP,
                        "nested deeper than 32 objects and arrays"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void saysWhyARequestCannotBeAnswered(String request, RejectReason reason, String detail) {
        RecordRejectedException rejected = catchThrowableOfType(RecordRejectedException.class, () -> parse(request));

        assertThat(rejected.detail()).startsWith(detail);
        assertThat(rejected.reason()).isEqualTo(reason);
    }

    @Test
    void needsATime() {
        RecordRejectedException rejected = catchThrowableOfType(
                RecordRejectedException.class,
                () -> parser.parse(bytes("{\"user\":1,\"k\":1}"), new RecordOrigin("requests", 0, 0, -1, null)));

        assertThat(rejected.reason()).isEqualTo(RejectReason.MISSING_TIME);
    }

    private RecommendationRequest parse(String request) throws RecordRejectedException {
        return parser.parse(bytes(request), ORIGIN);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String list(String item, int count) {
        return "[" + String.join(",", Collections.nCopies(count, item)) + "]";
    }
}
