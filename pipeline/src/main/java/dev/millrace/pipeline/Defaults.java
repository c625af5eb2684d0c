package dev.millrace.pipeline;

import dev.millrace.events.RecordFormat;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** What holds where a pipeline file is silent. Settings of an optimiser default as its spec says. */
final class Defaults {

    static final String BOOTSTRAP_SERVERS = "localhost:9092";

    static final RecordFormat FORMAT = new RecordFormat.Json();
    static final ZoneId ZONE = ZoneOffset.UTC;
    static final Duration MAX_OUT_OF_ORDERNESS = Duration.ofSeconds(5);
    static final Duration MAX_AHEAD = Duration.ofDays(1);

    static final MissingLabel MISSING = MissingLabel.DROP;

    static final Duration HISTORY_WITHIN = Duration.ofDays(90);

    static final Activation ACTIVATION = Activation.RELU;
    static final OptimizerSpec OPTIMIZER = new OptimizerSpec.Adam(OptimizerSpec.Adam.DEFAULT_LEARNING_RATE);
    static final long SEED = 42;
    static final EngineChoice ENGINE = EngineChoice.AUTO;

    static final int SHARDS = 1;
    static final int BATCH_ROWS = 256;
    static final float NEGATIVES = 1;

    static final int ALERTS_PER_DAY = 100;
    static final int ALERT_REASONS = 5;

    static final Delivery DELIVERY = Delivery.AT_LEAST_ONCE;

    private Defaults() {}

    static LossSpec loss(Task task) {
        return switch (task) {
            case BINARY, MULTICLASS -> new LossSpec.CrossEntropy();
            case REGRESSION -> new LossSpec.MeanSquaredError();
            case RANKING -> new LossSpec.ListwiseSoftmax();
        };
    }

    static String predictionsTopic(String pipeline) {
        return pipeline + "-predictions";
    }

    static String metricsTopic(String pipeline) {
        return pipeline + "-metrics";
    }

    static String recommendationsTopic(String pipeline) {
        return pipeline + "-recommendations";
    }

    static String alertsTopic(String pipeline) {
        return pipeline + "-alerts";
    }

    static String deadLettersTopic(String pipeline) {
        return pipeline + "-dead-letters";
    }
}
