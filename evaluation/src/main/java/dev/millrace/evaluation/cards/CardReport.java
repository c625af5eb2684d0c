package dev.millrace.evaluation.cards;

import dev.millrace.evaluation.ExactRanking;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Weeks of scores by the protocol of the Fraud detection handbook (Le Borgne et al., chapter 3.3): labels come {@code
 * delayDays} late, and cards that are known as compromised are left out.
 *
 * <p>Known in a week that begins on day s are the cards with a fraud in the week before its labels end, days s − delay − 7 to
 * s − delay − 1; on day d of it also those with a fraud on days s − delay to d − delay − 1. ROC AUC and average precision are exact, over
 * the events of all seven days that are left; card precision ({@link CardPrecision}) begins anew with each week.
 */
public final class CardReport {

    private static final int WEEK = 7;

    private final int delayDays;
    private final int budget;
    private final Map<Long, List<CardEvent>> days = new TreeMap<>();

    /**
     * @param delayDays from an event to its label, at least 0
     * @param budget cards that can be looked at each day, at least 1
     */
    public CardReport(int delayDays, int budget) {
        if (delayDays < 0 || budget < 1) {
            throw new IllegalArgumentException(
                    "a card report needs a delay of at least 0 days and a budget of at least 1 card a day, got "
                            + delayDays + " and " + budget);
        }
        this.delayDays = delayDays;
        this.budget = budget;
    }

    /** In any order; each event once. */
    public void add(CardEvent event) {
        days.computeIfAbsent(event.day(), day -> new ArrayList<>()).add(event);
    }

    /** Of the events added so far. Without any event in the week precision is 0 and the rest is empty. */
    public WeekScore week(LocalDate firstDay) {
        long first = firstDay.toEpochDay();
        Set<String> known = new HashSet<>();
        for (long day = first - delayDays - WEEK; day < first - delayDays; day++) {
            addCompromised(day, known);
        }
        List<CardEvent> measured = new ArrayList<>();
        CardPrecision precision = new CardPrecision(budget);
        for (long day = first; day < first + WEEK; day++) {
            addCompromised(day - delayDays - 1, known);
            List<CardEvent> unknown = of(day).stream()
                    .filter(event -> !known.contains(event.card()))
                    .toList();
            precision.addDay(unknown);
            measured.addAll(unknown);
        }
        return score(firstDay, measured, precision.mean());
    }

    private void addCompromised(long day, Set<String> known) {
        for (CardEvent event : of(day)) {
            if (event.fraud()) {
                known.add(event.card());
            }
        }
    }

    private List<CardEvent> of(long day) {
        return days.getOrDefault(day, List.of());
    }

    private static WeekScore score(LocalDate firstDay, List<CardEvent> events, double cardPrecision) {
        float[] scores = new float[events.size()];
        float[] labels = new float[events.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = events.get(i).score();
            labels[i] = events.get(i).fraud() ? 1 : 0;
        }
        ExactRanking ranking = new ExactRanking(scores, labels);
        return new WeekScore(
                firstDay,
                scores.length,
                ranking.positives(),
                ranking.rocAuc(),
                ranking.averagePrecision(),
                cardPrecision);
    }
}
