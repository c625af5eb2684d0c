package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads features of declared fields: one, or several alike. */
final class FieldFeaturesReader {

    private static final List<String> OF_ENTITIES = List.of("windows", "of", "delay", "last", "within");

    private final Fields fields;

    FieldFeaturesReader(Fields fields) {
        this.fields = fields;
    }

    /** Null only if a problem was found. */
    @Nullable
    List<StatedFeature> read(Section section) {
        for (String key : OF_ENTITIES) {
            section.refuse(key, "makes sense with per only", "add the entity, e.g. per: customer_id, or remove it");
        }
        List<Place> places = readPlaces(section);
        Place name = section.optional("name");
        String stated = name == null ? null : name.text("write how its inputs are to be called, or remove it");
        if (name != null && places.size() > 1) {
            name.problem("makes no sense for several fields", "remove it, or write each field on its own");
            stated = null;
        }
        FeatureKind kind = FeatureKind.read(section);
        List<StatedFeature> features = new ArrayList<>();
        for (Place place : places) {
            FieldLayout field = fields.layout(place, EnumSet.allOf(FieldType.class));
            if (field != null && kind != null && isReadable(kind, field, place)) {
                features.add(new StatedFeature(place, kind.of(stated, field)));
            }
        }
        return places.isEmpty() || features.size() < places.size() ? null : features;
    }

    private static boolean isReadable(FeatureKind kind, FieldLayout field, Place place) {
        if (kind.reads(field.type())) {
            return true;
        }
        place.problems()
                .add(new Problem(
                        place.path(),
                        place.line(),
                        Fields.written(field.type()) + " '" + field.name() + "'",
                        kind.rule(),
                        FeatureKind.remedy(field.type())));
        return false;
    }

    private static List<Place> readPlaces(Section section) {
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
}
