package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import dev.millrace.benchmarks.pipeline.Contestant.Backend;
import dev.millrace.benchmarks.pipeline.Contestant.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Events per second of a fraud pipeline in full, with aggregates of cards and terminals and labels that come later, on both
 * state backends, beside the same pipeline whose learner has no model.
 */
public final class FraudSuite implements Suite {

    private static final String WORK =
            "300-byte JSON events, 25 aggregates, labels 10 minutes late, 57->64->32->1, mini-batch 256";

    private final PipelineRace race = new PipelineRace(contestants());
    private final List<Figure> figures = new ArrayList<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        race.run(rounds, ContestantProcess.NO_OPTIONS);
        for (Backend backend : Backend.values()) {
            String id = backend.name().toLowerCase(Locale.ROOT);
            Rounds pipeline = rates(Kind.PIPELINE, backend);
            Rounds passThrough = rates(Kind.PASS_THROUGH, backend);
            add("fraud-" + id + "-events-per-second", pipeline, "events/s");
            add("fraud-pass-through-" + id + "-events-per-second", passThrough, "events/s");
            add("fraud-" + id + "-vs-pass-through", pipeline.relativeTo(passThrough), "ratio");
        }
        return figures;
    }

    private static List<Contestant> contestants() {
        List<Contestant> all = new ArrayList<>();
        for (Backend backend : Backend.values()) {
            all.add(Contestant.ofAggregates(Kind.PIPELINE, backend));
            all.add(Contestant.ofAggregates(Kind.PASS_THROUGH, backend));
        }
        return all;
    }

    private Rounds rates(Kind kind, Backend backend) {
        return race.rounds(Contestant.ofAggregates(kind, backend), Run::predictionsPerSecond);
    }

    private void add(String id, Rounds rounds, String unit) {
        figures.add(
                new Figure(id, WORK, rounds.median(), unit, true, null, rounds.spread(), Benchmarks.command("fraud")));
    }
}
