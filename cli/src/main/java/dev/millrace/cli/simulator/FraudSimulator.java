package dev.millrace.cli.simulator;

import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * An endless stream of card transactions and, later, of the labels of each; in the order of time, labels first where
 * times are equal.
 *
 * <p>Customers and terminals are spread evenly over a square map; a customer pays at the terminals within the radius,
 * most often around noon. Three kinds of fraud, as in the fraud-detection handbook:
 *
 * <ol>
 *   <li>An amount above 220 is fraudulent: obvious, a baseline for any detector.
 *   <li>Every day two terminals are compromised; all their payments of the next 28 days are fraudulent.
 *   <li>Every day three customers are compromised; of their payments of the next 14 days one in three is fraudulent, with
 *       its amount multiplied by 5.
 * </ol>
 *
 * Not safe for use by several threads.
 */
public final class FraudSimulator implements Iterator<SimulatedRecord> {

    private static final double MAP_SIDE = 100;
    private static final int SECONDS_PER_DAY = 86_400;
    private static final double TIME_DEVIATION_SECONDS = 20_000;
    private static final long OBVIOUS_CENTS = 220_00;
    private static final int TERMINALS_COMPROMISED_PER_DAY = 2;
    private static final int TERMINAL_DAYS = 28;
    private static final int CUSTOMERS_COMPROMISED_PER_DAY = 3;
    private static final int CUSTOMER_DAYS = 14;
    private static final double COMPROMISED_CUSTOMER_FRAUD_SHARE = 1.0 / 3;
    private static final int COMPROMISED_CUSTOMER_FACTOR = 5;
    private static final long SHORTEST_LABEL_DELAY_SECONDS = 3_600;

    private final FraudWorld world;
    private final List<Customer> customers;
    private final Compromises compromisedTerminals;
    private final Compromises compromisedCustomers;
    private final Chance payments;
    private final Chance frauds;
    private final Chance labelDelays;

    private final Deque<Payment> today = new ArrayDeque<>();
    private final PriorityQueue<FraudLabel> labelsToCome =
            new PriorityQueue<>(Comparator.comparing(FraudLabel::time).thenComparing(FraudLabel::transactionId));
    private long day;
    private long nextId;

    private record Payment(int customer, int terminal, long cents, Instant time, boolean fraud) {}

    public FraudSimulator(FraudWorld world) {
        this.world = world;
        this.customers = settle(world);
        this.payments = new Chance(world.seed(), 2);
        this.frauds = new Chance(world.seed(), 3);
        this.labelDelays = new Chance(world.seed(), 4);
        this.compromisedTerminals = new Compromises(
                new Chance(world.seed(), 5), world.terminals(), TERMINALS_COMPROMISED_PER_DAY, TERMINAL_DAYS);
        this.compromisedCustomers = new Compromises(
                new Chance(world.seed(), 6), world.customers(), CUSTOMERS_COMPROMISED_PER_DAY, CUSTOMER_DAYS);
    }

    /** Always true. */
    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public SimulatedRecord next() {
        while (today.isEmpty()) {
            simulateDay();
        }
        FraudLabel label = labelsToCome.peek();
        if (label != null && !label.time().isAfter(today.getFirst().time())) {
            return labelsToCome.remove();
        }
        Payment payment = today.removeFirst();
        long id = nextId++;
        if (payment.fraud() || world.labels() == ReportedLabels.ALL) {
            labelsToCome.add(new FraudLabel(id, payment.fraud(), payment.time().plusSeconds(labelDelaySeconds())));
        }
        return new Transaction(
                id, payment.customer(), payment.terminal(), payment.cents(), payment.time(), payment.fraud());
    }

    private static List<Customer> settle(FraudWorld world) {
        Chance map = new Chance(world.seed(), 0);
        double[] terminalX = new double[world.terminals()];
        double[] terminalY = new double[world.terminals()];
        for (int i = 0; i < world.terminals(); i++) {
            terminalX[i] = map.uniform(0, MAP_SIDE);
            terminalY[i] = map.uniform(0, MAP_SIDE);
        }
        Chance habits = new Chance(world.seed(), 1);
        List<Customer> customers = new ArrayList<>(world.customers());
        for (int i = 0; i < world.customers(); i++) {
            double x = habits.uniform(0, MAP_SIDE);
            double y = habits.uniform(0, MAP_SIDE);
            double meanAmount = habits.uniform(5, 100);
            double meanTransactions = habits.uniform(0, 4);
            int[] inReach = within(world.radius(), x, y, terminalX, terminalY);
            customers.add(new Customer(meanAmount, meanAmount / 2, meanTransactions, inReach));
        }
        return customers;
    }

    private static int[] within(double radius, double x, double y, double[] terminalX, double[] terminalY) {
        int[] found = new int[terminalX.length];
        int count = 0;
        for (int i = 0; i < terminalX.length; i++) {
            double dx = terminalX[i] - x;
            double dy = terminalY[i] - y;
            if (dx * dx + dy * dy < radius * radius) {
                found[count++] = i;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private void simulateDay() {
        compromisedTerminals.begin(day);
        compromisedCustomers.begin(day);
        Instant midnight = world.firstDay().plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<Payment> drawn = new ArrayList<>();
        for (int customer = 0; customer < customers.size(); customer++) {
            pay(customer, midnight, drawn);
        }
        drawn.sort(Comparator.comparing(Payment::time));
        today.addAll(drawn);
        day++;
    }

    private void pay(int index, Instant midnight, List<Payment> drawn) {
        Customer customer = customers.get(index);
        int count = payments.poisson(customer.meanTransactions());
        for (int i = 0; i < count; i++) {
            long second = (long) payments.normal(SECONDS_PER_DAY / 2.0, TIME_DEVIATION_SECONDS);
            if (second <= 0 || second >= SECONDS_PER_DAY || customer.terminals().length == 0) {
                continue;
            }
            double amount = payments.normal(customer.meanAmount(), customer.deviation());
            if (amount < 0) {
                amount = payments.uniform(0, 2 * customer.meanAmount());
            }
            int terminal = customer.terminals()[payments.below(customer.terminals().length)];
            drawn.add(judge(index, terminal, Math.round(amount * 100), midnight.plusSeconds(second)));
        }
    }

    private Payment judge(int customer, int terminal, long cents, Instant time) {
        boolean stolenCard =
                compromisedCustomers.holds(customer, day) && frauds.holds(COMPROMISED_CUSTOMER_FRAUD_SHARE);
        boolean fraud = cents > OBVIOUS_CENTS || compromisedTerminals.holds(terminal, day) || stolenCard;
        return new Payment(customer, terminal, stolenCard ? cents * COMPROMISED_CUSTOMER_FACTOR : cents, time, fraud);
    }

    private long labelDelaySeconds() {
        double seconds = labelDelays.logNormal(world.medianLabelDelay().toSeconds(), world.labelDelayDeviation());
        return Math.max(SHORTEST_LABEL_DELAY_SECONDS, (long) seconds);
    }
}
