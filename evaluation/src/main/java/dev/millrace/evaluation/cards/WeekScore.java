package dev.millrace.evaluation.cards;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * Quality of a week's scores on the cards that were not known as compromised.
 *
 * @param events that were measured
 * @param frauds among them
 * @param rocAuc empty unless there are events of both classes
 * @param averagePrecision empty without a fraud
 * @param cardPrecision mean of the days' card precisions, 0 to 1
 */
public record WeekScore(
        LocalDate firstDay,
        long events,
        long frauds,
        OptionalDouble rocAuc,
        OptionalDouble averagePrecision,
        double cardPrecision) {}
