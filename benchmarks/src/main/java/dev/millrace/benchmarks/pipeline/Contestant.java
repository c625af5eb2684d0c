package dev.millrace.benchmarks.pipeline;

import dev.millrace.networks.EngineChoice;
import dev.millrace.operators.order.Order;
import java.util.Locale;

/**
 * One of those that are measured beside each other.
 *
 * @param kind what it does with an event
 * @param features what the model sees of an event
 * @param backend of Flink's state
 * @param order in which records are handled; without meaning for the bare loop
 * @param engine that scores and trains; without meaning where nothing does
 * @param parallelism subtasks or threads, and shards
 */
record Contestant(Kind kind, Features features, Backend backend, Order order, EngineChoice engine, int parallelism) {

    enum Kind {
        /** The job as it is: score, train, write the prediction. */
        PIPELINE,
        /** The same job with a learner that gives every event the same score. */
        PASS_THROUGH,
        /** Kafka's clients, our parser, our writer, nothing between. */
        BARE_LOOP
    }

    enum Features {
        /** The numbers of the event; its label is known at once. */
        NUMBERS,
        /** And aggregates of its card and its terminal; its label comes ten minutes later. */
        AGGREGATES
    }

    enum Backend {
        HASHMAP,
        ROCKSDB
    }

    /** As an argument of a process. */
    String name() {
        return "%s:%s:%s:%s:%s:%d"
                .formatted(kind, features, backend, order, engine, parallelism)
                .toLowerCase(Locale.ROOT);
    }

    /** For topics and files. */
    String fileName() {
        return name().replace(':', '-').replace('_', '-');
    }

    static Contestant named(String name) {
        String[] parts = name.toUpperCase(Locale.ROOT).split(":", -1);
        return new Contestant(
                Kind.valueOf(parts[0]),
                Features.valueOf(parts[1]),
                Backend.valueOf(parts[2]),
                Order.valueOf(parts[3]),
                EngineChoice.valueOf(parts[4]),
                Integer.parseInt(parts[5]));
    }

    static Contestant pipeline(Order order, EngineChoice engine, int parallelism) {
        return ofNumbers(Kind.PIPELINE, order, engine, parallelism);
    }

    static Contestant passThrough(Order order, int parallelism) {
        return ofNumbers(Kind.PASS_THROUGH, order, EngineChoice.AUTO, parallelism);
    }

    static Contestant bareLoop(int parallelism) {
        return ofNumbers(Kind.BARE_LOOP, Order.ARRIVAL, EngineChoice.AUTO, parallelism);
    }

    private static Contestant ofNumbers(Kind kind, Order order, EngineChoice engine, int parallelism) {
        return new Contestant(kind, Features.NUMBERS, Backend.HASHMAP, order, engine, parallelism);
    }

    static Contestant ofAggregates(Kind kind, Backend backend) {
        return new Contestant(kind, Features.AGGREGATES, backend, Order.ARRIVAL, EngineChoice.AUTO, 1);
    }
}
