package dev.millrace.operators.ranking;

import dev.millrace.modelstate.LiveModel;
import dev.millrace.networks.Engine;
import java.util.BitSet;

/** Scores candidates with the live weights of a shard. */
final class CandidateRanker {

    /** Rows per call of the engine: its scratch memory stays in the cache, and is not as large as a catalogue. */
    private static final int ROWS = 256;

    private final Engine engine;
    private final CandidateInputs inputs;
    private final int columns;
    private final float[] raw;
    private final float[] rows;
    private final float[] rowScores = new float[ROWS];

    private final BitSet left = new BitSet();
    private Item[] candidates = new Item[64];
    private float[] scores = new float[64];
    private int count;

    CandidateRanker(Engine engine, CandidateInputs inputs) {
        this.engine = engine;
        this.inputs = inputs;
        this.columns = engine.spec().inputs();
        this.raw = new float[columns];
        this.rows = new float[ROWS * columns];
    }

    /** The candidates are all items, in the order of their numbers, but for those that are {@code gone}. */
    void chooseAll(Catalogue catalogue, BitSet gone) {
        left.clear();
        left.set(0, catalogue.size());
        left.andNot(gone);
        choose(catalogue);
    }

    /** The candidates are these, in the order of their numbers, but for those that are {@code gone}. */
    void chooseAmong(Catalogue catalogue, Iterable<Item> chosen, BitSet gone) {
        left.clear();
        for (Item item : chosen) {
            left.set(item.number);
        }
        left.andNot(gone);
        choose(catalogue);
    }

    private void choose(Catalogue catalogue) {
        count = 0;
        if (candidates.length < catalogue.size()) {
            candidates = new Item[2 * catalogue.size()];
            scores = new float[2 * catalogue.size()];
        }
        for (int item = left.nextSetBit(0); item >= 0; item = left.nextSetBit(item + 1)) {
            candidates[count++] = catalogue.item(item);
        }
    }

    /** Scores the candidates for the user whom the inputs look at. */
    void score(LiveModel model) {
        for (int start = 0; start < count; start += ROWS) {
            int some = Math.min(ROWS, count - start);
            for (int row = 0; row < some; row++) {
                inputs.write(candidates[start + row], raw, 0);
                model.scaler().apply(raw, rows, row * columns);
            }
            engine.score(model.weights(), rows, some, rowScores);
            System.arraycopy(rowScores, 0, scores, start, some);
        }
    }

    /** Scores the candidates by the share of the events that took them. */
    void scoreByPopularity(Catalogue catalogue) {
        for (int i = 0; i < count; i++) {
            scores[i] = (float) candidates[i].taken / Math.max(1, catalogue.events());
        }
    }

    int count() {
        return count;
    }

    Item candidate(int index) {
        return candidates[index];
    }

    /** The rank of a candidate, from 1. */
    int rankOf(Item item) {
        float score = scores[indexOf(item)];
        int rank = 1;
        for (int i = 0; i < count; i++) {
            if (TopItems.before(scores[i], candidates[i], score, item)) {
                rank++;
            }
        }
        return rank;
    }

    /** Its place among the candidates. */
    int indexOf(Item item) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int number = candidates[middle].number;
            if (number == item.number) {
                return middle;
            } else if (number < item.number) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        throw new IllegalArgumentException("item '" + item.id + "' must be a candidate");
    }

    float scoreAt(int index) {
        return scores[index];
    }

    TopItems.Ranked[] best(int most) {
        TopItems best = new TopItems(Math.max(1, Math.min(most, count)));
        for (int i = 0; i < count; i++) {
            best.offer(candidates[i], scores[i]);
        }
        return best.take();
    }
}
