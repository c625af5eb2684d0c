package dev.millrace.pipeline;

import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.OptimizerSpec.Adagrad;
import dev.millrace.networks.OptimizerSpec.Adam;
import dev.millrace.networks.OptimizerSpec.AdamW;
import dev.millrace.networks.OptimizerSpec.AmsGrad;
import dev.millrace.networks.OptimizerSpec.Ftrl;
import dev.millrace.networks.OptimizerSpec.Momentum;
import dev.millrace.networks.OptimizerSpec.Nesterov;
import dev.millrace.networks.OptimizerSpec.RmsProp;
import dev.millrace.networks.OptimizerSpec.Scheduled;
import dev.millrace.networks.OptimizerSpec.Sgd;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code optimizer}. */
final class OptimizerReader {

    private static final Set<String> OPTIMIZERS = new LinkedHashSet<>(
            List.of("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "amsgrad", "ftrl"));

    private static final Range RATE = Range.aboveAndAtMost(0, 1000);
    private static final Range SHARE = Range.fromAndBelow(0, 1);
    private static final Range PENALTY = Range.from(0, 1000);
    private static final Range EPSILON = Range.aboveAndAtMost(0, 1);

    /** Null: no settings are written, all are at their defaults. */
    private final @Nullable Section settings;

    private OptimizerReader(@Nullable Section settings) {
        this.settings = settings;
    }

    /** The default where something is wrong. */
    static OptimizerSpec read(@Nullable Place place) {
        Variant variant = place == null ? null : Variant.of(place, OPTIMIZERS);
        if (variant == null) {
            return Defaults.OPTIMIZER;
        }
        try (Section settings = variant.settings()) {
            OptimizerSpec optimizer = new OptimizerReader(settings).read(variant.kind());
            Place schedule = settings == null || optimizer instanceof Ftrl ? null : settings.optional("schedule");
            return schedule == null ? optimizer : new Scheduled(optimizer, ScheduleReader.read(schedule));
        }
    }

    private OptimizerSpec read(String kind) {
        return switch (kind) {
            case "sgd" -> new Sgd(rate(Sgd.DEFAULT_LEARNING_RATE));
            case "momentum" ->
                new Momentum(rate(Momentum.DEFAULT_LEARNING_RATE), share("momentum", Momentum.DEFAULT_MOMENTUM));
            case "nesterov" ->
                new Nesterov(rate(Nesterov.DEFAULT_LEARNING_RATE), share("momentum", Nesterov.DEFAULT_MOMENTUM));
            case "adagrad" -> new Adagrad(rate(Adagrad.DEFAULT_LEARNING_RATE), epsilon(Adagrad.DEFAULT_EPSILON));
            case "rmsprop" ->
                new RmsProp(
                        rate(RmsProp.DEFAULT_LEARNING_RATE),
                        share("decay", RmsProp.DEFAULT_DECAY),
                        epsilon(RmsProp.DEFAULT_EPSILON));
            case "adam" ->
                new Adam(
                        rate(Adam.DEFAULT_LEARNING_RATE),
                        share("beta1", Adam.DEFAULT_BETA1),
                        share("beta2", Adam.DEFAULT_BETA2),
                        epsilon(Adam.DEFAULT_EPSILON));
            case "adamw" -> adamW();
            case "amsgrad" ->
                new AmsGrad(
                        rate(Adam.DEFAULT_LEARNING_RATE),
                        share("beta1", Adam.DEFAULT_BETA1),
                        share("beta2", Adam.DEFAULT_BETA2),
                        epsilon(Adam.DEFAULT_EPSILON));
            case "ftrl" ->
                new Ftrl(
                        rate(Ftrl.DEFAULT_LEARNING_RATE),
                        real("beta", Ftrl.DEFAULT_BETA, RATE),
                        real("l1", 0, PENALTY),
                        real("l2", 0, PENALTY));
            default -> throw new AssertionError("no optimiser " + kind);
        };
    }

    private OptimizerSpec adamW() {
        float rate = rate(Adam.DEFAULT_LEARNING_RATE);
        return new AdamW(
                rate,
                share("beta1", Adam.DEFAULT_BETA1),
                share("beta2", Adam.DEFAULT_BETA2),
                epsilon(Adam.DEFAULT_EPSILON),
                real(
                        "weight-decay",
                        Math.min(AdamW.DEFAULT_WEIGHT_DECAY, 0.5f / rate),
                        new Range(0, true, 0.999 / rate, false, "at least 0 and below 1 / learning-rate")));
    }

    private float rate(float fallback) {
        return real("learning-rate", fallback, RATE);
    }

    private float share(String key, float fallback) {
        return real(key, fallback, SHARE);
    }

    private float epsilon(float fallback) {
        return real("epsilon", fallback, EPSILON);
    }

    private float real(String key, float fallback, Range range) {
        Place place = settings == null ? null : settings.optional(key);
        return place == null ? fallback : place.real(fallback, range, "the usual value is " + fallback);
    }
}
