package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import dev.millrace.networks.EngineChoice;
import dev.millrace.operators.order.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Events per second of the whole pipeline, beside the same pipeline without a model and a loop without Flink. */
public final class PipelineSuite implements Suite {

    private static final int WARM_UP_ROUNDS = 2;
    private static final long EVENTS = 500_000;
    /** For DL4J, which would take minutes for all. */
    private static final long FEW_EVENTS = 50_000;

    private static final String WORK = "280-byte JSON events, 32->64->32->1, mini-batch 256, Adam";

    private final List<Figure> figures = new ArrayList<>();
    private final Map<Contestant, List<Double>> rates = new HashMap<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        measure(rounds);
        for (int parallelism = 1; parallelism <= 2; parallelism++) {
            report(parallelism);
        }
        return figures;
    }

    private static List<Contestant> contestants() {
        List<Contestant> all = new ArrayList<>();
        for (int parallelism = 1; parallelism <= 2; parallelism++) {
            all.add(Contestant.bareLoop(parallelism));
            for (Order order : Order.values()) {
                all.add(Contestant.passThrough(order, parallelism));
                all.add(Contestant.pipeline(order, EngineChoice.AUTO, parallelism));
            }
            all.add(Contestant.pipeline(Order.ARRIVAL, EngineChoice.DL4J, parallelism));
        }
        return all;
    }

    private static long eventsOf(Contestant contestant) {
        return contestant.engine() == EngineChoice.DL4J ? FEW_EVENTS : EVENTS;
    }

    private void measure(int rounds) throws Exception {
        List<ContestantProcess> processes = new ArrayList<>();
        try (MeasuredBroker broker = new MeasuredBroker()) {
            System.out.println("loading " + EVENTS + " events");
            broker.load(topic(EVENTS), EVENTS);
            broker.load(topic(FEW_EVENTS), FEW_EVENTS);
            for (Contestant contestant : contestants()) {
                long events = eventsOf(contestant);
                processes.add(ContestantProcess.start(
                        contestant, broker.bootstrapServers(), topic(events), Transactions.timeOf(events - 1)));
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                measureRound(round, processes, broker);
            }
        } finally {
            for (ContestantProcess process : processes) {
                process.close();
            }
        }
    }

    private static String topic(long events) {
        return "transactions-" + events;
    }

    /** @param round negative while warming up */
    private void measureRound(int round, List<ContestantProcess> processes, MeasuredBroker broker) throws Exception {
        System.out.println(round < 0 ? "warm-up" : "round " + (round + 1));
        for (ContestantProcess process : processes) {
            Contestant contestant = process.contestant();
            String run =
                    (contestant.name() + "-round" + round).replace(':', '-').replace('_', '-');
            broker.createOutputs(run);
            process.run(run);
            double rate = broker.predictionsPerSecond(run, eventsOf(contestant));
            broker.deleteOutputs(run);
            System.out.printf(Locale.ROOT, "  %-36s %,10.0f events/s%n", contestant.name(), rate);
            if (round >= 0) {
                rates.computeIfAbsent(contestant, first -> new ArrayList<>()).add(rate);
            }
        }
    }

    private void report(int parallelism) {
        String at = parallelism == 1 ? "" : "-parallelism-" + parallelism;
        String work = WORK + ", parallelism " + parallelism;
        Rounds bareLoop = rounds(Contestant.bareLoop(parallelism));
        Rounds arrival = rounds(Contestant.pipeline(Order.ARRIVAL, EngineChoice.AUTO, parallelism));
        Rounds arrivalPassThrough = rounds(Contestant.passThrough(Order.ARRIVAL, parallelism));
        Rounds eventTime = rounds(Contestant.pipeline(Order.EVENT_TIME, EngineChoice.AUTO, parallelism));
        Rounds eventTimePassThrough = rounds(Contestant.passThrough(Order.EVENT_TIME, parallelism));
        Rounds dl4j = rounds(Contestant.pipeline(Order.ARRIVAL, EngineChoice.DL4J, parallelism));

        addRate("pipeline-events-per-second" + at, work, arrival);
        addRatio("pipeline-vs-pass-through" + at, work, arrival.relativeTo(arrivalPassThrough));
        addRatio("pipeline-vs-bare-loop" + at, work, arrival.relativeTo(bareLoop));
        addRate("pipeline-event-time-events-per-second" + at, work + ", event-time order", eventTime);
        addRatio(
                "pipeline-event-time-vs-pass-through" + at,
                work + ", event-time order",
                eventTime.relativeTo(eventTimePassThrough));
        addRate("pipeline-dl4j-events-per-second" + at, work + ", engine dl4j", dl4j);
        addRate("pass-through-events-per-second" + at, "the same without a model", arrivalPassThrough);
        addRate("pass-through-event-time-events-per-second" + at, "the same without a model", eventTimePassThrough);
        addRate("bare-loop-events-per-second" + at, "consume, parse, produce; " + parallelism + " thread(s)", bareLoop);
    }

    private Rounds rounds(Contestant contestant) {
        return Rounds.of(rates.getOrDefault(contestant, List.of()));
    }

    private void addRate(String id, String work, Rounds rounds) {
        add(id, work, rounds, "events/s");
    }

    private void addRatio(String id, String work, Rounds rounds) {
        add(id, work, rounds, "ratio");
    }

    private void add(String id, String work, Rounds rounds, String unit) {
        figures.add(new Figure(
                id, work, rounds.median(), unit, true, null, rounds.spread(), Benchmarks.command("pipeline")));
    }
}
