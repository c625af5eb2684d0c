package dev.millrace.evaluation.alerts;

import dev.millrace.events.Alert;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The cards of one day with the highest scores, each by its highest one, and the cards that were alerted at once.
 *
 * <p>Mergeable: a card that is among the k highest of all events is among the k highest of the events that hold its highest
 * score. So the k best of each shard, put on one board, leave the k best of the day, however cards are spread over shards.
 *
 * <p>Ties are broken by the earlier event, then by its id, then by the shard: what is on the board depends on the set of
 * alerts put on it and not on their order.
 *
 * <p>Memory: an alert a place, and a text for each card alerted at once. Mutable, not thread-safe.
 */
public final class DayBoard {

    /** The highest score first. */
    static final Comparator<Alert> RANKING = Comparator.comparing(Alert::score, Comparator.reverseOrder())
            .thenComparingLong(Alert::eventTime)
            .thenComparing(Alert::id)
            .thenComparingInt(Alert::shard)
            .thenComparing(Alert::card);

    private final LocalDate day;
    private final long first;
    private final long last;
    private int places;

    private final Map<String, Alert> byCard = new HashMap<>();
    private final TreeSet<Alert> ranking = new TreeSet<>(RANKING);
    private final TreeSet<String> alertedAtOnce = new TreeSet<>();

    /**
     * @param first first millisecond of the day, since the epoch
     * @param last its last one
     */
    DayBoard(LocalDate day, long first, long last, int places) {
        this.day = day;
        this.first = first;
        this.last = last;
        this.places = places;
    }

    static DayBoard of(LocalDate day, ZoneId zone, int places) {
        return new DayBoard(
                day,
                day.atStartOfDay(zone).toInstant().toEpochMilli(),
                day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli() - 1,
                places);
    }

    public LocalDate day() {
        return day;
    }

    /** First millisecond of the day, since the epoch. */
    long first() {
        return first;
    }

    /** Last millisecond of the day, since the epoch. */
    public long last() {
        return last;
    }

    /** Whether {@link #put} would change the board. Scores that are not finite have no place. */
    public boolean admits(Alert alert) {
        if (!Float.isFinite(alert.score())) {
            return false;
        }
        @Nullable Alert best = byCard.get(alert.card());
        if (best != null) {
            return RANKING.compare(alert, best) < 0;
        }
        return ranking.size() < places || RANKING.compare(alert, ranking.last()) < 0;
    }

    /** Puts an alert in its place if the board {@link #admits} it; its card's lower one leaves, or else the lowest of all. */
    public void put(Alert alert) {
        if (!admits(alert)) {
            return;
        }
        Alert before = byCard.put(alert.card(), alert);
        if (before != null) {
            ranking.remove(before);
        }
        ranking.add(alert);
        trim();
    }

    private void trim() {
        while (ranking.size() > places) {
            Alert lowest = ranking.pollLast();
            byCard.remove(lowest.card());
        }
    }

    void limit(int newPlaces) {
        places = newPlaces;
        trim();
    }

    /** As they were put in, the highest first. */
    public List<Alert> highestFirst() {
        return List.copyOf(ranking);
    }

    /** The highest first, with their places from 1 on. */
    public List<Alert> ranked() {
        List<Alert> alerts = new ArrayList<>();
        for (Alert alert : ranking) {
            alerts.add(alert.withPlace(alerts.size() + 1));
        }
        return alerts;
    }

    public boolean wasAlertedAtOnce(Alert alert) {
        return alertedAtOnce.contains(alert.card());
    }

    /** Whether it is the first of its card. */
    public boolean alertAtOnce(Alert alert) {
        return alertedAtOnce.add(alert.card());
    }

    TreeSet<String> alertedAtOnce() {
        return alertedAtOnce;
    }

    @Override
    public String toString() {
        return "DayBoard of " + day + ", " + ranking.size() + " of " + places + " places taken";
    }
}
