package dev.millrace.operators.ranking;

import dev.millrace.features.ranking.RankingSpec;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.NetworkSpec;
import java.io.Serializable;

/**
 * What a learner that ranks is built from.
 *
 * @param model name of the model, stamped on predictions and recommendations
 * @param network whose inputs are those of {@code ranking}, in order
 * @param liveModelBytes memory for models that are held live; catalogues are live always
 */
public record RankingOptions(
        String model, NetworkSpec network, RankingSpec ranking, ModelShape shape, long liveModelBytes)
        implements Serializable {

    public RankingOptions {
        if (network.inputs() != ranking.inputs().size()) {
            throw new IllegalArgumentException("a network that ranks must have "
                    + ranking.inputs().size() + " inputs, " + ranking.inputNames() + ", got " + network.inputs());
        }
    }
}
