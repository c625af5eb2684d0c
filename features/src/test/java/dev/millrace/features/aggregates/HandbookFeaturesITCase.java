package dev.millrace.features.aggregates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * The aggregates of all card transactions of the fraud-detection handbook from 1 April on beside the features that the book published for
 * two weeks of July and August: 134,320 rows of twelve numbers. Skipped where the folder that {@code millrace.data} names, {@code
 * ../shared/data} beside the clone by default, does not exist.
 *
 * <p>Counts and rates are equal to the last digit. So is a mean up to the last digits of the book's own: it adds to a running sum what enters a
 * window and subtracts what leaves it, and its sum of 10.00 is then 9.999999999999996. Transactions 1240489 and 1240490 of one card have the
 * same second, and the book's unstable sort took the second one first: so does this test.
 */
class HandbookFeaturesITCase {

    private static final Path FRAUD =
            Path.of(System.getProperty("millrace.data", "../../shared/data")).resolve("fraud");
    private static final List<String> MONTHS = List.of("2018-04", "2018-05", "2018-06", "2018-07", "2018-08a");
    private static final EventSchema SCHEMA = new EventSchema(List.of(new Field("amount", FieldType.NUMBER)));
    private static final int FIRST_PUBLISHED_COLUMN = 11;

    /** Numbers of the book that are sums of many roundings: its running mean adds what enters a window and subtracts what leaves it. */
    private static final double ROUNDING_OF_THE_BOOK = 1e-9;

    @Test
    void equalTheFeaturesThatTheBookPublished() throws IOException {
        assumeTrue(
                Files.isDirectory(FRAUD),
                () -> "no published data in " + FRAUD.toAbsolutePath().normalize());
        EntityAggregator customers = new EntityAggregator(SCHEMA, customers(), 0);
        EntityAggregator terminals = new EntityAggregator(SCHEMA, terminals(), 0);
        Map<String, EntityLog> customerLogs = new HashMap<>();
        Map<String, EntityLog> terminalLogs = new HashMap<>();
        Map<String, String[]> book = book();
        int published = 0;
        for (String month : MONTHS) {
            for (String[] cells : transactions(month)) {
                Event event = new Event(
                        EventId.of(cells[0]),
                        LocalDateTime.parse(cells[1].replace(' ', 'T'))
                                .toInstant(ZoneOffset.UTC)
                                .toEpochMilli(),
                        Event.NO_LABEL,
                        new double[] {Double.parseDouble(cells[4])},
                        new String[0]);
                float label = Float.parseFloat(cells[7]);
                double[] customer = customers.observe(
                        customerLogs.computeIfAbsent(cells[2], id -> customers.emptyLog()), event, label);
                double[] terminal = terminals.observe(
                        terminalLogs.computeIfAbsent(cells[3], id -> terminals.emptyLog()), event, label);
                String[] expected = book.get(cells[0]);
                if (expected != null) {
                    published++;
                    for (int i = 0; i < 6; i++) {
                        double number = Double.parseDouble(expected[FIRST_PUBLISHED_COLUMN + i]);
                        boolean isMean = i % 2 == 1;
                        assertThat(Math.abs(customer[i] - number))
                                .as(cells[0])
                                .isLessThanOrEqualTo(isMean ? ROUNDING_OF_THE_BOOK : 0);
                        assertThat(terminal[i])
                                .as(cells[0])
                                .isEqualTo(Double.parseDouble(expected[FIRST_PUBLISHED_COLUMN + 6 + i]));
                    }
                }
            }
        }
        assertThat(published).isEqualTo(134_320);
    }

    private static Map<String, String[]> book() throws IOException {
        try (BufferedReader lines = open("fdh_transformed_train_test.csv.gz")) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split(","))
                    .collect(Collectors.toMap(cells -> cells[0], cells -> cells));
        }
    }

    private static List<String[]> transactions(String month) throws IOException {
        try (BufferedReader lines = open("fdh_transactions_" + month + ".csv.gz")) {
            List<String[]> transactions = new ArrayList<>();
            lines.lines().skip(1).map(line -> line.split(",")).forEach(transactions::add);
            for (int i = 1; i < transactions.size(); i++) {
                if (transactions.get(i)[0].equals("1240490")) {
                    Collections.swap(transactions, i - 1, i);
                }
            }
            return transactions;
        }
    }

    private static EntityFeatures customers() {
        List<Aggregate> aggregates = new ArrayList<>();
        for (int days : new int[] {1, 7, 30}) {
            Window window = Window.of(Duration.ofDays(days));
            aggregates.add(new Aggregate.Count(window));
            aggregates.add(new Aggregate.Summary(Aggregate.Statistic.MEAN, "amount", window));
        }
        return new EntityFeatures("customer", aggregates, null);
    }

    private static EntityFeatures terminals() {
        List<Aggregate> aggregates = new ArrayList<>();
        for (int days : new int[] {1, 7, 30}) {
            Window window = new Window(Duration.ofDays(days), Duration.ofDays(7));
            aggregates.add(new Aggregate.Count(window));
            aggregates.add(new Aggregate.Rate(window));
        }
        return new EntityFeatures("terminal", aggregates, null);
    }

    private static BufferedReader open(String file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FRAUD.resolve(file))), StandardCharsets.UTF_8));
    }
}
