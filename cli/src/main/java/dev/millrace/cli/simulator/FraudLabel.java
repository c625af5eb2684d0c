package dev.millrace.cli.simulator;

import java.time.Instant;

/**
 * The outcome of an investigation.
 *
 * @param transactionId of an earlier {@link Transaction}
 * @param time when the outcome was known
 */
public record FraudLabel(long transactionId, boolean fraud, Instant time) implements SimulatedRecord {

    @Override
    public Kind kind() {
        return Kind.LABEL;
    }

    @Override
    public String json() {
        return "{\"transaction_id\":\"" + transactionId + "\",\"is_fraud\":" + (fraud ? 1 : 0) + ",\"confirmed_at\":\""
                + time + "\"}";
    }
}
