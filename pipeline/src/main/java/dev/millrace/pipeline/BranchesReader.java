package dev.millrace.pipeline;

import dev.millrace.networks.LayerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code branches} and {@code join} of the model: first the names, then, once it is known what goes into each, the
 * layers.
 */
final class BranchesReader {

    /** In messages of networks, what goes into no branch. */
    private static final String REST = "rest";

    private static final Map<String, LayerSpec.Join> JOINS = Map.of("concat", LayerSpec.Join.CONCAT);

    private static final String REMEDY = "name a branch and its layers, e.g. {history: [{gru: 32}]}, or remove it";

    private BranchesReader() {}

    /** The places of the layers by the name of their branch; empty where there are none. */
    static Map<String, Place> readNames(Section model) {
        Place place = model.optional("branches");
        Place join = model.optional("join");
        if (join != null && (join.is("dot") || join.is("fm"))) {
            join.problem("is not supported by this release", "write concat, or remove it");
        } else if (join != null && place == null) {
            join.problem("makes sense with branches only", "remove it");
        } else if (join != null) {
            join.choice(JOINS);
        }
        Section branches = place == null ? null : place.section(REMEDY);
        if (place == null || branches == null) {
            return Map.of();
        }
        Map<String, Place> layers = new LinkedHashMap<>();
        branches.all().forEach((name, branch) -> {
            if (name.isBlank()) {
                branch.problem("must have a name", REMEDY);
            } else {
                layers.put(name, branch);
            }
        });
        if (branches.all().isEmpty()) {
            place.problems().addWithoutValue(place, "must not be empty", REMEDY);
        }
        return layers;
    }

    /**
     * Null only if a problem was found.
     *
     * @param branches the places of the layers
     */
    static LayerSpec.@Nullable Branches read(Map<String, Place> branches, FeaturesReader.Draft inputs) {
        List<LayerSpec.Branch> read = new ArrayList<>();
        if (inputs.rest().width() > 0) {
            read.add(new LayerSpec.Branch(REST, inputs.rest().width(), List.of()));
        }
        for (Map.Entry<String, Place> branch : branches.entrySet()) {
            Place place = branch.getValue();
            InputGroup group = inputs.branches().getOrDefault(branch.getKey(), new InputGroup());
            List<LayerSpec> layers = readLayers(place, group);
            if (inputs.features() == null) {
                continue;
            }
            if (group.width() == 0) {
                place.problems()
                        .addWithoutValue(
                                place,
                                "must have features that go into it",
                                "write into: " + branch.getKey() + " at a feature, or remove the branch");
            } else if (layers != null) {
                read.add(new LayerSpec.Branch(branch.getKey(), group.width(), withSteps(layers, group)));
            }
        }
        int parts = branches.size() + (inputs.rest().width() > 0 ? 1 : 0);
        return read.size() < parts ? null : new LayerSpec.Branches(read, LayerSpec.Join.CONCAT);
    }

    private static @Nullable List<LayerSpec> readLayers(Place place, InputGroup group) {
        List<LayerSpec> layers = LayersReader.readBranch(place, group.isHistory());
        if (layers != null && layers.isEmpty() && group.isHistory()) {
            place.problems()
                    .addWithoutValue(place, "must not be empty for a history", "write e.g. [{gru: 32}], or [flatten]");
            return null;
        }
        return layers;
    }

    /** Layers of a history see its steps. */
    private static List<LayerSpec> withSteps(List<LayerSpec> layers, InputGroup group) {
        return group.isHistory()
                ? Stream.concat(Stream.of(new LayerSpec.Sequence(group.steps(), true)), layers.stream())
                        .toList()
                : layers;
    }
}
