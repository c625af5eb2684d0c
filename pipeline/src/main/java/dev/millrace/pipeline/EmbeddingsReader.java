package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.features.Feature;
import dev.millrace.features.Feature.Ids;
import dev.millrace.networks.embeddings.EmbeddingSlot;
import dev.millrace.networks.embeddings.EmbeddingSlot.Absent;
import dev.millrace.networks.embeddings.EmbeddingSlot.Pooling;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.networks.embeddings.EmbeddingTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads features with {@code embedding}, and gathers the tables that their rows are in. */
final class EmbeddingsReader {

    private static final Set<FieldType> ONE = EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
    private static final Set<FieldType> IN_A_BAG =
            EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER, FieldType.BOOLEAN);
    private static final Map<String, Pooling> POOLINGS = new LinkedHashMap<>();
    private static final Map<String, Absent> ABSENT = new LinkedHashMap<>();

    static {
        for (Pooling pooling : Pooling.values()) {
            POOLINGS.put(pooling.name().toLowerCase(Locale.ROOT), pooling);
        }
        for (Absent absent : Absent.values()) {
            ABSENT.put(absent.name().toLowerCase(Locale.ROOT), absent);
        }
    }

    private static final String REMEDY = "write the number of dimensions, e.g. 16, or {dimensions: 16, expire: 90d}";

    private final Fields fields;
    private final EmbeddingSettings usual;
    private final Map<String, EmbeddingTable> tables = new LinkedHashMap<>();
    private final Map<String, String> pathByTable = new HashMap<>();
    private final Map<String, Looked> lookedUp = new HashMap<>();

    /** How a feature, named by the key, looks its rows up. */
    private record Looked(String table, Pooling pooling, Absent missing, Absent rare) {}

    /** What {@code embedding} says; the table is null where it is the feature's own. */
    private record Stated(
            int dimensions,
            @Nullable String table,
            Pooling pooling,
            Absent missing,
            Absent rare,
            EmbeddingSettings settings) {}

    /** @param usual what holds where a feature states nothing else */
    EmbeddingsReader(Fields fields, EmbeddingSettings usual) {
        this.fields = fields;
        this.usual = usual;
    }

    /**
     * Null only if a problem was found.
     *
     * @param embedding the place of that key
     */
    @Nullable
    List<StatedFeature> read(Section section, Place embedding) {
        for (String key : List.of("per", "windows", "of", "delay", "last", "within")) {
            section.refuse(key, "makes no sense with embedding", "remove it, or write a feature of its own");
        }
        for (String key : List.of("transform", "cyclic", "zone", "one-hot", "hash")) {
            section.refuse(key, "makes no sense with embedding", "remove it; a second feature may have it");
        }
        for (String key : GapsReader.KEYS) {
            section.refuse(key, "makes sense for plain numbers only", "write it below embedding, or remove it");
        }
        Place name = section.optional("name");
        String statedName = name == null ? null : name.text("write how its inputs are to be called, or remove it");
        Stated stated = readStated(embedding);
        List<StatedFeature> features = readFeatures(section, statedName, stated == null ? 1 : stated.dimensions);
        if (features == null || stated == null || (name != null && statedName == null)) {
            return null;
        }
        if (name != null && features.size() > 1) {
            name.problem("makes no sense for several fields", "remove it, or write each field on its own");
            return null;
        }
        boolean complete = true;
        for (StatedFeature feature : features) {
            complete &= enter((Feature.Embedding) feature.feature(), stated, embedding);
        }
        return complete ? features : null;
    }

    private @Nullable List<StatedFeature> readFeatures(Section section, @Nullable String name, int dimensions) {
        Place cross = section.optional("cross");
        Place bag = section.optional("bag");
        Place split = section.optional("split");
        Place field = section.optional("field");
        Place several = section.optional("fields");
        long sources = List.of(cross != null, bag != null, field != null, several != null).stream()
                .filter(stated -> stated)
                .count();
        if (sources != 1) {
            section.place()
                    .problems()
                    .addWithoutValue(
                            section.place(),
                            "must say what the ids are in one way",
                            "write one of field, fields, cross: [a, b] and bag: [a, b]");
            return null;
        }
        if (split != null && field == null) {
            split.problem("makes sense with field only", "remove it");
            return null;
        }
        if (cross != null) {
            return together(cross, new Ids.Cross(), ONE, name, dimensions, 2);
        }
        if (bag != null) {
            return together(bag, new Ids.Bag(), IN_A_BAG, name, dimensions, 1);
        }
        String separator = split == null ? null : split.scalar();
        if (split != null && (separator == null || separator.isEmpty())) {
            split.problem("must be the text between two ids", "write e.g. \"|\"");
            return null;
        }
        Ids ids = separator == null ? new Ids.One() : new Ids.Parts(separator);
        List<Place> places =
                field != null ? List.of(field) : several == null ? List.of() : several.items("list fields");
        List<StatedFeature> features = new ArrayList<>();
        for (Place place : places) {
            FieldLayout layout = fields.layout(place, ONE);
            if (layout != null) {
                List<String> one = List.of(layout.name());
                features.add(new StatedFeature(place, feature(name, one, ids, dimensions)));
            }
        }
        return places.isEmpty() || features.size() < places.size() ? null : features;
    }

    private @Nullable List<StatedFeature> together(
            Place place, Ids ids, Set<FieldType> types, @Nullable String name, int dimensions, int least) {
        List<Place> items = place.items("list declared fields");
        List<String> names = new ArrayList<>();
        for (Place item : items) {
            FieldLayout layout = fields.layout(item, types);
            if (layout != null && names.contains(layout.name())) {
                item.problem("must be listed once", "remove one of the two");
            } else if (layout != null) {
                names.add(layout.name());
            }
        }
        if (items.isEmpty() || names.size() < items.size()) {
            return null;
        }
        if (names.size() < least) {
            place.problems().addWithoutValue(place, "must list at least " + least + " fields", "write field for one");
            return null;
        }
        return List.of(new StatedFeature(place, feature(name, names, ids, dimensions)));
    }

    private static Feature.Embedding feature(@Nullable String name, List<String> fields, Ids ids, int dimensions) {
        return new Feature.Embedding(
                name == null ? Feature.Embedding.written(fields, dimensions) : name, fields, ids, dimensions);
    }

    private @Nullable Stated readStated(Place place) {
        if (!place.isMapping()) {
            int dimensions = place.integer(0, 1, EmbeddingTable.MOST_DIMENSIONS, REMEDY);
            return dimensions == 0
                    ? null
                    : new Stated(dimensions, null, Pooling.MEAN, Absent.ZEROS, Absent.SHARED, usual);
        }
        try (Section section = place.section(REMEDY)) {
            Place size = section == null ? null : section.required("dimensions", REMEDY);
            if (section == null) {
                return null;
            }
            Place table = section.optional("table");
            Place pool = section.optional("pool");
            Place missing = section.optional("missing");
            Place rare = section.optional("rare");
            int dimensions = size == null ? 0 : size.integer(0, 1, EmbeddingTable.MOST_DIMENSIONS, REMEDY);
            String tableName = table == null ? null : table.text("name the table whose rows are shared, e.g. item");
            Pooling pooling = pool == null ? Pooling.MEAN : pool.choice(POOLINGS);
            Absent ofMissing = missing == null ? Absent.ZEROS : missing.choice(ABSENT);
            Absent ofRare = rare == null ? Absent.SHARED : rare.choice(ABSENT);
            EmbeddingSettings settings = usual.with(section);
            return dimensions == 0
                            || (table != null && tableName == null)
                            || pooling == null
                            || ofMissing == null
                            || ofRare == null
                    ? null
                    : new Stated(dimensions, tableName, pooling, ofMissing, ofRare, settings);
        }
    }

    /** False, and a problem, where the table is there already and differs. */
    private boolean enter(Feature.Embedding feature, Stated stated, Place place) {
        String name = stated.table == null ? feature.name() : stated.table;
        EmbeddingTable table = stated.settings.table(name, stated.dimensions);
        EmbeddingTable known = tables.putIfAbsent(name, table);
        if (known != null && !known.equals(table)) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "must say of table '" + name + "' what " + pathByTable.get(name) + " says",
                            "write the same dimensions and settings, or name another table");
            return false;
        }
        pathByTable.putIfAbsent(name, place.path());
        lookedUp.put(feature.name(), new Looked(name, stated.pooling, stated.missing, stated.rare));
        return true;
    }

    /** @param features all of the model, in the order of its inputs */
    EmbeddingSpec spec(List<Feature> features) {
        List<String> names = List.copyOf(tables.keySet());
        List<EmbeddingSlot> slots = new ArrayList<>();
        int offset = 0;
        for (Feature feature : features) {
            Looked looked = lookedUp.get(feature.name());
            if (feature instanceof Feature.Embedding && looked != null) {
                int table = names.indexOf(looked.table);
                slots.add(
                        new EmbeddingSlot(feature.name(), table, offset, looked.pooling, looked.missing, looked.rare));
            }
            offset += feature.inputNames().size();
        }
        return new EmbeddingSpec(List.copyOf(tables.values()), slots);
    }
}
