package dev.millrace.cli.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FraudSimulatorTest {

    private static final int DAYS = 60;
    private static final Instant START = LocalDate.of(2020, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC);
    private static final List<SimulatedRecord> TWO_MONTHS = days(FraudWorld.withSeed(42), DAYS);
    private static final Map<Long, Boolean> OUTCOMES =
            labels().stream().collect(Collectors.toMap(FraudLabel::transactionId, FraudLabel::fraud));

    @Test
    void sameSeedGivesTheSameBytes() {
        assertThat(json(FraudWorld.withSeed(7), 30_000)).isEqualTo(json(FraudWorld.withSeed(7), 30_000));
        assertThat(json(FraudWorld.withSeed(7), 1_000)).isNotEqualTo(json(FraudWorld.withSeed(8), 1_000));
    }

    @Test
    void recordsComeInTheOrderOfTime() {
        assertThat(TWO_MONTHS).extracting(SimulatedRecord::time).isSorted();
        assertThat(transactions()).extracting(Transaction::id).isSorted().startsWith(0L, 1L, 2L);
    }

    @Test
    void jsonIsWhatThePipelineReads() {
        Instant noon = Instant.parse("2020-01-01T12:00:00Z");
        assertThat(new Transaction(12, 3, 4, 57_06, noon, false).json())
                .isEqualTo("{\"transaction_id\":\"12\",\"customer_id\":3,\"terminal_id\":4,\"amount\":57.06,"
                        + "\"time\":\"2020-01-01T12:00:00Z\"}");
        assertThat(new Transaction(12, 3, 4, 10_50, noon, true).json()).contains("\"amount\":10.50,");
        assertThat(new FraudLabel(12, true, noon).json())
                .isEqualTo("{\"transaction_id\":\"12\",\"is_fraud\":1,\"confirmed_at\":\"2020-01-01T12:00:00Z\"}");
    }

    /** 5,000 customers with 2 payments a day on average, of which 3.1 % fall outside the day. */
    @Test
    void aDayHasNearly9700Transactions() {
        assertThat(transactions().size() / (double) DAYS).isCloseTo(9_690, within(150.0));
    }

    @Test
    void paymentsCentreOnNoon() {
        double meanHour = transactions().stream()
                .mapToDouble(payment ->
                        payment.time().atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0)
                .average()
                .orElseThrow();
        assertThat(meanHour).isCloseTo(12, within(0.05));
    }

    /** A customer's mean is between 5 and 100; the few negative draws are replaced by a uniform of the same mean. */
    @Test
    void genuineAmountsAverageTheCustomersMean() {
        double mean = transactions().stream()
                .filter(payment -> Boolean.FALSE.equals(OUTCOMES.get(payment.id())))
                .mapToDouble(payment -> payment.cents() / 100.0)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(53.5, within(2.0));
        assertThat(transactions()).allMatch(payment -> payment.cents() >= 0);
    }

    @Test
    void nearlyOnePercentIsFraudulentFromTheFirstWeekOn() {
        assertThat(fraudShare(0, 7)).isBetween(0.006, 0.012);
        assertThat(fraudShare(30, 50)).isBetween(0.006, 0.012);
    }

    @Test
    void everyAmountAbove220IsFraudulent() {
        List<Transaction> large = transactions().stream()
                .filter(payment -> payment.cents() > 220_00)
                .filter(payment -> OUTCOMES.containsKey(payment.id()))
                .toList();
        assertThat(large).hasSizeGreaterThan(100).allMatch(payment -> OUTCOMES.get(payment.id()));
    }

    /** Two terminals a day for 28 days: with some drawn twice nearly 56 of 10,000, each with about one payment a day. */
    @Test
    void compromisedTerminalsAreFraudulentThroughout() {
        Map<Integer, Integer> frauds = new HashMap<>();
        for (Transaction payment : transactions()) {
            if (Boolean.TRUE.equals(OUTCOMES.get(payment.id())) && payment.cents() < 220_00) {
                frauds.merge(payment.terminal(), 1, Integer::sum);
            }
        }
        long compromised = frauds.values().stream().filter(count -> count >= 8).count();
        assertThat(compromised).isBetween(110L, 185L);
    }

    @Test
    void labelsComeHoursToWeeksLaterAndSomeAfterSevenDays() {
        Map<Long, Instant> times =
                transactions().stream().collect(Collectors.toMap(Transaction::id, Transaction::time));
        List<Duration> delays = labels().stream()
                .filter(label -> label.time().isBefore(START.plus(Duration.ofDays(DAYS - 20))))
                .map(label -> Duration.between(times.get(label.transactionId()), label.time()))
                .toList();
        assertThat(delays).allMatch(delay -> delay.compareTo(Duration.ofHours(1)) >= 0);
        double late = delays.stream()
                        .filter(delay -> delay.compareTo(Duration.ofDays(7)) > 0)
                        .count()
                / (double) delays.size();
        assertThat(late).isBetween(0.03, 0.07);
    }

    @Test
    void onlyFraudsAreReportedWhereThatIsAsked() {
        FraudWorld world = FraudWorld.withSeed(42).withLabels(ReportedLabels.FRAUDS);
        List<SimulatedRecord> records = days(world, 10);
        assertThat(records)
                .filteredOn(FraudLabel.class::isInstance)
                .isNotEmpty()
                .allMatch(record -> ((FraudLabel) record).fraud());
        assertThat(records.stream()
                        .filter(Transaction.class::isInstance)
                        .limit(50_000)
                        .toList())
                .isEqualTo(transactions().stream().limit(50_000).toList());
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new FraudWorld(
                        1, 0, 1, 5, LocalDate.of(2020, 1, 1), Duration.ofDays(1), 0.5, ReportedLabels.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("customers must be at least 1, got 0");
    }

    private static List<Transaction> transactions() {
        return TWO_MONTHS.stream()
                .filter(Transaction.class::isInstance)
                .map(Transaction.class::cast)
                .toList();
    }

    private static List<FraudLabel> labels() {
        return TWO_MONTHS.stream()
                .filter(FraudLabel.class::isInstance)
                .map(FraudLabel.class::cast)
                .toList();
    }

    private static double fraudShare(int fromDay, int toDay) {
        List<Boolean> known = transactions().stream()
                .filter(payment -> !payment.time().isBefore(START.plus(Duration.ofDays(fromDay)))
                        && payment.time().isBefore(START.plus(Duration.ofDays(toDay))))
                .map(payment -> OUTCOMES.getOrDefault(payment.id(), false))
                .toList();
        return known.stream().filter(fraud -> fraud).count() / (double) known.size();
    }

    private static List<SimulatedRecord> days(FraudWorld world, int days) {
        FraudSimulator simulator = new FraudSimulator(world);
        Instant end = START.plus(Duration.ofDays(days));
        List<SimulatedRecord> records = new ArrayList<>();
        for (SimulatedRecord record = simulator.next(); record.time().isBefore(end); record = simulator.next()) {
            records.add(record);
        }
        return records;
    }

    private static List<String> json(FraudWorld world, int count) {
        FraudSimulator simulator = new FraudSimulator(world);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(simulator.next().json());
        }
        return lines;
    }
}
