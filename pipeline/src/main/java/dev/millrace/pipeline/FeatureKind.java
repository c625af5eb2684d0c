package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.features.Cycle;
import dev.millrace.features.Feature;
import dev.millrace.features.Gaps;
import dev.millrace.features.Transform;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is made of a field: at most one of {@code transform}, {@code cyclic}, {@code one-hot} and {@code hash}. */
final class FeatureKind {

    private static final int MOST_VALUES = 1_000;
    private static final int MOST_BUCKETS = 65_536;
    private static final String ONE_KIND =
            "write transform, cyclic, one-hot or hash; a second feature may have another";

    private static final Set<FieldType> NUMBERS = EnumSet.of(FieldType.NUMBER);
    private static final Set<FieldType> PLAIN = EnumSet.of(FieldType.NUMBER, FieldType.BOOLEAN);
    private static final Set<FieldType> CATEGORIES = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);

    private static final Map<String, Cycle> CYCLES = new LinkedHashMap<>();

    static {
        for (Cycle cycle : Cycle.values()) {
            CYCLES.put(cycle.text(), cycle);
        }
    }

    private final Set<FieldType> types;
    private final String rule;
    private final Maker maker;

    private interface Maker {
        /** @param name null: the default */
        Feature make(@Nullable String name, FieldLayout field);
    }

    private FeatureKind(Set<FieldType> types, String rule, Maker maker) {
        this.types = types;
        this.rule = rule;
        this.maker = maker;
    }

    boolean reads(FieldType type) {
        return types.contains(type);
    }

    /** What a field must be for this kind. */
    String rule() {
        return rule;
    }

    Feature of(@Nullable String name, FieldLayout field) {
        return maker.make(name, field);
    }

    /** How a field of a type can be an input. */
    static String remedy(FieldType type) {
        return switch (type) {
            case NUMBER -> "remove the key, or take another field";
            case BOOLEAN -> "write the field alone, without further keys";
            case TIMESTAMP -> "add cyclic: [hour-of-day, day-of-week]";
            case ID, STRING -> "add hash: 256, or one-hot: [its values]";
        };
    }

    /** Null only if a problem was found. */
    static @Nullable FeatureKind read(Section section) {
        Place transform = section.optional("transform");
        Place cyclic = section.optional("cyclic");
        Place oneHot = section.optional("one-hot");
        Place hash = section.optional("hash");
        long kinds = Stream.of(transform, cyclic, oneHot, hash)
                .filter(Objects::nonNull)
                .count();
        if (kinds > 1) {
            section.place().problems().addWithoutValue(section.place(), "must be of one kind", ONE_KIND);
            section.optional("zone");
            GapsReader.KEYS.forEach(section::optional);
            return null;
        }
        if (cyclic == null) {
            section.refuse("zone", "makes sense with cyclic only", "remove it");
        }
        if (cyclic == null && oneHot == null && hash == null) {
            return plain(section, transform);
        }
        for (String key : GapsReader.KEYS) {
            section.refuse(key, "makes sense for plain numbers only", "remove it");
        }
        if (cyclic != null) {
            return cyclic.isMapping() ? period(section, cyclic) : cycles(section, cyclic);
        }
        return oneHot != null ? oneHot(oneHot) : hash == null ? null : hash(hash);
    }

    private static @Nullable FeatureKind plain(Section section, @Nullable Place transform) {
        List<Transform> transforms = transform == null ? List.of() : TransformsReader.read(transform);
        Gaps gaps = GapsReader.read(section);
        if (transforms == null || gaps == null) {
            return null;
        }
        Maker number = (name, field) -> new Feature.Numeric(
                name == null ? Feature.Numeric.written(field.name(), transforms) : name,
                field.name(),
                transforms,
                gaps);
        if (transform != null) {
            return new FeatureKind(NUMBERS, "must be a field of type number to be transformed", number);
        }
        if (GapsReader.isStated(section)) {
            return new FeatureKind(
                    NUMBERS, "must be a field of type number for " + String.join(", ", GapsReader.KEYS), number);
        }
        return new FeatureKind(
                PLAIN,
                "must be a field of type number or boolean where nothing is made of it",
                (name, field) -> field.type() == FieldType.BOOLEAN
                        ? new Feature.Flag(name == null ? field.name() : name, field.name())
                        : number.make(name, field));
    }

    private static @Nullable FeatureKind cycles(Section section, Place place) {
        ZoneId zone = FieldsReader.readZone(section.optional("zone"));
        List<Cycle> cycles = new ArrayList<>();
        List<Place> items = place.items("list cycles, e.g. [hour-of-day, day-of-week]");
        for (Place item : items) {
            Cycle cycle = item.choice(CYCLES);
            if (cycle != null && cycles.contains(cycle)) {
                item.problem("must be listed once", "remove one of the two");
            } else if (cycle != null) {
                cycles.add(cycle);
            }
        }
        if (zone == null || items.isEmpty() || cycles.size() < items.size()) {
            return null;
        }
        return new FeatureKind(
                EnumSet.of(FieldType.TIMESTAMP),
                "must be a field of type timestamp to have cycles of the calendar",
                (name, field) -> new Feature.Cyclic(name == null ? field.name() : name, field.name(), cycles, zone));
    }

    private static @Nullable FeatureKind period(Section section, Place place) {
        section.refuse("zone", "makes no sense for a number with a period", "remove it");
        String remedy = "write {period: 24} for a number that starts anew every 24";
        try (Section settings = place.section(remedy)) {
            Place periodPlace = settings == null ? null : settings.required("period", remedy);
            double period = periodPlace == null ? Double.NaN : periodPlace.number(Double.NaN, Range.above(0), remedy);
            return Double.isNaN(period)
                    ? null
                    : new FeatureKind(
                            EnumSet.of(FieldType.NUMBER),
                            "must be a field of type number to have a period",
                            (name, field) -> new Feature.CyclicNumber(
                                    name == null ? Feature.CyclicNumber.written(field.name(), period) : name,
                                    field.name(),
                                    period));
        }
    }

    private static @Nullable FeatureKind oneHot(Place place) {
        List<String> values = place.texts("list the values, e.g. [web, shop]");
        if (values.size() > MOST_VALUES) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            Integer.toString(values.size()),
                            "must list at most " + MOST_VALUES + " values",
                            "use hash for a category of many values"));
        }
        return values.isEmpty()
                ? null
                : new FeatureKind(
                        CATEGORIES,
                        "must be a field of type id, string or number to be one-hot",
                        (name, field) -> new Feature.OneHot(name == null ? field.name() : name, field.name(), values));
    }

    private static @Nullable FeatureKind hash(Place place) {
        int buckets = place.integer(0, 1, MOST_BUCKETS, "set it to the number of buckets, e.g. 256");
        return buckets == 0
                ? null
                : new FeatureKind(
                        CATEGORIES,
                        "must be a field of type id, string or number to be hashed",
                        (name, field) -> new Feature.Hash(
                                name == null ? Feature.Hash.written(field.name(), buckets) : name,
                                field.name(),
                                buckets));
    }
}
