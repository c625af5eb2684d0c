package dev.millrace.pipeline;

import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
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

    static {
        for (Task task : Task.values()) {
            TASKS.put(task.name().toLowerCase(Locale.ROOT), task);
        }
        for (EngineChoice engine : EngineChoice.values()) {
            ENGINES.put(engine.name().toLowerCase(Locale.ROOT), engine);
        }
    }

    private ModelReader() {}

    /**
     * The model before the number of its inputs and classes is known. Null stands for what is missing or wrong.
     */
    record Draft(
            Place place,
            @Nullable Task task,
            @Nullable List<LayerSpec> layers,
            @Nullable LossSpec loss,
            OptimizerSpec optimizer,
            Regularization regularization,
            long seed,
            EngineChoice engine) {

        /**
         * Null only if a problem was found.
         *
         * @param classCount 0 for a regression
         */
        @Nullable
        NetworkSpec network(int inputs, int classCount) {
            if (task == null || layers == null || loss == null || (task == Task.MULTICLASS && classCount < 2)) {
                return null;
            }
            int outputs = task == Task.MULTICLASS ? classCount : 1;
            try {
                return new NetworkSpec(inputs, task, outputs, layers, loss, optimizer, regularization, seed, engine);
            } catch (IllegalArgumentException e) {
                place.problems()
                        .addWithoutValue(
                                place, "cannot be built (" + e.getMessage() + ")", "make its layers or inputs smaller");
                return null;
            }
        }
    }

    /** Null, and a problem, where there is no mapping. */
    static @Nullable Draft read(Place place) {
        try (Section section = place.section("write task and layers below it")) {
            if (section == null) {
                return null;
            }
            Task task = readTask(section);
            Place layers =
                    section.required("layers", "list the hidden layers, e.g. [{dense: 32}]; [] is a linear model");
            section.later("branches", "put all layers into layers");
            section.later("join", "put all layers into layers");
            Place engine = section.optional("engine");
            EngineChoice chosen = engine == null ? null : engine.choice(ENGINES);
            Place seed = section.optional("seed");
            return new Draft(
                    place,
                    task,
                    layers == null ? null : LayersReader.read(layers),
                    LossReader.read(section.optional("loss"), task),
                    OptimizerReader.read(section.optional("optimizer")),
                    readRegularization(section),
                    seed == null
                            ? Defaults.SEED
                            : seed.integer(Defaults.SEED, -MOST_SEED, MOST_SEED, "write any whole number, e.g. 42"),
                    chosen == null ? Defaults.ENGINE : chosen);
        }
    }

    private static @Nullable Task readTask(Section section) {
        Place place = section.required("task", "write binary, multiclass or regression");
        if (place != null && place.is("ranking")) {
            place.problems()
                    .addWithoutValue(
                            place,
                            "ranking is not supported by this release",
                            "use regression on a rating or binary on a click");
            return null;
        }
        return place == null ? null : place.choice(TASKS);
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
        return new Regularization(l1, l2, value, norm);
    }

    private static float readPenalty(@Nullable Place place) {
        return place == null ? 0 : place.real(0, Range.from(0, 1), "0 leaves it out, 0.0001 is usual");
    }
}
