package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Rounds;
import dev.millrace.networks.EngineChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Contestants that take turns on one broker: in each round each of them goes through all events once. */
final class PipelineRace {

    private static final int WARM_UP_ROUNDS = 4;
    private static final long EVENTS = 500_000;
    /** With aggregates, on RocksDB too. */
    private static final long EVENTS_OF_ENTITIES = 100_000;
    /** For DL4J, which would take minutes for all. */
    private static final long FEW_EVENTS = 20_000;

    private final List<Contestant> contestants;
    private final Map<Contestant, List<Run>> runs = new HashMap<>();
    private Instant warmedUp = Instant.MAX;

    PipelineRace(List<Contestant> contestants) {
        this.contestants = List.copyOf(contestants);
    }

    /** One figure of a contestant, round by round; for a race that was run. */
    Rounds rounds(Contestant contestant, ToDoubleFunction<Run> figure) {
        return new Rounds(runs.getOrDefault(contestant, List.of()).stream()
                .mapToDouble(figure)
                .toArray());
    }

    /** When the measured rounds began. */
    Instant warmedUp() {
        return warmedUp;
    }

    /** @param options of each contestant's JVM, beside those of this one */
    void run(int rounds, ContestantProcess.JvmOptions options) throws Exception {
        List<ContestantProcess> processes = new ArrayList<>();
        try (MeasuredBroker broker = new MeasuredBroker()) {
            Set<String> loaded = new HashSet<>();
            for (Contestant contestant : contestants) {
                long events = eventsOf(contestant);
                if (loaded.add(topic(contestant))) {
                    broker.load(topic(contestant), events, contestant.features());
                }
                processes.add(ContestantProcess.start(
                        contestant,
                        options,
                        broker.bootstrapServers(),
                        topic(contestant),
                        Transactions.timeOf(events - 1)));
            }
            for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
                if (round == 0) {
                    warmedUp = Instant.now();
                }
                runRound(round, processes, broker);
            }
        } finally {
            for (ContestantProcess process : processes) {
                process.close();
            }
        }
    }

    private static long eventsOf(Contestant contestant) {
        if (contestant.engine() == EngineChoice.DL4J) {
            return FEW_EVENTS;
        }
        return contestant.features() == Contestant.Features.AGGREGATES ? EVENTS_OF_ENTITIES : EVENTS;
    }

    private static String topic(Contestant contestant) {
        return "transactions-" + contestant.features().name().toLowerCase(Locale.ROOT) + "-" + eventsOf(contestant);
    }

    /** @param round negative while warming up */
    private void runRound(int round, List<ContestantProcess> processes, MeasuredBroker broker) throws Exception {
        System.out.println(round < 0 ? "warm-up" : "round " + (round + 1));
        for (ContestantProcess process : processes) {
            Contestant contestant = process.contestant();
            String name = contestant.fileName() + (round < 0 ? "-warm-up" : "-round") + Math.abs(round);
            broker.createOutputs(name);
            long events = eventsOf(contestant);
            long[] nanos = process.run(name);
            Run run = new Run(
                    broker.predictionsPerSecond(name, events), nanos[0] / 1e3 / events, nanos[1] / 1e3 / events);
            broker.deleteOutputs(name);
            System.out.printf(
                    Locale.ROOT,
                    "  %-60s %,10.0f events/s, %6.2f µs of processor time an event, %6.2f in the busiest thread%n",
                    contestant.name(),
                    run.predictionsPerSecond(),
                    run.cpuMicrosPerEvent(),
                    run.busiestMicrosPerEvent());
            if (round >= 0) {
                runs.computeIfAbsent(contestant, first -> new ArrayList<>()).add(run);
            }
        }
    }
}
