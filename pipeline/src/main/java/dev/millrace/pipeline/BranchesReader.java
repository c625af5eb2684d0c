package dev.millrace.pipeline;

import dev.millrace.features.Feature;
import dev.millrace.networks.LayerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code branches} and {@code join} of the model: first the names, then, once it is known what goes into each, the
 * layers.
 */
final class BranchesReader {

    private static final Map<String, LayerSpec.Join> JOINS = new LinkedHashMap<>();

    static {
        for (LayerSpec.Join join : LayerSpec.Join.values()) {
            JOINS.put(join.name().toLowerCase(Locale.ROOT), join);
        }
    }

    private static final String REMEDY = "name a branch and its layers, e.g. {history: [{gru: 32}]}, or remove it";

    private BranchesReader() {}

    /** The places of the layers by the name of their branch; empty where there are none. */
    static Map<String, Place> readNames(Section model) {
        Place place = model.optional("branches");
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
     * How the branches are joined; side by side where that is not stated or wrong.
     *
     * @param branches how many there are
     */
    static LayerSpec.Join readJoin(Section model, int branches) {
        Place place = model.optional("join");
        if (place == null) {
            return LayerSpec.Join.CONCAT;
        }
        LayerSpec.Join join = place.choice(JOINS);
        if (model.optional("branches") == null) {
            if (join == LayerSpec.Join.FM) {
                return join;
            }
            place.problem("makes sense with branches only", "remove it");
            return LayerSpec.Join.CONCAT;
        }
        if (join == LayerSpec.Join.DOT && branches != 2) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "must have exactly two branches for dot, not " + branches,
                            "name the two that it multiplies, or join more by fm");
        } else if (join == LayerSpec.Join.FM && branches < 2) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "must have at least two branches for fm, not " + branches,
                            "name those that it multiplies");
        } else if (join != null) {
            return join;
        }
        return LayerSpec.Join.CONCAT;
    }

    /**
     * The layers from the inputs on; null only if a problem was found.
     *
     * @param branches the places of their layers
     * @param layers of the model, behind the branches or beside their join
     */
    static @Nullable List<LayerSpec> read(
            Map<String, Place> branches,
            LayerSpec.Join join,
            @Nullable List<LayerSpec> layers,
            FeaturesReader.Draft inputs) {
        List<LayerSpec.Branch> read = readBranches(branches, inputs);
        if (read == null || layers == null) {
            return null;
        }
        return join == LayerSpec.Join.FM
                ? List.of(new LayerSpec.Branches(read, join, layers))
                : Stream.concat(Stream.of(new LayerSpec.Branches(read, join)), layers.stream())
                        .toList();
    }

    /**
     * The layers of a factorisation machine without branches: every embedding of more than one dimension is one. Embeddings of
     * one dimension and numbers are its first-order terms. Null, and a problem, where there are not two to multiply.
     *
     * @param model the place of that section
     */
    static @Nullable List<LayerSpec> factorise(
            @Nullable List<LayerSpec> layers, FeaturesReader.Draft inputs, Place model) {
        List<LayerSpec.Branch> branches = new ArrayList<>();
        int rest = 0;
        for (Feature feature : inputs.rest().features()) {
            if (feature instanceof Feature.Embedding embedding && embedding.dimensions() > 1) {
                addRest(branches, rest);
                rest = 0;
                branches.add(new LayerSpec.Branch(embedding.name(), embedding.dimensions(), List.of()));
            } else {
                rest += feature.inputNames().size();
            }
        }
        addRest(branches, rest);
        if (layers == null || inputs.features() == null) {
            return null;
        }
        if (branches.stream().filter(branch -> !branch.rest()).count() < 2) {
            model.problems()
                    .add(new Problem(
                            model.pathOf("join"),
                            model.line(),
                            "fm",
                            "needs two features with an embedding of more than one dimension",
                            "add embedding: 8 to the fields that it multiplies, or remove join"));
            return null;
        }
        return List.of(new LayerSpec.Branches(branches, LayerSpec.Join.FM, layers));
    }

    private static void addRest(List<LayerSpec.Branch> branches, int inputs) {
        if (inputs > 0) {
            branches.add(LayerSpec.Branch.rest(inputs));
        }
    }

    private static @Nullable List<LayerSpec.Branch> readBranches(
            Map<String, Place> branches, FeaturesReader.Draft inputs) {
        List<LayerSpec.Branch> read = new ArrayList<>();
        if (inputs.rest().width() > 0) {
            read.add(LayerSpec.Branch.rest(inputs.rest().width()));
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
        return read.size() < parts ? null : read;
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
