package dev.millrace.networks.layers;

import dev.millrace.networks.ParameterLayout.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layers that an engine brings: the dense ones at least. */
public interface OwnLayers {

    /**
     * A layer for the first of the stages, or for as many of them as the engine computes at once. If the output layer is among
     * them, it gives plain sums.
     *
     * @param stages one or more
     * @return null if the first is none of the engine's own; never if it is dense
     */
    @Nullable
    Layer begin(List<Stage> stages);
}
