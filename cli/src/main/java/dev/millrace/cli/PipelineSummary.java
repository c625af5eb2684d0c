package dev.millrace.cli;

import dev.millrace.evaluation.alerts.AlertRules;
import dev.millrace.events.EventSchema;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import dev.millrace.events.RecordLayout;
import dev.millrace.features.aggregates.EntityAggregator;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.selection.Selection;
import dev.millrace.features.tables.TableJoin;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ParameterLayout;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.LabelStream;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a valid pipeline would run, in a few lines.
 *
 * @param tables of the pipeline, as they were read
 */
record PipelineSummary(Pipeline pipeline, List<TableJoin> tables) {

    /** Heap of a pending example beside its inputs, with the router's entry and timers; measured by LabelLoadTest. */
    private static final long BYTES_PER_PENDING_EVENT = 490;

    /** @param eventsPerSecond what to expect of the stream; null if unknown */
    String text(@Nullable Double eventsPerSecond) {
        NetworkSpec network = pipeline.network();
        Ranking ranking = pipeline.ranking();
        StringBuilder text = new StringBuilder();
        line(text, "OK", pipeline.name());
        line(
                text,
                "events",
                "topic " + pipeline.events().topic() + ", "
                        + fields(pipeline.events().layout()) + where());
        line(text, "labels", labels() + range());
        if (ranking != null) {
            line(text, "ranking", ranking(ranking));
        }
        tables.forEach(table -> line(text, "table", table(table)));
        entities(eventsPerSecond).forEach(entity -> line(text, "entity", entity));
        line(text, "inputs", network.inputs() + ": " + String.join(", ", shortened(ranking)));
        line(
                text,
                "model",
                network.task().name().toLowerCase(Locale.ROOT) + ", " + String.format(Locale.ROOT, "%,d", parameters())
                        + " parameters, " + pipeline.training().shards()
                        + (pipeline.training().shards() == 1 ? " shard" : " independent shards"));
        line(text, "training", training(ranking));
        line(
                text,
                "output",
                "predictions to " + pipeline.output().predictionsTopic() + ", metrics to "
                        + pipeline.output().metricsTopic() + ", dead letters to "
                        + pipeline.output().deadLettersTopic()
                        + recommendations());
        AlertOutput alerts = pipeline.output().alerts();
        if (alerts != null) {
            line(text, "alerts", alerts(alerts));
        }
        if (eventsPerSecond != null) {
            line(text, "state", state(eventsPerSecond));
        }
        return text.toString();
    }

    private long parameters() {
        NetworkSpec network = pipeline.network();
        return ParameterLayout.of(network).parameterCount();
    }

    private String labels() {
        LabelSource label = pipeline.label();
        if (label instanceof LabelSource.Streams own) {
            return own.streams().stream().map(PipelineSummary::stream).collect(Collectors.joining(", and ")) + "; "
                    + lateness(own);
        }
        if (label instanceof LabelSource.Delayed delayed) {
            return "field " + delayed.label().field() + ", played back after " + text(delayed.delay()) + "; "
                    + lateness(delayed);
        }
        LabelLayout layout = label.label();
        return layout == null ? "none: every event is an interaction" : "field " + layout.field() + ", known at once";
    }

    private static String ranking(Ranking ranking) {
        return "items by " + ranking.item() + " for users by " + ranking.user()
                + (ranking.requestsTopic() == null ? "" : "; requests from topic " + ranking.requestsTopic());
    }

    private String training(@Nullable Ranking ranking) {
        return ranking == null
                ? "mini-batches of " + pipeline.training().batchRows() + " rows" + weight()
                : "each event beside " + ranking.spec().negatives() + " other items";
    }

    private String recommendations() {
        String topic = pipeline.output().recommendationsTopic();
        return topic == null ? "" : ", recommendations to " + topic;
    }

    private static String table(TableJoin join) {
        int fields = join.table().fields().size();
        int rows = join.table().rowCount();
        return String.format(
                Locale.ROOT,
                "%s adds %d %s of the row that %s names, %,d %s",
                join.name(),
                fields,
                fields == 1 ? "field" : "fields",
                join.of(),
                rows,
                rows == 1 ? "row" : "rows");
    }

    private String where() {
        Selection where = pipeline.events().where();
        return where == null ? "" : "; only where " + where.text();
    }

    private String range() {
        LabelLayout label = pipeline.label().label();
        LabelRange range = label == null ? null : label.range();
        return range == null
                ? ""
                : "; from " + range.min() + " to " + range.max() + (range.clipsScores() ? ", scores too" : "");
    }

    private String weight() {
        String weight = pipeline.training().weight();
        return weight == null ? "" : ", each weighed by " + weight;
    }

    /** Each reads what those before it have added. */
    private List<String> entities(@Nullable Double eventsPerSecond) {
        List<String> lines = new ArrayList<>();
        EventSchema schema = pipeline.joinedSchema();
        for (EntityFeatures entity : pipeline.entities()) {
            EntityAggregator aggregator = new EntityAggregator(schema, entity, 0);
            int numbers = entity.addedFields().size();
            String line = entity.field() + " adds " + numbers + (numbers == 1 ? " number" : " numbers")
                    + ", looks back " + text(aggregator.reach()) + ", keeps " + aggregator.bytesPerEvent()
                    + " bytes per event";
            if (eventsPerSecond != null) {
                double bytes = eventsPerSecond * aggregator.reach().toSeconds() * aggregator.bytesPerEvent();
                line += String.format(Locale.ROOT, ": about %.1f GB", bytes / 1e9);
            }
            lines.add(line);
            schema = schema.with(entity.addedFields());
        }
        return lines;
    }

    private static String stream(LabelStream stream) {
        return (stream.name().isEmpty() ? "" : stream.name() + ": ") + "topic " + stream.topic() + ", "
                + fields(stream.layout());
    }

    private static String alerts(AlertOutput alerts) {
        AlertRules rules = alerts.rules();
        return "to " + alerts.topic() + ", at most " + rules.perDay() + " a day (" + rules.zone() + ") by "
                + alerts.by() + (Float.isFinite(rules.above()) ? ", at once above " + rules.above() : "");
    }

    private static String lateness(LabelSource.Late label) {
        return "missing after " + text(label.waitTime()) + ", forgotten after " + text(label.keepTime());
    }

    private static String fields(RecordLayout layout) {
        return layout.fields().size() + (layout.fields().size() == 1 ? " field" : " fields");
    }

    private List<String> shortened(@Nullable Ranking ranking) {
        List<String> names = ranking == null
                ? pipeline.features().inputNames()
                : ranking.spec().inputNames();
        if (names.size() <= 8) {
            return names;
        }
        List<String> shown = new ArrayList<>(names.subList(0, 7));
        shown.add("… " + (names.size() - 7) + " more");
        return shown;
    }

    private String state(double eventsPerSecond) {
        if (!(pipeline.label() instanceof LabelSource.Late late)) {
            return pipeline.ranking() == null
                    ? "none that grows: labels are known at once"
                    : "grows with the pairs of items that are taken together, not with events";
        }
        long perEvent = BYTES_PER_PENDING_EVENT
                + (long) Float.BYTES * pipeline.features().width();
        double events = eventsPerSecond * late.keepTime().toSeconds();
        return String.format(
                Locale.ROOT,
                "about %.1f GB: %,.0f events/s × %s × %,d bytes%s",
                events * perEvent / 1e9,
                eventsPerSecond,
                text(late.keepTime()),
                perEvent,
                events * perEvent > 1e9 ? "; use the RocksDB state backend" : "");
    }

    private static String text(Duration duration) {
        return duration.toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-9s %s%n", name, value));
    }
}
