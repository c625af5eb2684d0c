package dev.millrace.operators.ranking;

import dev.millrace.events.EventId;
import dev.millrace.events.StableHash;
import dev.millrace.networks.Seeds;
import dev.millrace.networks.learning.FloatMath;

/**
 * The baseline of incremental matrix factorisation: a user's and an item's factors, and the item's bias, learn by one step of
 * stochastic gradient descent on the logistic loss from each event and from some drawn negatives (in the manner of Vinagre, Jorge
 * and Gama 2014, whose loss is the squared error of positives alone). The score is their product plus the bias.
 *
 * <p>{@value #DIMENSIONS} factors, rate {@value #RATE}, λ {@value #L2}, {@value #NEGATIVES} negatives: the best of some twenty
 * settings on MovieLens.
 */
final class Factorisation {

    static final int DIMENSIONS = 16;

    private static final int NEGATIVES = 8;
    private static final float RATE = 0.3f;
    private static final float L2 = 0.001f;
    private static final float INITIAL_BOUND = 0.1f;

    private static final long USER_SEED = 0x75736572L;
    private static final long ITEM_SEED = 0x6974656DL;

    private final long seed;
    private final ItemDraw draw;

    Factorisation(long seed) {
        this.seed = seed;
        this.draw = new ItemDraw(seed ^ USER_SEED ^ ITEM_SEED);
    }

    /** 0 for a user who has not been seen, but for the bias. */
    float score(UserItems user, Item item) {
        float[] ofItem = item.factors;
        float sum = ofItem[DIMENSIONS];
        float[] ofUser = user.factors();
        for (int i = 0; i < ofUser.length; i++) {
            sum += ofUser[i] * ofItem[i];
        }
        return sum;
    }

    /** The item has come into the catalogue. */
    void begin(Item item) {
        float[] factors = initial(item.id, ITEM_SEED, DIMENSIONS + 1);
        factors[DIMENSIONS] = 0;
        item.factors = factors;
    }

    /** @return the user's factors after the event, a new array */
    float[] learn(Catalogue catalogue, UserItems user, String userId, Item taken, EventId event) {
        float[] ofUser = user.factors().length == 0
                ? initial(userId, USER_SEED, DIMENSIONS)
                : user.factors().clone();
        step(ofUser, taken, 1);
        for (Item other : draw.draw(catalogue, user, taken, event, NEGATIVES)) {
            step(ofUser, other, 0);
            catalogue.change(other);
        }
        return ofUser;
    }

    private static void step(float[] ofUser, Item item, float label) {
        float[] ofItem = item.factors;
        float z = ofItem[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            z += ofUser[i] * ofItem[i];
        }
        float slope = FloatMath.sigmoid(z) - label;
        for (int i = 0; i < DIMENSIONS; i++) {
            float u = ofUser[i];
            float v = ofItem[i];
            ofUser[i] -= RATE * (slope * v + L2 * u);
            ofItem[i] -= RATE * (slope * u + L2 * v);
        }
        ofItem[DIMENSIONS] -= RATE * slope;
    }

    private float[] initial(String id, long kind, int count) {
        long ofId = StableHash.of(id, seed ^ kind);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double unit = ((Seeds.mix(ofId, i) >>> 11) + 0.5) * 0x1p-53;
            values[i] = (float) ((2 * unit - 1) * INITIAL_BOUND);
        }
        return values;
    }
}
