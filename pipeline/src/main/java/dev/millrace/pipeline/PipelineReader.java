package dev.millrace.pipeline;

import dev.millrace.features.FeatureSet;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.features.selection.Selection;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.Task;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the whole file: the order in which sections need each other, whatever the order they are written in. */
final class PipelineReader {

    /** Leaves room for the suffixes of default topics within Kafka's 249 characters. */
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,199}");

    private PipelineReader() {}

    /**
     * Null only if a problem was found.
     *
     * @param directory that paths in the file are relative to
     */
    static @Nullable Pipeline read(Place root, Path directory) {
        try (Section file = root.section("begin with name, events, label, features and model")) {
            return file == null ? null : read(file, directory);
        }
    }

    private static @Nullable Pipeline read(Section file, Path directory) {
        String name = readName(file);
        var kafka = KafkaReader.read(file.optional("kafka"));
        Place eventsPlace = file.required("events", "state topic and fields of the events");
        Place modelPlace = file.required("model", "state task and layers of the model");

        ModelReader.Draft model = modelPlace == null ? null : ModelReader.read(modelPlace);
        Task task = model == null ? null : model.task();
        boolean ranks = RankingReader.isStated(file, task);
        EventsReader.Draft events = eventsPlace == null ? EventsReader.Draft.unknown() : EventsReader.read(eventsPlace);
        LabelReader.Draft label = ranks ? LabelReader.Draft.taken() : readLabel(file, events, task);
        if (model != null && label.source() != null) {
            requireAssumedLabels(model, label.source());
        }
        Fields eventFields =
                events.fields().withoutLabel(label.insideField(), !(label.source() instanceof LabelSource.Late));
        TablesReader.Draft tables = TablesReader.read(file.optional("tables"), directory, eventFields);
        Fields fields = tables.fields();
        RankingReader.Draft ranking = ranks ? RankingReader.read(file, fields) : null;
        FeaturesReader.Draft inputs = ranking == null ? readFeatures(file, events, fields, model) : ranking.examples();
        Training training = TrainingReader.read(file.optional("training"), eventFields, task, ranking);
        Topics topics = new Topics();
        topics.add(events.topic());
        label.topics().forEach(topics::add);
        if (ranking != null) {
            topics.add(ranking.requests());
        }
        AlertsReader alerts = new AlertsReader(name == null ? "" : name, fields, training.shardBy(), task);
        boolean answers = ranking == null ? file.optional("ranking") != null : ranking.answers();
        Output output = OutputReader.read(file, name, topics, answers, alerts);

        Selection selection = events.where() == null
                ? null
                : WhereReader.read(events.where(), events.fields(), label.insideField(), label.insideLayout());
        EventStream stream = events.stream(label.insideLayout(), training.weight(), selection);
        LabelSource labels = label.source();
        Ranking ranked = ranking == null ? null : ranking.ranking();
        NetworkSpec network = model == null || inputs == null
                ? null
                : ranked == null
                        ? model.network(inputs, labels == null ? null : labels.label())
                        : model.network(ranked.spec());
        FeatureSet features = inputs == null ? null : inputs.features();
        if (name == null || stream == null || labels == null || inputs == null || features == null || network == null) {
            return null;
        }
        return new Pipeline(
                name,
                kafka,
                stream,
                labels,
                tables.tables(),
                inputs.entities(),
                features,
                inputs.embeddings(),
                ranked,
                network,
                training,
                output);
    }

    /** @param task null where it is missing or wrong */
    private static LabelReader.Draft readLabel(Section file, EventsReader.Draft events, @Nullable Task task) {
        String remedy = "state the topic of the labels, or their field in the event";
        Place place = whereLearned(file, "label", remedy);
        return place == null ? LabelReader.Draft.unknown() : LabelReader.read(place, events, task);
    }

    /** Null where there are none, which was reported. */
    private static FeaturesReader.@Nullable Draft readFeatures(
            Section file, EventsReader.Draft events, Fields fields, ModelReader.@Nullable Draft model) {
        String remedy = "list what the model sees of an event, e.g. - {field: amount}";
        Place place = whereLearned(file, "features", remedy);
        return place == null ? null : FeaturesReader.read(place, events, fields, model);
    }

    /** Required, unless the file says that it is a ranking: then its task is wrong already. */
    private static @Nullable Place whereLearned(Section file, String key, String remedy) {
        return file.optional("ranking") == null ? file.required(key, remedy) : file.optional(key);
    }

    /** The loss for delayed feedback corrects negatives that were assumed. */
    private static void requireAssumedLabels(ModelReader.Draft model, LabelSource labels) {
        boolean assumes = labels instanceof LabelSource.Late late && late.missing() == MissingLabel.NEGATIVE;
        if (model.loss() instanceof LossSpec.DelayedFeedback && !assumes) {
            Place place = model.place();
            place.problems()
                    .add(new Problem(
                            place.pathOf("loss"),
                            place.line(),
                            "delayed-feedback",
                            "needs labels that count as negative while they are missing",
                            "set label.missing to negative, or write cross-entropy"));
        }
    }

    private static @Nullable String readName(Section file) {
        String remedy = "choose a short one, e.g. card-fraud";
        Place place = file.required("name", remedy);
        return place == null
                ? null
                : place.text(
                        NAME, "must be 1 to 200 letters, digits, '.', '_' or '-', the first a letter or digit", remedy);
    }
}
