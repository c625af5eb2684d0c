package dev.millrace.pipeline;

import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.InitialWeights;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.WeightInitializer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code model}. */
final class ModelReader {

    private static final long MOST_SEED = 999_999_999_999_999_999L;

    private static final Map<String, Task> TASKS = new LinkedHashMap<>();
    private static final Map<String, EngineChoice> ENGINES = new LinkedHashMap<>();
    private static final Map<String, WeightInitializer> INITIALIZERS = new LinkedHashMap<>();
    private static final Map<String, WeightInitializer> HIDDEN_INITIALIZERS = new LinkedHashMap<>();

    static {
        for (Task task : Task.values()) {
            TASKS.put(task.name().toLowerCase(Locale.ROOT), task);
        }
        for (EngineChoice engine : EngineChoice.values()) {
            ENGINES.put(engine.name().toLowerCase(Locale.ROOT), engine);
        }
        for (WeightInitializer initializer : WeightInitializer.values()) {
            String word = initializer.name().toLowerCase(Locale.ROOT).replace('_', '-');
            INITIALIZERS.put(word, initializer);
            if (initializer != WeightInitializer.ZEROS) {
                HIDDEN_INITIALIZERS.put(word, initializer);
            }
        }
    }

    private ModelReader() {}

    /**
     * The model before the number of its inputs and classes is known. Null stands for what is missing or wrong.
     *
     * @param branches where their layers are written, by name; see {@link BranchesReader}
     * @param join what becomes of the branches
     */
    record Draft(
            Place place,
            @Nullable Task task,
            @Nullable List<LayerSpec> layers,
            Map<String, Place> branches,
            LayerSpec.Join join,
            @Nullable LossSpec loss,
            OptimizerSpec optimizer,
            Regularization regularization,
            long seed,
            EngineChoice engine,
            InitialWeights initialWeights,
            EmbeddingSettings embeddings) {

        /**
         * Null only if a problem was found.
         *
         * @param label null where it is missing or wrong
         */
        @Nullable
        NetworkSpec network(FeaturesReader.Draft inputs, @Nullable LabelLayout label) {
            List<LayerSpec> all = joined(inputs);
            FeatureSet features = inputs.features();
            int classCount = label == null ? 0 : label.classCount();
            if (task == null
                    || all == null
                    || features == null
                    || loss == null
                    || label == null
                    || (task == Task.MULTICLASS && classCount < 2)) {
                return null;
            }
            return network(features, task == Task.MULTICLASS ? classCount : 1, task, all, loss, beginning(label));
        }

        /** Of a ranking; null only if a problem was found. */
        @Nullable
        NetworkSpec network(RankingSpec ranking) {
            // They are standardised, as plain numbers are.
            FeatureSet inputs = new FeatureSet(ranking.inputNames().stream()
                    .map(name -> (Feature) new Feature.Numeric(name))
                    .toList());
            return layers == null || loss == null
                    ? null
                    : network(inputs, 1, Task.RANKING, layers, loss, initialWeights);
        }

        private @Nullable NetworkSpec network(
                FeatureSet features,
                int outputs,
                Task task,
                List<LayerSpec> all,
                LossSpec loss,
                InitialWeights beginning) {
            try {
                NetworkSpec network = new NetworkSpec(
                        features.width(), task, outputs, all, loss, optimizer, regularization, seed, engine, beginning);
                return marksAreWhole(network, features) ? network : null;
            } catch (IllegalArgumentException e) {
                place.problems()
                        .addWithoutValue(
                                place, "cannot be built (" + e.getMessage() + ")", "change its layers or the features");
                return null;
            }
        }

        /** Targets of a known range are expected in its middle first. */
        private InitialWeights beginning(LabelLayout label) {
            LabelRange range = label.range();
            return range == null
                    ? initialWeights
                    : initialWeights.withOutputBias((float) ((range.min() + range.max()) / 2));
        }

        /** The layers from the inputs on; null only if a problem was found. */
        private @Nullable List<LayerSpec> joined(FeaturesReader.Draft inputs) {
            if (!branches.isEmpty()) {
                return BranchesReader.read(branches, join, layers, inputs);
            }
            return join == LayerSpec.Join.FM ? BranchesReader.factorise(layers, inputs, place) : layers;
        }

        /** A mark of 0 that is standardised would be 0 no more. */
        private boolean marksAreWhole(NetworkSpec network, FeatureSet features) {
            if (network.layers().isEmpty() || !(network.layers().get(0) instanceof LayerSpec.Branches first)) {
                return marksAreWhole(network.layers(), "layers", 0, network.inputs(), features);
            }
            int from = 0;
            for (LayerSpec.Branch branch : first.branches()) {
                if (!marksAreWhole(branch.layers(), "branches." + branch.name(), from, branch.inputs(), features)) {
                    return false;
                }
                from += branch.inputs();
            }
            return true;
        }

        /**
         * Of layers that see some of the inputs.
         *
         * @param from the first of them
         */
        private boolean marksAreWhole(List<LayerSpec> seeing, String key, int from, int inputs, FeatureSet features) {
            if (seeing.isEmpty() || !(seeing.get(0) instanceof LayerSpec.Sequence sequence) || !sequence.masked()) {
                return true;
            }
            for (int mark = from; mark < from + inputs; mark += inputs / sequence.steps()) {
                if (features.isStandardised(mark)) {
                    place.problems()
                            .add(new Problem(
                                    place.pathOf(key + "[0].sequence.mask"),
                                    place.line(),
                                    features.inputNames().get(mark),
                                    "needs marks that are not standardised",
                                    "begin each step with a boolean field"));
                    return false;
                }
            }
            return true;
        }
    }

    /** Null, and a problem, where there is no mapping. */
    static @Nullable Draft read(Place place) {
        try (Section section = place.section("write task and layers below it")) {
            if (section == null) {
                return null;
            }
            Task task = readTask(section);
            boolean ranks = task == Task.RANKING;
            if (ranks) {
                refuseFeatures(section);
            }
            Place layers =
                    section.required("layers", "list the hidden layers, e.g. [{dense: 32}]; [] is a linear model");
            Map<String, Place> branches = ranks ? Map.of() : BranchesReader.readNames(section);
            Place engine = section.optional("engine");
            EngineChoice chosen = engine == null ? null : engine.choice(ENGINES);
            Place seed = section.optional("seed");
            return new Draft(
                    place,
                    task,
                    layers == null ? null : LayersReader.read(layers),
                    branches,
                    ranks ? LayerSpec.Join.CONCAT : BranchesReader.readJoin(section, branches.size()),
                    LossReader.read(section.optional("loss"), task),
                    OptimizerReader.read(section.optional("optimizer")),
                    readRegularization(section),
                    seed == null
                            ? Defaults.SEED
                            : seed.integer(Defaults.SEED, -MOST_SEED, MOST_SEED, "write any whole number, e.g. 42"),
                    chosen == null ? Defaults.ENGINE : chosen,
                    readInitialWeights(section.optional("initial-weights")),
                    EmbeddingSettings.read(ranks ? null : section.optional("embeddings")));
        }
    }

    private static @Nullable Task readTask(Section section) {
        Place place = section.required("task", "write binary, multiclass, regression or ranking");
        return place == null ? null : place.choice(TASKS);
    }

    /** What goes with features, of which a ranking has none. */
    private static void refuseFeatures(Section section) {
        for (String key : new String[] {"branches", "join", "embeddings"}) {
            section.refuse(
                    key,
                    "makes no sense in a ranking, whose inputs are no features",
                    key.equals("embeddings")
                            ? "remove it; similarity among ranking.inputs compares learned vectors"
                            : "remove it");
        }
    }

    private static Regularization readRegularization(Section section) {
        float l1 = readPenalty(section.optional("l1"));
        float l2 = readPenalty(section.optional("l2"));
        float value = 0;
        float norm = 0;
        Place clipping = section.optional("gradient-clipping");
        if (clipping != null) {
            String remedy = "write {norm: 1} to shorten long gradients, {value: 1} to cut each component";
            try (Section settings = clipping.section(remedy)) {
                Place valuePlace = settings == null ? null : settings.optional("value");
                Place normPlace = settings == null ? null : settings.optional("norm");
                value = valuePlace == null ? 0 : valuePlace.real(0, Range.above(0), remedy);
                norm = normPlace == null ? 0 : normPlace.real(0, Range.above(0), remedy);
                if (settings != null && valuePlace == null && normPlace == null) {
                    clipping.problems().addWithoutValue(clipping, "must have value or norm", remedy);
                }
            }
        }
        Place longest = section.optional("max-norm");
        float maxNorm =
                longest == null ? 0 : longest.real(0, Range.above(0), "remove it, or set it to the longest, e.g. 3");
        return new Regularization(l1, l2, value, norm, maxNorm);
    }

    private static InitialWeights readInitialWeights(@Nullable Place place) {
        InitialWeights usual = InitialWeights.DEFAULT;
        if (place == null) {
            return usual;
        }
        try (Section settings = place.section("write {hidden: he-normal, output: zeros}")) {
            Place hidden = settings == null ? null : settings.optional("hidden");
            Place output = settings == null ? null : settings.optional("output");
            WeightInitializer ofHidden = hidden == null ? usual.hidden() : hidden.choice(HIDDEN_INITIALIZERS);
            WeightInitializer ofOutput = output == null ? usual.output() : output.choice(INITIALIZERS);
            return new InitialWeights(
                    ofHidden == null ? usual.hidden() : ofHidden, ofOutput == null ? usual.output() : ofOutput);
        }
    }

    private static float readPenalty(@Nullable Place place) {
        return place == null ? 0 : place.real(0, Range.from(0, 1), "0 leaves it out, 0.0001 is usual");
    }
}
