package dev.millrace.cli.simulator;

import java.time.Instant;

/**
 * A listener plays a track for the first time.
 *
 * @param id counts from 0 in the order of time
 */
public record Play(long id, int listener, int track, Instant time) implements SimulatedRecord {

    @Override
    public Kind kind() {
        return Kind.EVENT;
    }

    @Override
    public String json() {
        return "{\"play_id\":\"" + id + "\",\"listener\":" + listener + ",\"track\":" + track + ",\"time\":\"" + time
                + "\"}";
    }
}
