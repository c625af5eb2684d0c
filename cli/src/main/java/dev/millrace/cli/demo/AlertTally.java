package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.Transaction;
import dev.millrace.events.Alert;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cards alerted at the end of their day, and how many of them had a fraud on it: what an investigator would have found. The
 * simulator tells the truth as it emits payments, long before a label does. One thread adds frauds, another alerts.
 */
final class AlertTally {

    private final Set<CardDay> frauds = ConcurrentHashMap.newKeySet();
    private long alerts;
    private long found;

    private record CardDay(String card, LocalDate day) {}

    void addFraud(Transaction payment) {
        frauds.add(
                new CardDay(Integer.toString(payment.customer()), LocalDate.ofInstant(payment.time(), ZoneOffset.UTC)));
    }

    /** One that was raised at once is in its day's list too, or is no part of the budget. */
    void addAlert(Alert alert) {
        if (alert.kind() == Alert.Kind.DAILY) {
            alerts++;
            if (frauds.contains(new CardDay(alert.reportingId(), alert.day()))) {
                found++;
            }
        }
    }

    Hits hits() {
        return new Hits(alerts, found);
    }
}
