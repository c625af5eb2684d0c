package dev.millrace.cli.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a simulator emits, in the order of time. */
public sealed interface SimulatedRecord permits Transaction, FraudLabel, Play, RecommendationAsked {

    /** Which stream a record belongs to. */
    enum Kind {
        EVENT,
        LABEL,
        REQUEST
    }

    Kind kind();

    /** When the record came into being, to the second. */
    Instant time();

    String json();

    default byte[] bytes() {
        return json().getBytes(StandardCharsets.UTF_8);
    }
}
