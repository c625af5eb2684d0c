package dev.millrace.features.aggregates;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.features.aggregates.Aggregate.Statistic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Aggregate} and {@link History} say, word by word: every event of one entity is kept for ever, and every number is computed
 * from the whole list. It has nothing in common with {@link EntityAggregator}.
 */
final class NaiveEntity {

    private static final class Entry {
        final Event event;
        float label = Event.NO_LABEL;
        float knownLabel = Event.NO_LABEL;
        long labelTime;
        final Set<Aggregate> unusual = new HashSet<>();

        Entry(Event event) {
            this.event = event;
        }
    }

    private record Early(EventId id, long eventTime, float label, long labelTime) {}

    private final EventSchema schema;
    private final EntityFeatures features;
    /** By time, then by the order of entry. */
    private final List<Entry> entries = new ArrayList<>();

    private final List<Early> early = new ArrayList<>();

    NaiveEntity(EventSchema schema, EntityFeatures features) {
        this.schema = schema;
        this.features = features;
    }

    double[] observe(Event event, float knownLabel) {
        Entry entry = new Entry(event);
        int place = entries.size();
        while (place > 0 && entries.get(place - 1).event.time() > event.time()) {
            place--;
        }
        entries.add(place, entry);
        List<Double> numbers = new ArrayList<>();
        List<Entry> seen = List.copyOf(entries.subList(0, place + 1));
        for (Aggregate aggregate : features.aggregates()) {
            if (aggregate instanceof Aggregate.Unusual unusual
                    && score(unusual.field(), Window.of(unusual.past()), seen, entry) > unusual.deviations()) {
                entry.unusual.add(unusual);
            }
        }
        for (Aggregate aggregate : features.aggregates()) {
            numbers.add(number(aggregate, seen, entry));
        }
        if (features.history() != null) {
            history(features.history(), seen, numbers);
        }
        if (!Float.isNaN(knownLabel)) {
            entry.label = knownLabel;
            entry.knownLabel = knownLabel;
            entry.labelTime = event.time();
        }
        for (Early each : List.copyOf(early)) {
            if (each.id.equals(event.id()) && each.eventTime == event.time()) {
                entry.label = each.label;
                entry.labelTime = each.labelTime;
                early.remove(each);
            }
        }
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    void resolve(EventId id, long eventTime, float label, long labelTime) {
        for (Entry entry : entries) {
            if (entry.event.id().equals(id) && entry.event.time() == eventTime) {
                entry.label = label;
                entry.labelTime = labelTime;
                return;
            }
        }
        early.removeIf(each -> each.id.equals(id) && each.eventTime == eventTime);
        early.add(new Early(id, eventTime, label, labelTime));
    }

    private double number(Aggregate aggregate, List<Entry> seen, Entry self) {
        List<Entry> inside = inside(aggregate.window(), seen, self);
        long now = self.event.time();
        if (aggregate instanceof Aggregate.Count) {
            return inside.size();
        } else if (aggregate instanceof Aggregate.Summary summary) {
            return summary(summary.statistic(), values(summary.field(), inside));
        } else if (aggregate instanceof Aggregate.MeanTarget) {
            return summary(
                    Statistic.MEAN,
                    without(inside, self).stream()
                            .map(entry -> (double) entry.knownLabel)
                            .filter(label -> !label.isNaN())
                            .toList());
        } else if (aggregate instanceof Aggregate.Distinct distinct) {
            return inside.stream()
                    .map(entry -> text(entry.event, distinct.field()))
                    .filter(Objects::nonNull)
                    .distinct()
                    .count();
        } else if (aggregate instanceof Aggregate.SinceLast) {
            return seconds(now, without(inside, self));
        } else if (aggregate instanceof Aggregate.Rate) {
            List<Entry> labelled = labelled(inside, now);
            return labelled.isEmpty() ? 0 : positives(labelled).size() / (double) labelled.size();
        } else if (aggregate instanceof Aggregate.Positives) {
            return positives(labelled(inside, now)).size();
        } else if (aggregate instanceof Aggregate.SincePositive) {
            return seconds(now, positives(labelled(inside, now)));
        } else if (aggregate instanceof Aggregate.PositivesAmongLast last) {
            List<Entry> labelled = labelled(inside, now);
            return positives(labelled.subList(Math.max(0, labelled.size() - last.last()), labelled.size()))
                    .size();
        } else if (aggregate instanceof Aggregate.Comparison comparison) {
            List<Double> values = values(comparison.field(), without(inside, self));
            double value = self.event.number(schema.slot(comparison.field()));
            double mean = summary(Statistic.MEAN, values);
            return switch (comparison.measure()) {
                case RATIO -> mean == 0 ? Double.NaN : value / mean;
                case LOG_RATIO -> value > 0 && mean > 0 ? StrictMath.log(value / mean) : Double.NaN;
                case Z_SCORE -> score(comparison.field(), comparison.window(), seen, self);
            };
        } else if (aggregate instanceof Aggregate.Unusual unusual) {
            return inside.stream()
                    .filter(entry -> entry.unusual.contains(unusual))
                    .count();
        }
        throw new AssertionError(aggregate);
    }

    private double score(String field, Window window, List<Entry> seen, Entry self) {
        List<Double> values = values(field, without(inside(window, seen, self), self));
        double deviation = summary(Statistic.DEVIATION, values);
        double value = self.event.number(schema.slot(field));
        boolean same = values.stream().distinct().count() < 2;
        return same ? Double.NaN : (value - summary(Statistic.MEAN, values)) / deviation;
    }

    private void history(History history, List<Entry> seen, List<Double> numbers) {
        Entry self = seen.get(seen.size() - 1);
        for (int step = 1; step <= history.last(); step++) {
            int at = seen.size() - history.last() + step - 1;
            boolean present = at >= 0
                    && seen.get(at).event.time()
                            > self.event.time() - history.within().toMillis();
            numbers.add(present ? 1.0 : 0.0);
            for (History.Channel channel : history.channels()) {
                if (!present) {
                    numbers.add(Double.NaN);
                } else if (channel instanceof History.Value value) {
                    double number = seen.get(at).event.number(schema.slot(value.field()));
                    for (var transform : value.transforms()) {
                        number = transform.apply(number);
                    }
                    numbers.add(number);
                } else {
                    numbers.add(StrictMath.log1p(
                            (self.event.time() - seen.get(at).event.time()) / 1000.0));
                }
            }
        }
    }

    private static List<Entry> inside(Window window, List<Entry> seen, Entry self) {
        long newest = self.event.time() - window.delay().toMillis();
        long oldest = newest - window.width().toMillis();
        return seen.stream()
                .filter(entry -> entry.event.time() > oldest && entry.event.time() <= newest)
                .toList();
    }

    private static List<Entry> without(List<Entry> entries, Entry self) {
        return entries.stream().filter(entry -> entry != self).toList();
    }

    private static List<Entry> labelled(List<Entry> entries, long now) {
        return entries.stream()
                .filter(entry -> !Float.isNaN(entry.label) && entry.labelTime <= now)
                .toList();
    }

    private static List<Entry> positives(List<Entry> labelled) {
        return labelled.stream().filter(entry -> entry.label == 1).toList();
    }

    private static double seconds(long now, List<Entry> entries) {
        return entries.isEmpty()
                ? Double.NaN
                : (now - entries.get(entries.size() - 1).event.time()) / 1000.0;
    }

    private List<Double> values(String field, List<Entry> entries) {
        int slot = schema.slot(field);
        return entries.stream()
                .map(entry -> entry.event.number(slot))
                .filter(value -> !value.isNaN())
                .toList();
    }

    private static double summary(Statistic statistic, List<Double> values) {
        if (values.isEmpty()) {
            return statistic == Statistic.SUM ? 0 : Double.NaN;
        }
        double sum = values.stream().mapToDouble(Double::doubleValue).sum();
        double mean = sum / values.size();
        return switch (statistic) {
            case SUM -> sum;
            case MEAN -> mean;
            case MAX -> values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
            case DEVIATION ->
                Math.sqrt(values.stream()
                        .mapToDouble(value -> (value - mean) * (value - mean))
                        .average()
                        .orElseThrow());
        };
    }

    private @Nullable String text(Event event, String field) {
        return event.text(schema.slot(field));
    }
}
