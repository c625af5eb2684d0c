package dev.millrace.pipeline;

import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code features}, and lays them out by the branches of the model that take them. */
final class FeaturesReader {

    private static final String REMEDY = "list what the model sees of an event, e.g. - {field: amount}";
    private static final int MOST_INPUTS = 1_000_000;

    private final FieldFeaturesReader ofFields;
    private final EntitiesReader ofEntities;
    private final EmbeddingsReader ofEmbeddings;

    private final InputGroup rest = new InputGroup();
    /** In the order of the model; null where that could not be read. */
    private final @Nullable Map<String, InputGroup> branches;

    private final Map<String, String> pathByInput = new HashMap<>();

    private FeaturesReader(EventsReader.Draft events, Fields fields, ModelReader.@Nullable Draft model) {
        this.ofFields = new FieldFeaturesReader(fields);
        this.ofEntities = new EntitiesReader(fields, events.time(), model == null ? null : model.task());
        this.ofEmbeddings = new EmbeddingsReader(fields, model == null ? EmbeddingSettings.USUAL : model.embeddings());
        this.branches = model == null ? null : groups(model.branches().keySet());
    }

    private static Map<String, InputGroup> groups(Set<String> names) {
        Map<String, InputGroup> groups = new LinkedHashMap<>();
        names.forEach(name -> groups.put(name, new InputGroup()));
        return groups;
    }

    /**
     * What the model sees, and what entities must add to an event for it.
     *
     * @param features those that go into no branch, then branch by branch; null if a problem was found
     * @param embeddings the features that are rows of their own
     * @param rest what goes into no branch; like {@code branches} as far as it could be read
     */
    record Draft(
            @Nullable FeatureSet features,
            List<EntityFeatures> entities,
            EmbeddingSpec embeddings,
            InputGroup rest,
            Map<String, InputGroup> branches) {}

    /**
     * @param fields those of the events that may be features
     * @param model null where it could not be read
     */
    static Draft read(Place place, EventsReader.Draft events, Fields fields, ModelReader.@Nullable Draft model) {
        FeaturesReader reader = new FeaturesReader(events, fields, model);
        List<Place> items = place.items(REMEDY);
        boolean complete = !items.isEmpty();
        for (Place item : items) {
            complete &= reader.readItem(item);
        }
        return reader.draft(complete);
    }

    private Draft draft(boolean complete) {
        Map<String, InputGroup> groups = branches == null ? Map.of() : branches;
        List<Feature> all = new ArrayList<>(rest.features());
        groups.values().forEach(group -> all.addAll(group.features()));
        return new Draft(complete ? new FeatureSet(all) : null, ofEntities.all(), ofEmbeddings.spec(all), rest, groups);
    }

    private boolean readItem(Place place) {
        try (Section section = place.section("write {field: amount} or another kind of feature")) {
            if (section == null) {
                return false;
            }
            Place per = section.optional("per");
            InputGroup group = readGroup(section.optional("into"), section.optional("last"));
            List<StatedFeature> features = readFeatures(section, per);
            if (features == null || group == null) {
                return false;
            }
            boolean complete = true;
            for (StatedFeature feature : features) {
                complete &= isNew(feature);
                group.add(feature.feature());
            }
            return complete;
        }
    }

    private @Nullable List<StatedFeature> readFeatures(Section section, @Nullable Place per) {
        Place embedding = section.optional("embedding");
        if (embedding != null) {
            return ofEmbeddings.read(section, embedding);
        }
        boolean refused = false;
        for (String key : List.of("cross", "bag", "split")) {
            refused |= section.refuse(key, "makes sense with embedding only", "add embedding: 16, or remove it");
        }
        if (refused) {
            section.ignoreRest();
            return null;
        }
        return per == null ? ofFields.read(section) : ofEntities.read(section, per);
    }

    /**
     * Where the inputs of an item go; null only if a problem was found.
     *
     * @param into null where it is not stated
     * @param last null where the item is no history
     */
    private @Nullable InputGroup readGroup(@Nullable Place into, @Nullable Place last) {
        if (into == null) {
            return rest;
        }
        String name = into.text("write the name of a branch, or remove it");
        if (name == null || branches == null) {
            return null;
        }
        InputGroup group = branches.get(name);
        if (group == null && branches.isEmpty()) {
            into.problem(
                    "must be a branch of the model",
                    "state it, e.g. branches: {" + name + ": [{dense: 16}]} in model, or remove it");
        } else if (group == null) {
            into.problem("must be a branch of the model", Suggestion.remedy(name, branches.keySet()));
        } else if (!group.enter(last != null)) {
            into.problem("must not lead to other inputs beside a history", "give the history a branch of its own");
            return null;
        }
        return group;
    }

    private boolean isNew(StatedFeature stated) {
        Place place = stated.place();
        List<String> inputs = stated.feature().inputNames();
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
        return true;
    }
}
