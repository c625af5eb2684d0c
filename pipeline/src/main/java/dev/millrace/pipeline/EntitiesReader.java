package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.networks.Task;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what features want to know of the past of an event's entities, and gathers it by entity: what several features ask
 * for is computed once.
 */
final class EntitiesReader {

    private static final int MOST_AGGREGATES = 1_000;

    private static final Set<FieldType> NAMES = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);

    private final Fields fields;
    private final AggregatesReader aggregates;
    /** By the field that names the entity, in the order in which features ask. */
    private final Map<String, Set<Aggregate>> aggregatesByEntity = new LinkedHashMap<>();

    /** @param task null where it is missing or wrong */
    EntitiesReader(Fields fields, @Nullable Task task) {
        this.fields = fields;
        this.aggregates = new AggregatesReader(fields, task);
    }

    /** A number that an entity adds to its events: the field that will hold it, and where it is asked for. */
    record Number(Place place, String field) {}

    /** All that was asked for, entities in the order of their first feature. */
    List<EntityFeatures> all() {
        List<EntityFeatures> all = new ArrayList<>();
        aggregatesByEntity.forEach((entity, wanted) -> all.add(new EntityFeatures(entity, List.copyOf(wanted), null)));
        return all;
    }

    /**
     * Null only if a problem was found.
     *
     * @param per the field that names the entity
     */
    @Nullable
    List<Number> readAggregates(Section section, Place per) {
        String entity = fields.name(per, NAMES);
        List<AggregatesReader.Stated> stated = aggregates.read(section);
        if (entity == null || stated == null) {
            return null;
        }
        Set<Aggregate> known = aggregatesByEntity.computeIfAbsent(entity, field -> new LinkedHashSet<>());
        List<Number> numbers = new ArrayList<>();
        for (AggregatesReader.Stated one : stated) {
            String field = one.aggregate().name(entity);
            if (fields.has(field)) {
                one.place()
                        .problems()
                        .add(new Problem(
                                one.place().path(),
                                one.place().line(),
                                field,
                                "must not be called as a declared field is",
                                "give the declared field another name"));
                return null;
            }
            known.add(one.aggregate());
            if (known.size() > MOST_AGGREGATES) {
                one.place()
                        .problems()
                        .addWithoutValue(
                                one.place(),
                                "must not bring more than " + MOST_AGGREGATES + " aggregates to one entity",
                                "remove windows or statistics");
                return null;
            }
            numbers.add(new Number(one.place(), field));
        }
        return numbers;
    }
}
