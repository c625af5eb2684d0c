package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.networks.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code features}. */
final class FeaturesReader {

    private static final String REMEDY = "list what the model sees of an event, e.g. - {field: amount}";
    private static final int MOST_INPUTS = 1_000_000;

    private final Fields fields;
    private final EntitiesReader entities;
    private final List<Feature> features = new ArrayList<>();
    private final Map<String, String> pathByInput = new HashMap<>();

    private FeaturesReader(Fields fields, @Nullable Task task) {
        this.fields = fields;
        this.entities = new EntitiesReader(fields, task);
    }

    /** What the model sees, and what entities must add to an event for it. */
    record Draft(FeatureSet features, List<EntityFeatures> entities) {}

    /**
     * Null only if a problem was found.
     *
     * @param task null where it is missing or wrong
     */
    static @Nullable Draft read(Place place, Fields fields, @Nullable Task task) {
        FeaturesReader reader = new FeaturesReader(fields, task);
        List<Place> items = place.items(REMEDY);
        boolean complete = !items.isEmpty();
        for (Place item : items) {
            complete &= reader.readItem(item);
        }
        return complete ? new Draft(new FeatureSet(reader.features), reader.entities.all()) : null;
    }

    private boolean readItem(Place place) {
        try (Section section = place.section("write {field: amount} or another kind of feature")) {
            if (section == null || refusedUntilLater(section)) {
                return false;
            }
            Place per = section.optional("per");
            if (per != null) {
                return readEntity(section, per);
            }
            for (String key : List.of("windows", "of", "delay")) {
                section.refuse(key, "makes sense with per only", "add the entity, e.g. per: customer_id, or remove it");
            }
            List<Place> fieldPlaces = readFieldPlaces(section);
            Place name = section.optional("name");
            String stated = name == null ? null : name.text("write how its inputs are to be called, or remove it");
            if (name != null && fieldPlaces.size() > 1) {
                name.problem("makes no sense for several fields", "remove it, or write each field on its own");
                stated = null;
            }
            FeatureKind kind = FeatureKind.read(section);
            boolean complete = kind != null && !fieldPlaces.isEmpty();
            for (Place fieldPlace : fieldPlaces) {
                complete &= kind != null ? add(kind, stated, fieldPlace) : checkExists(fieldPlace);
            }
            return complete;
        }
    }

    /** What the past of the event's entity says. */
    private boolean readEntity(Section section, Place per) {
        for (String key : List.of("field", "fields", "cyclic", "zone", "one-hot", "hash")) {
            section.refuse(key, "makes no sense with per", "remove it, or write a feature of its own");
        }
        Place name = section.optional("name");
        String stated = name == null ? null : name.text("write how its input is to be called, or remove it");
        Place transform = section.optional("transform");
        List<Transform> transforms = transform == null ? List.of() : TransformsReader.read(transform);
        List<EntitiesReader.Number> numbers = entities.readAggregates(section, per);
        if (name != null && numbers != null && numbers.size() > 1) {
            name.problem("makes no sense for several numbers", "remove it, or write each statistic on its own");
            return false;
        }
        if (numbers == null || transforms == null || (name != null && stated == null)) {
            return false;
        }
        boolean complete = true;
        for (EntitiesReader.Number number : numbers) {
            String written = stated == null ? Feature.Numeric.written(number.field(), transforms) : stated;
            complete &= add(number.place(), new Feature.Numeric(written, number.field(), transforms));
        }
        return complete;
    }

    private boolean add(FeatureKind kind, @Nullable String stated, Place fieldPlace) {
        FieldLayout field = fields.layout(fieldPlace, EnumSet.allOf(FieldType.class));
        if (field == null) {
            return false;
        }
        if (!kind.reads(field.type())) {
            fieldPlace
                    .problems()
                    .add(new Problem(
                            fieldPlace.path(),
                            fieldPlace.line(),
                            Fields.written(field.type()) + " '" + field.name() + "'",
                            kind.rule(),
                            FeatureKind.remedy(field.type())));
            return false;
        }
        return add(fieldPlace, kind.of(stated, field));
    }

    private boolean add(Place place, Feature feature) {
        List<String> inputs = feature.inputNames();
        if (pathByInput.size() + inputs.size() > MOST_INPUTS) {
            place.problem("must not bring more than " + MOST_INPUTS + " inputs in all", "use fewer buckets");
            return false;
        }
        for (String input : inputs) {
            String other = pathByInput.putIfAbsent(input, place.path());
            if (other != null) {
                place.problems()
                        .add(new Problem(
                                place.path(),
                                place.line(),
                                "input '" + input + "'",
                                "must not bring an input that " + other + " brings",
                                "remove one of the two, or give one another name"));
                return false;
            }
        }
        features.add(feature);
        return true;
    }

    private boolean checkExists(Place fieldPlace) {
        fields.name(fieldPlace, EnumSet.allOf(FieldType.class));
        return false;
    }

    private static List<Place> readFieldPlaces(Section section) {
        Place one = section.optional("field");
        Place several = section.optional("fields");
        if ((one == null) == (several == null)) {
            section.place()
                    .problems()
                    .addWithoutValue(
                            section.place(),
                            one == null ? "must have a field" : "must not have both field and fields",
                            "write field for one, fields for a list of several");
            return List.of();
        }
        return one != null ? List.of(one) : several == null ? List.of() : several.items("list declared fields");
    }

    private static boolean refusedUntilLater(Section section) {
        boolean refused = section.later("last", "remove the feature, or put the history into fields of the event")
                || section.later("embedding", "use hash: 256, which gives each bucket an input")
                || section.later("cross", "combine the fields before the topic and hash the combination");
        if (refused) {
            section.ignoreRest();
        }
        return refused;
    }
}
