package dev.millrace.features.aggregates;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.events.ResolvedLabel;
import dev.millrace.events.StableHash;
import dev.millrace.features.Category;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes what one kind of entity adds to its events. Not thread-safe; the logs hold all that lasts.
 *
 * <p><b>Order.</b> Events enter in the order in which {@link #observe} is called. One that comes late, earlier than the newest that has
 * entered, takes its place in time, after those of the same time. Its numbers see only what lies before that place and labels known by
 * its time; numbers given before are not computed anew.
 *
 * <p><b>Labels.</b> An event has the label that was entered last. One that comes before its event waits for it, until that would be later than
 * {@code lateness}. Of a revised label the former value is gone: an event that comes late, from before the revision, sees none.
 *
 * <p><b>Bits.</b> Sums run from the newest event to the oldest, anew for every event: the same log gives the same bits, whenever it was saved
 * and restored or forgot what lies beyond all windows. An event may be late by {@code lateness} and still see all of them.
 *
 * <p><b>Bounds.</b> The newest {@value #EXACT_EVENTS} events of an entity are remembered one by one, older ones in at most 128 {@link Bucket}s;
 * a label of an event in there is entered into the sums of its bucket, and when it became known is not remembered. A history has no steps from
 * there. The labels that wait are at most as many as the events.
 *
 * <p><b>Cost</b> of one event: a walk over the rows of the longest window for each of: (field, delay, with or without the event itself),
 * labels of a delay, categories of (field, delay); per window a binary search, and a walk over the buckets if it reaches them.
 */
public final class EntityAggregator {

    /** How many events of an entity are remembered one by one; what is older is known by buckets. */
    public static final int EXACT_EVENTS = 4096;

    private static final long CATEGORY_SEED = 0x63617465676F7279L;

    private final EntityFeatures features;
    private final long latenessMillis;
    private final long reachMillis;
    private final int exactEvents;
    private final LogLayout layout;

    /** Names the column of labels in saved logs; no field is called so. */
    private static final String TARGET = "\u001flabel";

    private static final int NO_SLOT = -1;

    private final List<String> numberFields = new ArrayList<>();
    private final List<String> categoryFields = new ArrayList<>();
    private final List<Flag> flags = new ArrayList<>();
    private final int[] numberSlots;
    private final Category[] categories;

    private final Windows windows = new Windows();
    private final List<NumberScan> numberScans = new ArrayList<>();
    private final List<LabelScan> labelScans = new ArrayList<>();
    private final List<CategoryScan> categoryScans = new ArrayList<>();
    private final List<Row> rowOutputs = new ArrayList<>();
    private final int aggregateCount;
    private final int width;
    /** The aggregates, then the score behind each flag. */
    private final double[] targets;

    /** Decided when an event enters, and stored with it: whether its value was unusual. Windows share it. */
    private record Flag(Aggregate.Comparison comparison, double deviations) {

        static Flag of(Aggregate.Unusual unusual) {
            return new Flag(unusual.comparison(), unusual.deviations());
        }

        String name() {
            return comparison.name("") + " > " + deviations;
        }
    }

    /** A number that needs no walk over values. */
    private interface Row {
        void write(EntityLog log, int row, double[] targets);
    }

    /**
     * @param schema of the events as they come in
     * @param latenessMillis how late an event may come and still see all that lies in its windows; how long a label waits for its event
     */
    public EntityAggregator(EventSchema schema, EntityFeatures features, long latenessMillis) {
        this(schema, features, latenessMillis, EXACT_EVENTS);
    }

    /** @param exactEvents how many events of an entity are remembered one by one, at least 1 */
    EntityAggregator(EventSchema schema, EntityFeatures features, long latenessMillis, int exactEvents) {
        if (latenessMillis < 0) {
            throw new IllegalArgumentException("lateness must be at least 0 ms, got " + latenessMillis);
        }
        this.features = features;
        this.latenessMillis = latenessMillis;
        this.exactEvents = exactEvents;
        this.aggregateCount = features.aggregates().size();
        this.width = features.addedFields().size();
        for (Aggregate aggregate : features.aggregates()) {
            if (aggregate instanceof Aggregate.Unusual each && !flags.contains(Flag.of(each))) {
                flags.add(Flag.of(each));
            }
        }
        if (flags.size() > LogLayout.MOST_FLAGS) {
            throw new IllegalArgumentException("entity '" + features.field() + "' has " + flags.size()
                    + " different aggregates 'unusual', at most " + LogLayout.MOST_FLAGS + " are possible");
        }
        this.targets = new double[aggregateCount + flags.size()];
        long reach = 0;
        for (int i = 0; i < flags.size(); i++) {
            Aggregate.Comparison comparison = flags.get(i).comparison();
            compile(schema, comparison, aggregateCount + i);
            reach = Math.max(reach, comparison.window().reachMillis());
        }
        for (int i = 0; i < aggregateCount; i++) {
            Aggregate aggregate = features.aggregates().get(i);
            compile(schema, aggregate, i);
            reach = Math.max(reach, aggregate.window().reachMillis());
        }
        History history = features.history();
        if (history != null) {
            if (history.last() > exactEvents) {
                throw new IllegalArgumentException("the history of entity '" + features.field() + "' has "
                        + history.last() + " steps, at most " + exactEvents + " are possible");
            }
            reach = Math.max(reach, history.within().toMillis());
            for (History.Channel channel : history.channels()) {
                if (channel instanceof History.Value value) {
                    number(schema, value.field());
                }
            }
        }
        this.reachMillis = reach;
        this.numberSlots = numberFields.stream()
                .mapToInt(field -> field.equals(TARGET) ? NO_SLOT : schema.slot(field))
                .toArray();
        this.categories = categoryFields.stream()
                .map(field -> new Category(schema, field))
                .toArray(Category[]::new);
        this.layout = LogLayout.of(
                numberFields, categoryFields, flags.stream().map(Flag::name).toList());
    }

    /** How long before an event another one may lie and still be seen. */
    public Duration reach() {
        return Duration.ofMillis(reachMillis);
    }

    /** What a log takes in memory per event that it remembers, without the room it has left; saved, it takes less. */
    public int bytesPerEvent() {
        int columns = layout.numbers().length + layout.categories().length;
        int flags = layout.flags().length == 0 ? 0 : Long.BYTES;
        return 3 * Long.BYTES + Byte.BYTES + columns * Long.BYTES + flags;
    }

    public EntityLog emptyLog() {
        return new EntityLog(layout);
    }

    /** Whether an event would come late: before the newest one that has entered. */
    public boolean isLate(EntityLog log, Event event) {
        return event.time() < log.newest();
    }

    /**
     * Enters an event into the log.
     *
     * @param knownLabel the label inside the event, which is known from then on but not to the event itself; {@link Event#NO_LABEL} for none
     * @return its numbers, in the order of {@link EntityFeatures#addedFields()}
     */
    public double[] observe(EntityLog log, Event event, float knownLabel) {
        log.adopt(layout);
        long time = event.time();
        long id = EntityLog.hash(event.id());
        log.dropUntil(horizon(Math.max(time, Math.max(log.newest(), log.clock))));
        int row = log.insert(time, id);
        for (int i = 0; i < numberSlots.length; i++) {
            log.numbers[i][row] = numberSlots[i] == NO_SLOT ? knownLabel : event.number(numberSlots[i]);
        }
        for (int i = 0; i < categories.length; i++) {
            log.categories[i][row] = hash(categories[i].of(event));
        }
        double[] numbers = numbers(log, row);
        if (!Float.isNaN(knownLabel)) {
            log.label(row, label(knownLabel), time);
        }
        int waiting = log.waiting.find(time, id);
        if (waiting >= 0) {
            log.label(row, log.waiting.labels[waiting], log.waiting.labelTimes[waiting]);
            log.waiting.remove(waiting);
        }
        while (log.size() > exactEvents) {
            log.coarsen();
        }
        return numbers;
    }

    /** The numbers of an event that names no entity: no events lie in any window, and the history is the event alone. */
    public double[] withoutEntity(Event event) {
        EntityLog log = emptyLog();
        double[] numbers = observe(log, event, Event.NO_LABEL);
        for (int i = 0; i < aggregateCount; i++) {
            numbers[i] = ofNothing(features.aggregates().get(i));
        }
        return numbers;
    }

    /**
     * Enters a label, which replaces what was known of its event. One whose event has not come waits for it, as long as that may be late.
     *
     * @return false if the event is not known any more, or never came: the label is dropped
     */
    public boolean resolve(EntityLog log, ResolvedLabel label) {
        long id = EntityLog.hash(label.id());
        int row = log.find(label.eventTime(), id);
        if (row >= 0) {
            log.label(row, label(label.label()), label.time());
            return true;
        }
        Bucket bucket = log.buckets.find(label.eventTime());
        if (bucket != null) {
            bucket.label(label.eventTime(), label(label.replaced()), label(label.label()));
            return true;
        }
        long clock = Math.max(log.newest(), log.clock);
        boolean gone = label.eventTime() < Windows.before(clock, latenessMillis);
        if (gone || log.waiting.count >= exactEvents) {
            return false;
        }
        log.waiting.put(label.eventTime(), id, label(label.label()), label.time());
        return true;
    }

    /**
     * Forgets what no event after {@code time}, and none that is late by no more than {@code lateness}, can see.
     *
     * @return how many labels are given up that waited for events in vain
     */
    public int forget(EntityLog log, long time) {
        log.clock = Math.max(log.clock, time);
        log.dropUntil(horizon(time));
        return log.waiting.dropBefore(Windows.before(time, latenessMillis));
    }

    /** Up to where nothing can be seen once all events up to {@code time} have come, those that are late included. */
    private long horizon(long time) {
        return Windows.before(Windows.before(time, latenessMillis), reachMillis);
    }

    /** When all of the log may be forgotten; {@link Long#MIN_VALUE} if it is empty. */
    public long end(EntityLog log) {
        long end = Long.MIN_VALUE;
        if (log.size() > 0 || !log.buckets.isEmpty()) {
            end = Windows.after(Windows.after(log.newest(), reachMillis), latenessMillis);
        }
        if (!log.waiting.isEmpty()) {
            end = Math.max(end, Windows.after(Windows.after(log.waiting.newest(), latenessMillis), 1));
        }
        return end;
    }

    private static byte label(float label) {
        return Float.isNaN(label) ? EntityLog.UNKNOWN : label > 0.5f ? EntityLog.POSITIVE : EntityLog.NEGATIVE;
    }

    private static long hash(@Nullable String category) {
        if (category == null) {
            return 0;
        }
        long hash = StableHash.of(category, CATEGORY_SEED);
        return hash == 0 ? 1 : hash;
    }

    private double[] numbers(EntityLog log, int row) {
        windows.locate(log, row);
        for (NumberScan scan : numberScans) {
            scan.run(log, row, windows, targets);
        }
        for (int i = 0; i < flags.size(); i++) {
            if (targets[aggregateCount + i] > flags.get(i).deviations()) {
                log.flags[row] |= 1L << i;
            }
        }
        for (LabelScan scan : labelScans) {
            scan.run(log, row, windows, targets);
        }
        for (CategoryScan scan : categoryScans) {
            scan.run(log, windows, targets);
        }
        for (Row output : rowOutputs) {
            output.write(log, row, targets);
        }
        double[] numbers = Arrays.copyOf(targets, width);
        writeHistory(log, row, numbers);
        return numbers;
    }

    private void writeHistory(EntityLog log, int row, double[] numbers) {
        History history = features.history();
        if (history == null) {
            return;
        }
        List<History.Channel> channels = history.channels();
        int stride = 1 + channels.size();
        long time = log.times[row];
        int first = log.firstAfter(Windows.before(time, history.within().toMillis()), log.start, row);
        for (int step = 0; step < history.last(); step++) {
            int at = row - (history.last() - 1 - step);
            int target = aggregateCount + step * stride;
            boolean present = at >= first;
            numbers[target] = present ? 1 : 0;
            for (int i = 0; i < channels.size(); i++) {
                numbers[target + 1 + i] = present ? channel(log, at, time, channels.get(i)) : Double.NaN;
            }
        }
    }

    private double channel(EntityLog log, int row, long time, History.Channel channel) {
        if (channel instanceof History.Value value) {
            double number = log.numbers[numberFields.indexOf(value.field())][row];
            for (var transform : value.transforms()) {
                number = transform.apply(number);
            }
            return number;
        }
        return StrictMath.log1p((time - log.times[row]) / 1000.0);
    }

    private void compile(EventSchema schema, Aggregate aggregate, int target) {
        Window window = aggregate.window();
        int number = windows.number(window);
        if (aggregate instanceof Aggregate.Count) {
            rowOutputs.add((log, row, targets) -> targets[target] = count(number));
        } else if (aggregate instanceof Aggregate.SinceLast) {
            int itself = window.delayMillis() == 0 ? 1 : 0;
            rowOutputs.add((log, row, targets) -> targets[target] = secondsSinceLast(log, row, number, itself));
        } else if (aggregate instanceof Aggregate.Summary summary) {
            scan(number(schema, summary.field()), window, false)
                    .add(
                            number,
                            window.widthMillis(),
                            reading(summary.statistic()),
                            summary.statistic() == Aggregate.Statistic.DEVIATION,
                            target);
        } else if (aggregate instanceof Aggregate.MeanTarget) {
            scan(target(), window, true)
                    .add(number, window.widthMillis(), reading(Aggregate.Statistic.MEAN), false, target);
        } else if (aggregate instanceof Aggregate.Comparison comparison) {
            scan(number(schema, comparison.field()), window, true)
                    .add(
                            number,
                            window.widthMillis(),
                            reading(comparison.measure()),
                            comparison.measure() == Aggregate.Measure.Z_SCORE,
                            target);
        } else if (aggregate instanceof Aggregate.Unusual each) {
            int flag = flags.indexOf(Flag.of(each));
            rowOutputs.add((log, row, targets) -> targets[target] = flagged(log, flag, number));
        } else if (aggregate instanceof Aggregate.Distinct distinct) {
            categories(schema, distinct.field(), window).add(number, window.widthMillis(), target);
        } else if (aggregate instanceof Aggregate.Rate) {
            labels(window, Long.MAX_VALUE)
                    .add(
                            number,
                            window.widthMillis(),
                            labels -> labels.labelled == 0 ? 0 : labels.positives / labels.labelled,
                            target);
        } else if (aggregate instanceof Aggregate.Positives) {
            labels(window, Long.MAX_VALUE).add(number, window.widthMillis(), labels -> labels.positives, target);
        } else if (aggregate instanceof Aggregate.SincePositive) {
            labels(window, Long.MAX_VALUE)
                    .add(number, window.widthMillis(), labels -> labels.secondsSincePositive, target);
        } else if (aggregate instanceof Aggregate.PositivesAmongLast last) {
            labels(window, last.last()).add(number, window.widthMillis(), labels -> labels.positives, target);
        } else {
            throw new AssertionError("no arithmetic for " + aggregate);
        }
    }

    private static NumberScan.Reading reading(Aggregate.Statistic statistic) {
        return switch (statistic) {
            case SUM -> (moments, value) -> moments.sum();
            case MEAN -> (moments, value) -> moments.mean();
            case MAX -> (moments, value) -> moments.max();
            case DEVIATION -> (moments, value) -> moments.deviation();
        };
    }

    private static NumberScan.Reading reading(Aggregate.Measure measure) {
        return switch (measure) {
            case RATIO -> Moments::ratio;
            case LOG_RATIO -> Moments::logRatio;
            case Z_SCORE -> Moments::zScore;
        };
    }

    private double count(int window) {
        double count = windows.to(window) - windows.from(window);
        if (windows.isCoarse(window)) {
            for (Bucket bucket : windows.buckets()) {
                count += bucket.count * windows.share(bucket, window);
            }
        }
        return count;
    }

    /** @param itself 1 if the event is in the window, else 0 */
    private double secondsSinceLast(EntityLog log, int row, int window, int itself) {
        int newest = windows.to(window) - itself - 1;
        long time = log.times[row];
        if (newest >= windows.from(window)) {
            return (time - log.times[newest]) / 1000.0;
        }
        if (windows.isCoarse(window)) {
            for (int i = windows.buckets().size() - 1; i >= 0; i--) {
                Bucket bucket = windows.buckets().get(i);
                if (windows.share(bucket, window) > 0) {
                    return (time - Math.min(bucket.last, windows.newest(window))) / 1000.0;
                }
            }
        }
        return Double.NaN;
    }

    private double flagged(EntityLog log, int flag, int window) {
        double count = 0;
        for (int row = windows.from(window); row < windows.to(window); row++) {
            count += log.flags[row] >>> flag & 1;
        }
        if (windows.isCoarse(window)) {
            for (Bucket bucket : windows.buckets()) {
                count += bucket.flags[flag] * windows.share(bucket, window);
            }
        }
        return count;
    }

    private NumberScan scan(int column, Window window, boolean before) {
        boolean leftOut = before && window.delayMillis() == 0;
        for (NumberScan scan : numberScans) {
            if (scan.column == column && scan.delay == window.delayMillis() && scan.before == leftOut) {
                return scan;
            }
        }
        NumberScan scan = new NumberScan(column, window.delayMillis(), leftOut);
        numberScans.add(scan);
        return scan;
    }

    private LabelScan labels(Window window, long last) {
        for (LabelScan scan : labelScans) {
            if (scan.delay == window.delayMillis() && scan.last == last) {
                return scan;
            }
        }
        LabelScan scan = new LabelScan(window.delayMillis(), last);
        labelScans.add(scan);
        return scan;
    }

    private CategoryScan categories(EventSchema schema, String field, Window window) {
        int column = column(schema, categoryFields, field);
        for (CategoryScan scan : categoryScans) {
            if (scan.column == column && scan.delay == window.delayMillis()) {
                return scan;
            }
        }
        CategoryScan scan = new CategoryScan(column, window.delayMillis());
        categoryScans.add(scan);
        return scan;
    }

    private int number(EventSchema schema, String field) {
        int column = column(schema, numberFields, field);
        if (!schema.type(field).isNumeric()) {
            throw new IllegalArgumentException("entity '" + features.field() + "' aggregates numbers of field '" + field
                    + "', but it is declared " + schema.type(field) + "; name a number");
        }
        return column;
    }

    /** The column of labels that are known with their events; all others read fields. */
    private int target() {
        if (!numberFields.contains(TARGET)) {
            numberFields.add(TARGET);
        }
        return numberFields.indexOf(TARGET);
    }

    private static int column(EventSchema schema, List<String> fields, String field) {
        if (!schema.has(field)) {
            throw new IllegalArgumentException("aggregates read field '" + field + "', which events do not have");
        }
        if (!fields.contains(field)) {
            fields.add(field);
        }
        return fields.indexOf(field);
    }

    private static double ofNothing(Aggregate aggregate) {
        boolean zero = aggregate instanceof Aggregate.Count
                || aggregate instanceof Aggregate.Distinct
                || aggregate instanceof Aggregate.Rate
                || aggregate instanceof Aggregate.Positives
                || aggregate instanceof Aggregate.PositivesAmongLast
                || aggregate instanceof Aggregate.Unusual
                || (aggregate instanceof Aggregate.Summary summary && summary.statistic() == Aggregate.Statistic.SUM);
        return zero ? 0 : Double.NaN;
    }
}
