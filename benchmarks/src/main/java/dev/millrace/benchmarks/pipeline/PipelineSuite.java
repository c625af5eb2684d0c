package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import dev.millrace.networks.EngineChoice;
import dev.millrace.operators.order.Order;
import java.util.ArrayList;
import java.util.List;

/** Events per second of the whole pipeline, beside the same pipeline without a model and a loop without Flink. */
public final class PipelineSuite implements Suite {

    private static final int[] PARALLELISMS = {1, 2};
    private static final String WORK = "280-byte JSON events, 32->64->32->1, mini-batch 256, Adam";

    private final PipelineRace race = new PipelineRace(contestants());
    private final List<Figure> figures = new ArrayList<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        race.run(rounds, ContestantProcess.NO_OPTIONS);
        for (int parallelism : PARALLELISMS) {
            report(parallelism);
        }
        return figures;
    }

    private static List<Contestant> contestants() {
        List<Contestant> all = new ArrayList<>();
        for (int parallelism : PARALLELISMS) {
            all.add(Contestant.bareLoop(parallelism));
            for (Order order : Order.values()) {
                all.add(Contestant.passThrough(order, parallelism));
                all.add(Contestant.pipeline(order, EngineChoice.AUTO, parallelism));
            }
            all.add(Contestant.pipeline(Order.ARRIVAL, EngineChoice.DL4J, parallelism));
        }
        return all;
    }

    private void report(int parallelism) {
        String at = parallelism == 1 ? "" : "-parallelism-" + parallelism;
        String work = WORK + ", parallelism " + parallelism;
        Contestant bareLoop = Contestant.bareLoop(parallelism);
        Contestant arrival = Contestant.pipeline(Order.ARRIVAL, EngineChoice.AUTO, parallelism);
        Contestant arrivalPassThrough = Contestant.passThrough(Order.ARRIVAL, parallelism);
        Contestant eventTime = Contestant.pipeline(Order.EVENT_TIME, EngineChoice.AUTO, parallelism);
        Contestant eventTimePassThrough = Contestant.passThrough(Order.EVENT_TIME, parallelism);
        Contestant dl4j = Contestant.pipeline(Order.ARRIVAL, EngineChoice.DL4J, parallelism);

        addRate("pipeline", at, work, arrival);
        addRatio("pipeline-vs-pass-through" + at, work, arrival, arrivalPassThrough);
        addRatio("pipeline-vs-bare-loop" + at, work, arrival, bareLoop);
        addRate("pipeline-event-time", at, work + ", event-time order", eventTime);
        addRatio("pipeline-event-time-vs-pass-through" + at, work, eventTime, eventTimePassThrough);
        addRate("pipeline-dl4j", at, work + ", engine dl4j", dl4j);
        addRate("pass-through", at, "the same without a model", arrivalPassThrough);
        addRate("pass-through-event-time", at, "the same without a model, event-time order", eventTimePassThrough);
        addRate("bare-loop", at, "consume, parse, produce; threads: " + parallelism, bareLoop);
    }

    /** @param at end of the ids */
    private void addRate(String what, String at, String work, Contestant contestant) {
        add(
                what + "-events-per-second" + at,
                work,
                race.rounds(contestant, Run::predictionsPerSecond),
                "events/s",
                true);
        add(
                what + "-cpu-micros-per-event" + at,
                work + ": processor time of all threads",
                race.rounds(contestant, Run::cpuMicrosPerEvent),
                "µs",
                false);
        add(
                what + "-busiest-thread-micros-per-event" + at,
                work + ": processor time of the busiest thread",
                race.rounds(contestant, Run::busiestMicrosPerEvent),
                "µs",
                false);
    }

    private void addRatio(String id, String work, Contestant contestant, Contestant peer) {
        Rounds ratio = race.rounds(contestant, Run::predictionsPerSecond)
                .relativeTo(race.rounds(peer, Run::predictionsPerSecond));
        add(id, work, ratio, "ratio", true);
    }

    private void add(String id, String work, Rounds rounds, String unit, boolean higherIsBetter) {
        figures.add(new Figure(
                id,
                work,
                rounds.median(),
                unit,
                higherIsBetter,
                null,
                rounds.spread(),
                Benchmarks.command("pipeline")));
    }
}
