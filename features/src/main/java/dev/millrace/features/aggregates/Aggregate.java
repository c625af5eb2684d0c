package dev.millrace.features.aggregates;

import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;

/**
 * One number that the past of an event's entity says about it. All of them look at events of the same entity in one {@link
 * Window}, that have entered before the event: among events of the same time those before it in the event-time order.
 *
 * <p>A label counts at t only if it became known by t. "Labelled" events are those whose label is known, assumed ones included; positive is a
 * label above 0.5, the second class.
 *
 * <p>Beyond {@link EntityAggregator#EXACT_EVENTS} events of an entity the oldest are known by sums over stretches of time. Of a
 * stretch that a window cuts, the part counts that lies inside, as if its events were spread evenly: counts are then no whole numbers.
 */
public sealed interface Aggregate extends Serializable {

    Window window();

    /** Whether it tells of labels. */
    default boolean readsLabels() {
        return this instanceof Rate
                || this instanceof Positives
                || this instanceof SincePositive
                || this instanceof PositivesAmongLast;
    }

    /** How it is written, and what the model knows it by: {@code mean(amount, customer_id, 7d)}. */
    String name(String entity);

    /** Number of events; 0 if there are none. */
    record Count(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "count(" + entity + ", " + window + ")";
        }
    }

    /** Of the values of a numeric field that are not missing, the event's own included; NaN if there are none, a sum 0. */
    record Summary(Statistic statistic, String field, Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return written(statistic) + "(" + field + ", " + entity + ", " + window + ")";
        }
    }

    /** What {@link Summary} tells of values. */
    enum Statistic {
        SUM,
        MEAN,
        MAX,
        /** Standard deviation of the population: the square root of the mean squared distance from the mean. */
        DEVIATION
    }

    /**
     * Mean of the targets of the events before it, as far as they were known with their events; NaN if there are none.
     */
    record MeanTarget(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "mean(label, " + entity + ", " + window + ")";
        }
    }

    /** Number of different values of a field that are not missing: exact for few, an estimate for many. */
    record Distinct(String field, Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "distinct(" + field + ", " + entity + ", " + window + ")";
        }
    }

    /** Seconds since the newest event in the window but the event itself; NaN if there is none. */
    record SinceLast(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "since-last(" + entity + ", " + window + ")";
        }
    }

    /** Positives among the labelled events; 0 if none is labelled. */
    record Rate(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "rate(label, " + entity + ", " + window + ")";
        }
    }

    /** Number of events known to be positive. */
    record Positives(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "positives(label, " + entity + ", " + window + ")";
        }
    }

    /** Seconds since the newest event known to be positive; NaN if there is none. */
    record SincePositive(Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "since-positive(label, " + entity + ", " + window + ")";
        }
    }

    /**
     * Number of positives among the newest labelled events.
     *
     * @param last how many events at most, at least 1
     */
    record PositivesAmongLast(int last, Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return "positives-among-last(" + last + ", " + entity + ", " + window + ")";
        }
    }

    /**
     * The event's value of a numeric field beside those of the events before it, n of them in the window with mean m and standard
     * deviation s; NaN where n or the value is missing.
     */
    record Comparison(Measure measure, String field, Window window) implements Aggregate {
        @Override
        public String name(String entity) {
            return written(measure) + "(" + field + ", " + entity + ", " + window + ")";
        }
    }

    /** How {@link Comparison} compares a value x. */
    enum Measure {
        /** x / m; NaN if m is 0. */
        RATIO,
        /** ln(x / m); NaN unless both are above 0. */
        LOG_RATIO,
        /** (x − m) / s; NaN if n is below 2 or s is 0. */
        Z_SCORE
    }

    /**
     * Number of events in the window, the event itself included, whose value of a numeric field was unusual when they came: more
     * than {@code deviations} standard deviations above the mean of the events before them, as {@link Measure#Z_SCORE} compares. What comes late
     * does not change it any more.
     *
     * @param deviations above 0
     * @param past how far back from its own time an event is compared, whole milliseconds above 0; may be longer than the window
     */
    record Unusual(String field, double deviations, Duration past, Window window) implements Aggregate {

        /** Compared with a past as long as the window. */
        public Unusual(String field, double deviations, Window window) {
            this(field, deviations, window.width(), window);
        }

        /** What the events are compared with. */
        Comparison comparison() {
            return new Comparison(Measure.Z_SCORE, field, Window.of(past));
        }

        @Override
        public String name(String entity) {
            return "unusual(" + field + ", " + deviations + ", " + Window.of(past) + ", " + entity + ", " + window
                    + ")";
        }
    }

    private static String written(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
