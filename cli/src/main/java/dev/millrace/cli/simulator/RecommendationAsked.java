package dev.millrace.cli.simulator;

import java.time.Instant;

/**
 * A listener comes back and asks what to play.
 *
 * @param id of the request
 * @param nextTrack the truth, which its record does not tell: what the listener plays next, whatever is recommended
 */
public record RecommendationAsked(String id, int listener, int k, int nextTrack, Instant time)
        implements SimulatedRecord {

    @Override
    public Kind kind() {
        return Kind.REQUEST;
    }

    @Override
    public String json() {
        return "{\"id\":\"" + id + "\",\"user\":\"" + listener + "\",\"k\":" + k + "}";
    }
}
