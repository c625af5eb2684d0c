package dev.millrace.operators.learner;

import dev.millrace.events.LabelKind;
import dev.millrace.features.NegativeSampling;
import dev.millrace.modelstate.LiveModel;
import dev.millrace.modelstate.PendingEntry.Kept;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.ScoreCorrection;
import dev.millrace.networks.Task;

/**
 * What a label teaches: whether it becomes a row, and with which target.
 *
 * <p>A label that differs from the one that held becomes one row with the new label, once. What the old one taught is not taken
 * back: the weights have moved since, so that its gradient with the opposite sign would undo something else, and a row of
 * negative weight has a loss without a lower bound (du Plessis et al. 2014, Kiryo et al. 2017). A revision thus pulls the
 * other way from where the model is. Of the one revision that is the rule, not the exception, a positive after an assumed
 * negative, the loss {@link LossSpec.DelayedFeedback} takes account.
 */
final class LabelLessons {

    private final boolean binary;
    private final boolean doubting;
    private final NegativeSampling negatives;
    private final double oddsFactor;

    LabelLessons(NetworkSpec network, NegativeSampling negatives, ScoreCorrection correction) {
        this.binary = network.task() == Task.BINARY;
        this.doubting = network.loss() instanceof LossSpec.DelayedFeedback;
        this.negatives = negatives;
        this.oddsFactor = correction.oddsFactor();
    }

    /** Whether the label differs from what the event was trained with. */
    boolean isNew(Kept scored, float label) {
        return label != scored.label();
    }

    /** Whether an event of this label is one of the negatives that are left out. */
    boolean leavesOut(Kept scored, float label) {
        return binary && label == 0 && !negatives.keeps(scored.example().id());
    }

    /** The label as the loss is told of it; counts whether labels come in time. */
    float target(LiveModel model, Kept scored, LabelKind kind, float label) {
        if (!binary) {
            return label;
        }
        model.countLabel(kind, label, scored.hasLabel() && scored.kind() == LabelKind.ASSUMED);
        if (!doubting || kind != LabelKind.ASSUMED) {
            return label;
        }
        // The doubt is about odds in the stream, the loss knows those in the sample that it learns from.
        return LossSpec.DelayedFeedback.assumedNegative((float) (model.delays().doubt() * oddsFactor));
    }
}
