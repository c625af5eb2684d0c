package dev.millrace.modelstate;

import dev.millrace.events.LabelKind;
import dev.millrace.networks.InputScaler;
import dev.millrace.networks.Weights;

/**
 * The model of one shard between two snapshots: live arrays that are trained in place. State holds copies of them, written
 * by the {@link ModelStore}, which is told what has changed.
 */
public final class LiveModel {

    private final int shard;
    private final Weights weights;
    private final InputScaler scaler;
    private final MiniBatch batch;

    private long newestLabelTime;
    private long scoredRows;
    private long trainedRows;
    private long refusedUpdates;
    private LabelDelays delays;

    boolean weightsChanged;
    boolean scalerChanged;
    boolean batchChanged;
    boolean delaysChanged;

    LiveModel(Weights weights, InputScaler scaler, MiniBatch batch, ShardProgress progress) {
        this.shard = progress.shard();
        this.weights = weights;
        this.scaler = scaler;
        this.batch = batch;
        this.newestLabelTime = progress.newestLabelTime();
        this.scoredRows = progress.scoredRows();
        this.trainedRows = progress.trainedRows();
        this.refusedUpdates = progress.refusedUpdates();
        this.delays = progress.delays();
    }

    public int shard() {
        return shard;
    }

    public Weights weights() {
        return weights;
    }

    /** Whoever updates it says so with {@link #countScored}. */
    public InputScaler scaler() {
        return scaler;
    }

    /** Whoever adds a row says so with {@link #batchChanged()}. */
    public MiniBatch batch() {
        return batch;
    }

    /** Newest stream time of a label that the weights have learned, milliseconds since the epoch. */
    public long newestLabelTime() {
        return newestLabelTime;
    }

    /** Which labels came in time so far. */
    public LabelDelays delays() {
        return delays;
    }

    /** A label of a binary task has come, in time or late, or was assumed; as of {@link LabelDelays#plus}. */
    public void countLabel(LabelKind kind, float label, boolean afterAssumed) {
        delays = delays.plus(kind, label, afterAssumed);
        delaysChanged = true;
    }

    /** One event was scored, and the scaler has learned from it. */
    public void countScored() {
        scoredRows++;
        scalerChanged = true;
    }

    public void batchChanged() {
        batchChanged = true;
    }

    /** The mini-batch was learned, and is empty from now on. */
    public void countTrained() {
        newestLabelTime = Math.max(newestLabelTime, batch.newestLabelTime());
        trainedRows += batch.rows();
        batch.clear();
        weightsChanged = true;
        batchChanged = true;
    }

    /** The mini-batch could not be learned, and is empty from now on. */
    public void countRefused() {
        refusedUpdates++;
        batch.clear();
        batchChanged = true;
    }

    public ShardProgress progress() {
        return new ShardProgress(shard, newestLabelTime, scoredRows, trainedRows, refusedUpdates, delays);
    }
}
