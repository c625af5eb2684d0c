package dev.millrace.evaluation.alerts;

import java.io.Serializable;
import java.time.ZoneId;

/**
 * Which scores become alerts.
 *
 * @param perDay the budget: cards a day, at least 1
 * @param zone on whose clock a day begins and ends
 * @param above score beyond which a card is alerted at once; positive infinity: never
 */
public record AlertRules(int perDay, ZoneId zone, float above) implements Serializable {

    public AlertRules {
        if (perDay < 1) {
            throw new IllegalArgumentException(
                    "perDay must be at least 1, got " + perDay + "; set it to the number of cards a day");
        }
        if (Float.isNaN(above)) {
            throw new IllegalArgumentException("above must be a score, or infinite for none, got NaN");
        }
    }
}
