package dev.millrace.connectors;

import java.io.Serializable;
import java.time.Duration;

/**
 * What all sinks of a pipeline have in common.
 *
 * @param pipeline name of the pipeline; with the name of a sink it makes its transactional ids, so that no two jobs on
 *     the same brokers may share it
 * @param transactionTimeout with exactly-once: longer than the time between two checkpoints and a restart together, or
 *     records are lost; at most the brokers' {@code transaction.max.timeout.ms}, 15 minutes unless configured
 */
public record SinkOptions(KafkaConnection kafka, String pipeline, Delivery delivery, Duration transactionTimeout)
        implements Serializable {

    /** What every broker allows. */
    public static final Duration DEFAULT_TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    /** How often a record may appear in its topic after a failure. */
    public enum Delivery {
        /** What followed the last checkpoint is written again. */
        AT_LEAST_ONCE,
        /** Written in transactions that end with a checkpoint: readers need {@code isolation.level=read_committed}. */
        EXACTLY_ONCE
    }

    public SinkOptions {
        if (pipeline.isBlank()) {
            throw new IllegalArgumentException("the pipeline needs a name: transactional ids are made of it");
        }
        if (transactionTimeout.toMillis() < 1 || transactionTimeout.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the transaction timeout must be from 1 ms to 24 days, got " + transactionTimeout);
        }
    }

    public SinkOptions(KafkaConnection kafka, String pipeline, Delivery delivery) {
        this(kafka, pipeline, delivery, DEFAULT_TRANSACTION_TIMEOUT);
    }
}
