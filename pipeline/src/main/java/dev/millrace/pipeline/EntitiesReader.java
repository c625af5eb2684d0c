package dev.millrace.pipeline;

import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.features.Feature;
import dev.millrace.features.Gaps;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.aggregates.History;
import dev.millrace.networks.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads features {@code per} entity, and gathers by entity what its past must add to an event: what several features ask
 * for is computed once.
 */
final class EntitiesReader {

    /** How far back anything may look. */
    static final Duration LONGEST_REACH = Duration.ofDays(3_650);

    private static final int MOST_AGGREGATES = 1_000;
    /** A log of an entity has a bit for each. */
    private static final int MOST_UNUSUAL = 64;

    private static final Set<FieldType> NAMES = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);

    private final Fields fields;
    private final AggregatesReader aggregates;
    private final HistoryReader histories;
    /** By the field that names the entity, in the order in which features ask. */
    private final Map<String, Wanted> wantedByEntity = new LinkedHashMap<>();

    /**
     * @param timeField the field that holds the time of the events; null for none
     * @param task null where it is missing or wrong
     */
    EntitiesReader(Fields fields, @Nullable String timeField, @Nullable Task task) {
        this.fields = fields;
        this.aggregates = new AggregatesReader(fields, task);
        this.histories = new HistoryReader(fields, timeField);
    }

    /** What one entity must add. */
    private static final class Wanted {
        final Set<Aggregate> aggregates = new LinkedHashSet<>();

        @Nullable
        History history;
        /** Where the history is asked for. */
        String historyPath = "";
    }

    /** All that was asked for, entities in the order of their first feature. */
    List<EntityFeatures> all() {
        List<EntityFeatures> all = new ArrayList<>();
        wantedByEntity.forEach((entity, wanted) ->
                all.add(new EntityFeatures(entity, List.copyOf(wanted.aggregates), wanted.history)));
        return all;
    }

    /**
     * Null only if a problem was found.
     *
     * @param per the field that names the entity
     */
    @Nullable
    List<StatedFeature> read(Section section, Place per) {
        Place last = section.optional("last");
        String elsewhere = "remove it, or write a feature of its own";
        for (String key : List.of("field", "cyclic", "zone", "one-hot", "hash")) {
            section.refuse(key, "makes no sense with per", elsewhere);
        }
        String entity = fields.name(per, NAMES);
        if (last == null && section.optional("windows") == null && section.optional("of") == null) {
            section.ignoreRest();
            section.place()
                    .problems()
                    .addWithoutValue(
                            section.place(),
                            "must say what to know",
                            "write windows and of for statistics, last and fields for a history");
            return null;
        }
        if (last == null) {
            for (String key : List.of("fields", "within")) {
                section.refuse(
                        key, "makes sense with last only", "add last, the number of events, e.g. 10, or remove it");
            }
            return readAggregates(section, entity);
        }
        for (String key : List.of("windows", "of", "delay", "name")) {
            section.refuse(key, "makes no sense with last", elsewhere);
        }
        for (String key : GapsReader.KEYS) {
            section.refuse(key, "makes no sense with last", "remove it: what a step lacks is missing");
        }
        section.refuse("transform", "makes no sense with last", "write it with its field, e.g. {amount: [log1p]}");
        return readHistory(section, last, entity);
    }

    private @Nullable List<StatedFeature> readAggregates(Section section, @Nullable String entity) {
        Place name = section.optional("name");
        String stated = name == null ? null : name.text("write how its input is to be called, or remove it");
        Place transform = section.optional("transform");
        List<Transform> transforms = transform == null ? List.of() : TransformsReader.read(transform);
        Gaps gaps = GapsReader.read(section);
        List<AggregatesReader.Stated> read = aggregates.read(section);
        if (name != null && read != null && read.size() > 1) {
            name.problem("makes no sense for several numbers", "remove it, or write each statistic on its own");
            return null;
        }
        if (entity == null || read == null || transforms == null || gaps == null || (name != null && stated == null)) {
            return null;
        }
        List<StatedFeature> features = new ArrayList<>();
        for (AggregatesReader.Stated one : read) {
            String field = one.aggregate().name(entity);
            if (!add(entity, one) || isDeclared(one.place(), field)) {
                return null;
            }
            String written = stated == null ? Feature.Numeric.written(field, transforms) : stated;
            features.add(new StatedFeature(one.place(), new Feature.Numeric(written, field, transforms, gaps)));
        }
        return features;
    }

    /** False where there are too many, which is said of the first. */
    private boolean add(String entity, AggregatesReader.Stated one) {
        Set<Aggregate> known = wanted(entity).aggregates;
        if (!known.add(one.aggregate())) {
            return true;
        }
        long unusual = one.aggregate() instanceof Aggregate.Unusual
                ? known.stream().filter(Aggregate.Unusual.class::isInstance).count()
                : 0;
        Problems problems = one.place().problems();
        if (known.size() == MOST_AGGREGATES + 1) {
            problems.addWithoutValue(
                    one.place(),
                    "must not bring more than " + MOST_AGGREGATES + " aggregates to one entity",
                    "remove windows or statistics");
        } else if (unusual == MOST_UNUSUAL + 1) {
            problems.addWithoutValue(
                    one.place(),
                    "must not bring more than " + MOST_UNUSUAL + " times unusual to one entity",
                    "remove windows or fields");
        }
        return known.size() <= MOST_AGGREGATES && unusual <= MOST_UNUSUAL;
    }

    private @Nullable List<StatedFeature> readHistory(Section section, Place last, @Nullable String entity) {
        History history = histories.read(section, last);
        if (entity == null || history == null) {
            return null;
        }
        Wanted wanted = wanted(entity);
        if (wanted.history != null) {
            last.problems()
                    .addWithoutValue(
                            last,
                            "must be the only history of its entity, but " + wanted.historyPath + " is one",
                            "put the fields of both into one");
            return null;
        }
        wanted.history = history;
        wanted.historyPath = last.path();
        List<StatedFeature> features = new ArrayList<>();
        for (Field field : new EntityFeatures(entity, List.of(), history).addedFields()) {
            if (isDeclared(last, field.name())) {
                return null;
            }
            features.add(new StatedFeature(
                    last,
                    field.type() == FieldType.BOOLEAN
                            ? new Feature.Flag(field.name())
                            : new Feature.Numeric(field.name())));
        }
        return features;
    }

    private Wanted wanted(String entity) {
        return wantedByEntity.computeIfAbsent(entity, field -> new Wanted());
    }

    private boolean isDeclared(Place place, String field) {
        if (!fields.has(field)) {
            return false;
        }
        place.problems()
                .add(new Problem(
                        place.path(),
                        place.line(),
                        field,
                        "must not be called as a declared field is",
                        "give the declared field another name"));
        return true;
    }
}
