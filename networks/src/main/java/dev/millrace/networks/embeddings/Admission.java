package dev.millrace.networks.embeddings;

import dev.millrace.networks.Seeds;
import java.io.Serializable;

/**
 * When an id gets a row of its own. Until then it shares the row of all ids that are rare, so that ids seen once or twice take no
 * memory for what they can hardly teach.
 */
public sealed interface Admission extends Serializable {

    /** Every id at once. */
    Admission ALWAYS = new After(1);

    /**
     * At the {@code occurrences}-th event with the id; 1: at once. The id is counted before, in a row without values.
     */
    record After(int occurrences) implements Admission {
        public After {
            if (occurrences < 1) {
                throw new IllegalArgumentException("admit-after must be at least 1, got " + occurrences
                        + "; set it to the number of events that an id must have, e.g. 5");
            }
        }
    }

    /**
     * At each event with a probability, so that an id waits 1 / {@code probability} events on average and takes no memory before
     * (McMahan et al. 2013, section 3.1). Drawn from seed, id and the event: the same however the job fails or is repeated.
     */
    record Chance(float probability) implements Admission {
        public Chance {
            if (!(probability > 0 && probability <= 1)) {
                throw new IllegalArgumentException("admit-with must be above 0 and at most 1, got " + probability
                        + "; set it to the probability per event, e.g. 0.2");
            }
        }

        /** @param draw a hash of id and event, well mixed with the seed of the model */
        public boolean admits(long draw) {
            return (Seeds.mix(draw) >>> 11) * 0x1p-53 < probability;
        }
    }
}
