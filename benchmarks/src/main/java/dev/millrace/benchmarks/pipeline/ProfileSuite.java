package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Suite;
import dev.millrace.networks.EngineChoice;
import dev.millrace.operators.order.Order;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the time of a pipeline goes: samples of Java Flight Recorder, which looks at running threads every 10 ms. Prints tables
 * and gives no figures, because a profiled run is slower.
 */
public final class ProfileSuite implements Suite {

    private static final List<Contestant> CONTESTANTS = List.of(
            Contestant.pipeline(Order.ARRIVAL, EngineChoice.AUTO, 1),
            Contestant.pipeline(Order.EVENT_TIME, EngineChoice.AUTO, 1));

    @Override
    public List<Figure> run(int rounds) throws Exception {
        Path recordings = Files.createTempDirectory("millrace-profile-");
        PipelineRace race = new PipelineRace(CONTESTANTS);
        race.run(
                rounds,
                contestant -> List.of("-XX:StartFlightRecording:settings=profile,dumponexit=true,filename="
                        + recording(recordings, contestant)));
        for (Contestant contestant : CONTESTANTS) {
            Path recording = recording(recordings, contestant);
            System.out.printf("%n%s (%s)%n", contestant.name(), recording);
            Profile.read(recording, race.warmedUp()).print(System.out);
        }
        return List.of();
    }

    private static Path recording(Path directory, Contestant contestant) {
        return directory.resolve(contestant.fileName() + ".jfr");
    }
}
