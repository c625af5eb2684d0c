package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
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
    private final List<Feature> features = new ArrayList<>();
    private final Map<String, String> pathByInput = new HashMap<>();

    private FeaturesReader(Fields fields) {
        this.fields = fields;
    }

    /** Null only if a problem was found. */
    static @Nullable FeatureSet read(Place place, Fields fields) {
        FeaturesReader reader = new FeaturesReader(fields);
        List<Place> items = place.items(REMEDY);
        boolean complete = !items.isEmpty();
        for (Place item : items) {
            complete &= reader.readItem(item);
        }
        return complete ? new FeatureSet(reader.features) : null;
    }

    private boolean readItem(Place place) {
        try (Section section = place.section("write {field: amount} or another kind of feature")) {
            if (section == null || refusedUntilLater(section)) {
                return false;
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
        Feature feature = kind.of(stated, field);
        List<String> inputs = feature.inputNames();
        if (pathByInput.size() + inputs.size() > MOST_INPUTS) {
            fieldPlace.problem("must not bring more than " + MOST_INPUTS + " inputs in all", "use fewer buckets");
            return false;
        }
        for (String input : inputs) {
            String other = pathByInput.putIfAbsent(input, fieldPlace.path());
            if (other != null) {
                fieldPlace
                        .problems()
                        .add(new Problem(
                                fieldPlace.path(),
                                fieldPlace.line(),
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
        boolean refused = section.later(
                        "per", "compute aggregates before the topic and declare them as fields, or remove the feature")
                || section.later("last", "remove the feature, or put the history into fields of the event")
                || section.later("embedding", "use hash: 256, which gives each bucket an input")
                || section.later("cross", "combine the fields before the topic and hash the combination");
        if (refused) {
            section.ignoreRest();
        }
        return refused;
    }
}
