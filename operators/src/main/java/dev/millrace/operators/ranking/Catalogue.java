package dev.millrace.operators.ranking;

import dev.millrace.features.ranking.RankingSpec;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The items of one shard in the order in which they were first taken, and how often which were taken together. */
final class Catalogue {

    /** Events after which an event counts e times less, in {@link Item#decayed}. */
    static final double DECAY_EVENTS = 2_000;

    /** e^(1 / {@value #DECAY_EVENTS}) */
    private static final double GROWTH = StrictMath.exp(1 / DECAY_EVENTS);

    private static final double LARGEST_DECAY = 1e100;

    private final int shard;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Item> byId = new HashMap<>();
    private final BitSet changed = new BitSet();
    private final ItemMatrix vectors = new ItemMatrix();
    private long events;
    private double decay = 1;

    Catalogue(int shard) {
        this.shard = shard;
    }

    /** As it was stored; {@link #restore} brings its items. */
    Catalogue(int shard, long events, double decay) {
        this(shard);
        this.events = events;
        this.decay = decay;
    }

    /** Items come in the order of their numbers. */
    void restore(Item item) {
        if (item.number != items.size()) {
            throw new IllegalStateException("the catalogue of shard " + shard + " must have item " + items.size()
                    + " next, got " + item.number + ": the snapshot is incomplete");
        }
        items.add(item);
        byId.put(item.id, item);
        vectors.set(item.number, item.vector);
    }

    int shard() {
        return shard;
    }

    int size() {
        return items.size();
    }

    /** How many times an item was taken in all. */
    long events() {
        return events;
    }

    /** What an event of now counts in {@link Item#decayed}. */
    double decay() {
        return decay;
    }

    Item item(int number) {
        return items.get(number);
    }

    @Nullable
    Item find(String id) {
        return byId.get(id);
    }

    Item add(String id) {
        Item item = new Item(items.size(), id, events);
        items.add(item);
        byId.put(id, item);
        return item;
    }

    /** Counts that a user takes an item, which the user does not have yet. */
    void take(UserItems user, Item item, RankingSpec spec) {
        int within = Math.min(user.count(), spec.history());
        for (int back = 0; back < within; back++) {
            Item other = items.get(user.newest(back));
            boolean withinLast = back < spec.last();
            other.pairs.count(item.number, withinLast);
            item.pairs.count(other.number, withinLast);
            change(other);
        }
        takeAgain(item);
    }

    /** Counts that a user takes an item who has it already: it tells how popular the item is, and nothing more. */
    void takeAgain(Item item) {
        events++;
        decay *= GROWTH;
        item.taken++;
        item.decayed += decay;
        change(item);
        if (decay > LARGEST_DECAY) {
            rescale();
        }
    }

    private void rescale() {
        for (Item item : items) {
            item.decayed /= decay;
            change(item);
        }
        decay = 1;
    }

    /** Live: the vectors of all items. */
    ItemMatrix vectors() {
        return vectors;
    }

    /** The vector of an item has changed. */
    void changeVector(Item item) {
        vectors.set(item.number, item.vector);
        change(item);
    }

    /** The item is to be written to state. */
    void change(Item item) {
        changed.set(item.number);
    }

    /** Those that were changed since it was last asked, by number. */
    BitSet takeChanged() {
        BitSet taken = (BitSet) changed.clone();
        changed.clear();
        return taken;
    }
}
