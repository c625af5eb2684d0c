package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.Window;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code windows}, {@code of} and {@code delay}: every statistic over every window. */
final class AggregatesReader {

    private static final int MOST_LAST = 1_000;
    private static final int MOST_DEVIATIONS = 1_000;

    private static final Set<FieldType> NUMBERS = EnumSet.of(FieldType.NUMBER);
    private static final Set<FieldType> CATEGORIES = EnumSet.of(FieldType.ID, FieldType.STRING);

    private static final String REMEDY = "list what is computed, e.g. [count, mean(amount)]";

    private final Fields fields;
    private final @Nullable Task task;

    /** @param task null where it is missing or wrong */
    AggregatesReader(Fields fields, @Nullable Task task) {
        this.fields = fields;
        this.task = task;
    }

    /** An aggregate and where it is asked for. */
    record Stated(Place place, Aggregate aggregate) {}

    /** Statistic by statistic, each over all windows; null only if a problem was found. */
    @Nullable
    List<Stated> read(Section section) {
        List<Window> windows = readWindows(section);
        Place ofPlace = section.required("of", REMEDY);
        if (ofPlace == null) {
            return null;
        }
        List<Stated> aggregates = new ArrayList<>();
        List<Place> items = ofPlace.items(REMEDY);
        boolean complete = windows != null && !items.isEmpty();
        for (Place item : items) {
            Function<Window, Aggregate> statistic = readStatistic(item);
            complete &= statistic != null;
            if (statistic != null && windows != null) {
                windows.forEach(window -> aggregates.add(new Stated(item, statistic.apply(window))));
            }
        }
        return complete ? aggregates : null;
    }

    private static @Nullable List<Window> readWindows(Section section) {
        String remedy = "list how far back to look, e.g. [1d, 7d, 30d]";
        Place place = section.required("windows", remedy);
        Place delayPlace = section.optional("delay");
        Duration delay = delayPlace == null
                ? Duration.ZERO
                : delayPlace.duration(
                        EntitiesReader.LONGEST_REACH, "set it to how long ago the windows end, e.g. 7d, or remove it");
        if (place == null) {
            return null;
        }
        List<Duration> widths = new ArrayList<>();
        List<Place> items = place.items(remedy);
        for (Place item : items) {
            Duration width = item.duration(EntitiesReader.LONGEST_REACH, remedy);
            if (width != null && width.isZero()) {
                item.problem("must be above 0", remedy);
            } else if (width != null && widths.contains(width)) {
                item.problem("must be listed once", "remove one of the two");
            } else if (width != null) {
                widths.add(width);
            }
        }
        return delay == null || items.isEmpty() || widths.size() < items.size()
                ? null
                : widths.stream().map(width -> new Window(width, delay)).toList();
    }

    private @Nullable Function<Window, Aggregate> readStatistic(Place place) {
        Statistic statistic = Statistic.read(place);
        if (statistic == null) {
            return null;
        }
        return switch (statistic.kind()) {
            case COUNT -> Aggregate.Count::new;
            case SINCE_LAST -> Aggregate.SinceLast::new;
            case SUM -> summary(Aggregate.Statistic.SUM, statistic);
            case MEAN ->
                statistic.argument(0).is("label") ? ofTargets(place) : summary(Aggregate.Statistic.MEAN, statistic);
            case MAX -> summary(Aggregate.Statistic.MAX, statistic);
            case DEVIATION -> summary(Aggregate.Statistic.DEVIATION, statistic);
            case DISTINCT -> {
                String field = fields.name(statistic.argument(0), CATEGORIES);
                yield field == null ? null : window -> new Aggregate.Distinct(field, window);
            }
            case RATIO -> comparison(Aggregate.Measure.RATIO, statistic);
            case LOG_RATIO -> comparison(Aggregate.Measure.LOG_RATIO, statistic);
            case Z_SCORE -> comparison(Aggregate.Measure.Z_SCORE, statistic);
            case UNUSUAL -> unusual(statistic);
            case RATE -> ofLabels(place, Aggregate.Rate::new);
            case POSITIVES -> ofLabels(place, Aggregate.Positives::new);
            case SINCE_POSITIVE -> ofLabels(place, Aggregate.SincePositive::new);
            case POSITIVES_AMONG_LAST -> positivesAmongLast(place, statistic);
        };
    }

    private @Nullable Function<Window, Aggregate> summary(Aggregate.Statistic kind, Statistic statistic) {
        String field = fields.name(statistic.argument(0), NUMBERS);
        return field == null ? null : window -> new Aggregate.Summary(kind, field, window);
    }

    private @Nullable Function<Window, Aggregate> comparison(Aggregate.Measure measure, Statistic statistic) {
        String field = fields.name(statistic.argument(0), NUMBERS);
        return field == null ? null : window -> new Aggregate.Comparison(measure, field, window);
    }

    private @Nullable Function<Window, Aggregate> unusual(Statistic statistic) {
        String field = fields.name(statistic.argument(0), NUMBERS);
        double deviations = statistic
                .argument(1)
                .number(
                        Double.NaN,
                        Range.aboveAndAtMost(0, MOST_DEVIATIONS),
                        "set it to how many standard deviations above the mean are unusual, e.g. 4");
        String pastRemedy = "set it to how far back an event is compared, e.g. 90d";
        Duration past = statistic.argument(2).duration(EntitiesReader.LONGEST_REACH, pastRemedy);
        if (past != null && past.isZero()) {
            statistic.argument(2).problem("must be above 0", pastRemedy);
        }
        return field == null || Double.isNaN(deviations) || past == null || past.isZero()
                ? null
                : window -> new Aggregate.Unusual(field, deviations, past, window);
    }

    private @Nullable Function<Window, Aggregate> positivesAmongLast(Place place, Statistic statistic) {
        int last = statistic
                .argument(0)
                .integer(0, 1, MOST_LAST, "set it to how many of the newest labelled events count, e.g. 10");
        return last == 0 ? null : ofLabels(place, window -> new Aggregate.PositivesAmongLast(last, window));
    }

    private @Nullable Function<Window, Aggregate> ofTargets(Place place) {
        if (task != null && task != Task.REGRESSION) {
            place.problem("makes sense for a regression only", "write rate(label), or change model.task");
            return null;
        }
        if (!fields.areLabelsKnownAtOnce()) {
            place.problem(
                    "needs labels that are known with their events",
                    "remove it, or name the field of the event that holds the label, without a delay");
            return null;
        }
        return Aggregate.MeanTarget::new;
    }

    private @Nullable Function<Window, Aggregate> ofLabels(Place place, Function<Window, Aggregate> statistic) {
        if (task != null && task != Task.BINARY) {
            place.problem(
                    "makes sense for a binary task only, where labels are positive or negative",
                    "remove it, or change model.task");
            return null;
        }
        return statistic;
    }
}
