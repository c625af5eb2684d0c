package dev.millrace.evaluation.cards;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Card precision@k: investigators can look at k cards a day. Cards are ranked by their highest score of the day; the day's
 * precision is the share of k that went to cards with a fraud that day, wherever in the day it was. A card that was found
 * is blocked: it is no card of later days (Le Borgne et al., Fraud detection handbook, chapter 4.4).
 *
 * <p>Cards with equal scores are ranked by their names. On a day with fewer than k cards the places left over count as missed.
 */
public final class CardPrecision {

    private final int budget;
    private final Set<String> found = new HashSet<>();
    private long hits;
    private long days;

    /** @param budget k, at least 1 */
    public CardPrecision(int budget) {
        if (budget < 1) {
            throw new IllegalArgumentException("the budget must be at least 1 card a day, got " + budget);
        }
        this.budget = budget;
    }

    private static final class Card {
        final String name;
        float score = Float.NEGATIVE_INFINITY;
        boolean fraud;

        Card(String name) {
            this.name = name;
        }
    }

    /** @param events of the next day, in any order */
    public void addDay(Iterable<CardEvent> events) {
        Map<String, Card> cards = new TreeMap<>();
        for (CardEvent event : events) {
            if (!found.contains(event.card())) {
                Card card = cards.computeIfAbsent(event.card(), Card::new);
                card.score = Math.max(card.score, event.score());
                card.fraud |= event.fraud();
            }
        }
        List<Card> ranked = new ArrayList<>(cards.values());
        // Subtracting, unlike negating, makes both zeros the same.
        ranked.sort(Comparator.comparingDouble(card -> 0.0 - card.score));
        for (Card card : ranked.subList(0, Math.min(budget, ranked.size()))) {
            if (card.fraud) {
                hits++;
                found.add(card.name);
            }
        }
        days++;
    }

    /** Mean over the days so far; NaN before the first. */
    public double mean() {
        return (double) hits / (days * budget);
    }
}
