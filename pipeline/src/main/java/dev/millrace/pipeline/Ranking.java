package dev.millrace.pipeline;

import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.ranking.RankingSpec;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What is ranked for whom: every event says that its user took its item.
 *
 * @param user field that names the user
 * @param item another field, which names the item
 * @param requestsTopic of those who ask what to recommend; null: nobody does
 */
public record Ranking(RankingSpec spec, String user, String item, @Nullable String requestsTopic)
        implements Serializable {

    /**
     * What an example carries: the id of the user, then that of the item. Rows of one dimension that nobody keeps; the model's
     * inputs are those of the spec.
     */
    FeatureSet ids() {
        return FeatureSet.of(new Feature.Embedding(user, 1), new Feature.Embedding(item, 1));
    }
}
