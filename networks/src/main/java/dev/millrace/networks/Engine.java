package dev.millrace.networks;

import java.util.List;

/**
 * Computes with the weights of a network: scores rows and learns mini-batches.
 *
 * <ul>
 *   <li>inputs: {@code [rows, spec.inputs]}, flat, row-major
 *   <li>scores: {@code [rows, spec.outputs]}, flat, row-major: probabilities, the regression target or what candidates are ordered by
 *   <li>labels, row weights: {@code [rows]}; a label is 0 to 1 (binary), a class index (multiclass) or the target (regression);
 *       with the loss for delayed feedback {@link LossSpec.DelayedFeedback#assumedNegative} too. Of a ranking 1 opens a list, with
 *       the row that was chosen, and the zeros that follow are the rows it was chosen among
 * </ul>
 *
 * <p>Arrays may be longer than needed; what lies beyond is neither read nor written. Scratch memory is the engine's, weights
 * are the caller's: one engine serves the weights of any number of keys, whichever comes next, and keeps nothing of them. It
 * belongs to one thread at a time.
 *
 * <p>The score of a row does not depend on the rows beside it, to the last bit. What a row of a ranking teaches depends on its list,
 * which must therefore lie in one mini-batch. The same calls on the same weights give the
 * same bits in a new engine and a new process, as long as {@link #kernel} is the same.
 */
public interface Engine extends AutoCloseable {

    /**
     * Stands for the log-odds of a binary score in place of its index. They are the sum of the output unit, so that their
     * derivative does not vanish where the probability is 1 to the last bit.
     */
    int LOG_ODDS = -1;

    NetworkSpec spec();

    /** What {@code model.engine} calls it. */
    EngineChoice choice();

    int parameterCount();

    int updaterStateCount();

    /** Names the arithmetic that results depend on. Weights remember it: with another one the last bits may differ. */
    String kernel();

    /** Fresh weights: a pure function of the spec's layers and the seed, the same in every engine. */
    Weights initialWeights(long seed);

    void score(Weights weights, float[] inputs, int rows, float[] scores);

    /**
     * Learns one mini-batch: forward, backward, one update; the weights then count one update more.
     *
     * <p>If the loss is not finite, or a component of the gradient is not or is beyond 1e16 in magnitude, the update is
     * refused: weights, updater state and count stay as they were. Weights that were finite stay finite.
     *
     * @param rowWeights factor of each row's loss, at least 0; of a ranking that of the row that opens a list is the list's, and the
     *     others are without meaning
     * @return the mean over rows, of a ranking over lists, of row weight × loss, before the update and without regularisation; NaN exactly if the
     *     update was refused
     * @throws IllegalArgumentException if a label is none of the task; nothing is learned
     */
    float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows);

    /**
     * As {@link #fit(Weights, float[], float[], float[], int)}, to the same weights, and says what the inputs would learn: what
     * comes from rows of embeddings that lie outside the engine.
     *
     * @param inputGradients {@code [rows, spec.inputs]}, written: the derivative of the returned loss with respect to each input of
     *     each row, at the weights before the update, through the dropout masks and the statistics of this mini-batch; what a loss
     *     holds constant in its derivative stays so. 0 for marks and steps that are absent. A component that is not finite or is
     *     beyond 1e16 in magnitude refuses the update as well; what is written then is undefined
     */
    float fit(Weights weights, float[] inputs, float[] labels, float[] rowWeights, int rows, float[] inputGradients);

    /**
     * The derivative of one score of one row with respect to each input.
     *
     * @param row {@code [spec.inputs]}
     * @param output index of the score; or {@link #LOG_ODDS}, of a binary task only
     * @param gradient {@code [spec.inputs]}, written
     */
    void inputGradient(Weights weights, float[] row, int output, float[] gradient);

    /** Whether {@link #fit} shall keep {@link #layerHealth}: off at first, and free of cost while off. */
    default void watchHealth(boolean watch) {}

    /** Of the last {@link #fit}, refused or not, from the input on; empty if it was not watched or the engine does not tell. */
    default List<LayerHealth> layerHealth() {
        return List.of();
    }

    /** Frees scratch memory. The engine is not used afterwards. */
    @Override
    void close();
}
