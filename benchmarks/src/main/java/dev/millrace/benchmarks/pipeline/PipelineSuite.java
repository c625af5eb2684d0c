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
        Rounds bareLoop = race.rounds(Contestant.bareLoop(parallelism));
        Rounds arrival = race.rounds(Contestant.pipeline(Order.ARRIVAL, EngineChoice.AUTO, parallelism));
        Rounds arrivalPassThrough = race.rounds(Contestant.passThrough(Order.ARRIVAL, parallelism));
        Rounds eventTime = race.rounds(Contestant.pipeline(Order.EVENT_TIME, EngineChoice.AUTO, parallelism));
        Rounds eventTimePassThrough = race.rounds(Contestant.passThrough(Order.EVENT_TIME, parallelism));
        Rounds dl4j = race.rounds(Contestant.pipeline(Order.ARRIVAL, EngineChoice.DL4J, parallelism));

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
