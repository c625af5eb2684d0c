package dev.millrace.operators.learner;

import dev.millrace.events.LabelRange;
import dev.millrace.features.NegativeSampling;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a learner is built from.
 *
 * @param model name of the model, stamped on predictions
 * @param embeddings inputs of the network that are rows of their own in state
 * @param batchRows rows per update, at least 1
 * @param maxDelay event time after which a part-full mini-batch is trained; null: never
 * @param keep how long after its event an example waits for its label and for revisions; null: labels come with their
 *     events or not at all
 * @param liveModelBytes memory for models that are held live, and as much again for embedding rows; the others are in state
 * @param negatives which events of class 0 a binary model learns from
 * @param alerts what alerts are raised by; null: none are
 * @param scoreRange what scores are clipped to; null: they are as the network gives them
 */
public record LearnerOptions(
        String model,
        NetworkSpec network,
        EmbeddingSpec embeddings,
        ModelShape shape,
        int batchRows,
        @Nullable Duration maxDelay,
        @Nullable Duration keep,
        long liveModelBytes,
        NegativeSampling negatives,
        @Nullable AlertOptions alerts,
        @Nullable LabelRange scoreRange)
        implements Serializable {

    public static final long DEFAULT_LIVE_MODEL_BYTES = 256L << 20;

    /** Without embeddings; learns from every negative, raises no alerts and clips no scores. */
    public LearnerOptions(
            String model,
            NetworkSpec network,
            ModelShape shape,
            int batchRows,
            @Nullable Duration maxDelay,
            @Nullable Duration keep,
            long liveModelBytes) {
        this(
                model,
                network,
                EmbeddingSpec.NONE,
                shape,
                batchRows,
                maxDelay,
                keep,
                liveModelBytes,
                NegativeSampling.NONE,
                null,
                null);
    }

    public LearnerOptions {
        if (batchRows < 1) {
            throw new IllegalArgumentException("batchRows must be at least 1, got " + batchRows);
        }
    }
}
