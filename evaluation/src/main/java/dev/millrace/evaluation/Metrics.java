package dev.millrace.evaluation;

import java.io.Serializable;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ObjDoubleConsumer;

/**
 * Named measures in the order of {@link Metric}. One that is not defined, as the ROC AUC of a single class, is absent;
 * every value is finite.
 */
public record Metrics(Map<Metric, Double> values) implements Serializable {

    public static final Metrics NONE = new Metrics(Map.of());

    public Metrics {
        Map<Metric, Double> ordered = new EnumMap<>(Metric.class);
        values.forEach((metric, value) -> {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        metric.key() + " must be finite, got " + value + "; leave out what is not defined");
            }
            ordered.put(metric, value);
        });
        values = Collections.unmodifiableMap(ordered);
    }

    public OptionalDouble get(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    public void forEach(ObjDoubleConsumer<Metric> consumer) {
        values.forEach(consumer::accept);
    }

    /** Collects measures; what is empty or not finite is left out. */
    static final class Builder {

        private final Map<Metric, Double> values = new EnumMap<>(Metric.class);

        Builder with(Metric metric, double value) {
            if (Double.isFinite(value)) {
                values.put(metric, value);
            }
            return this;
        }

        Builder with(Metric metric, OptionalDouble value) {
            value.ifPresent(present -> with(metric, present));
            return this;
        }

        Metrics build() {
            return values.isEmpty() ? NONE : new Metrics(values);
        }
    }
}
