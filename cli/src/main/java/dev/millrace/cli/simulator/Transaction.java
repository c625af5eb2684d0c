package dev.millrace.cli.simulator;

import java.time.Instant;

/**
 * A card payment.
 *
 * @param id counts from 0 in the order of time
 * @param cents amount in hundredths
 * @param fraud the truth, which its record does not tell
 */
public record Transaction(long id, int customer, int terminal, long cents, Instant time, boolean fraud)
        implements SimulatedRecord {

    @Override
    public Kind kind() {
        return Kind.EVENT;
    }

    @Override
    public String json() {
        return "{\"transaction_id\":\"" + id + "\",\"customer_id\":" + customer + ",\"terminal_id\":" + terminal
                + ",\"amount\":" + cents / 100 + (cents % 100 < 10 ? ".0" : ".") + cents % 100 + ",\"time\":\"" + time
                + "\"}";
    }
}
