package dev.millrace.operators.ranking;

import dev.millrace.events.EventId;
import dev.millrace.events.StableHash;
import dev.millrace.networks.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Draws items of a catalogue that a user has not taken, each with the same probability, none twice. The draw is a function of
 * seed, event and the items in the order in which they were first taken, so that it repeats.
 */
final class ItemDraw {

    /** Tries per item asked for: a user who has nearly everything gets fewer. */
    private static final int TRIES = 4;

    private final long seed;
    private final List<Item> drawn = new ArrayList<>();

    ItemDraw(long seed) {
        this.seed = seed;
    }

    /**
     * @param taken what is not drawn, although the user does not have it yet
     * @return a list that is valid until the next draw
     */
    List<Item> draw(Catalogue catalogue, UserItems user, Item taken, EventId event, int count) {
        BitSet gone = user.asSet();
        gone.set(taken.number);
        drawn.clear();
        int size = catalogue.size();
        long ofEvent = StableHash.of(event.toString(), seed);
        if (size - gone.cardinality() <= count) {
            for (int item = gone.nextClearBit(0); item < size; item = gone.nextClearBit(item + 1)) {
                drawn.add(catalogue.item(item));
            }
            return drawn;
        }
        for (int i = 0; i < TRIES * count && drawn.size() < count; i++) {
            int item = StableHash.bucket(Seeds.mix(ofEvent, i), size);
            if (!gone.get(item)) {
                gone.set(item);
                drawn.add(catalogue.item(item));
            }
        }
        return drawn;
    }
}
