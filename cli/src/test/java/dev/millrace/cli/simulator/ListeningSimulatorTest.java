package dev.millrace.cli.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListeningSimulatorTest {

    private static final List<SimulatedRecord> RECORDS = records(ListeningWorld.withSeed(42), 60_000);

    private static List<SimulatedRecord> records(ListeningWorld world, int count) {
        ListeningSimulator simulator = new ListeningSimulator(world);
        List<SimulatedRecord> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(simulator.next());
        }
        return records;
    }

    private static List<Play> plays() {
        return RECORDS.stream()
                .filter(Play.class::isInstance)
                .map(Play.class::cast)
                .toList();
    }

    @Test
    void recordsComeInTheOrderOfTime() {
        assertThat(RECORDS).extracting(SimulatedRecord::time).isSorted();
    }

    @Test
    void theSameSeedGivesTheSameRecords() {
        assertThat(records(ListeningWorld.withSeed(42), 60_000)).isEqualTo(RECORDS);
        assertThat(records(ListeningWorld.withSeed(43), 60_000)).isNotEqualTo(RECORDS);
    }

    @Test
    void nobodyPlaysATrackTwice() {
        Set<List<Integer>> seen = new HashSet<>();
        assertThat(plays()).allSatisfy(play -> assertThat(seen.add(List.of(play.listener(), play.track())))
                .isTrue());
    }

    /** The truth of a request is what its listener plays a second later. */
    @Test
    void requestsKnowWhatIsPlayedNext() {
        Map<Integer, Integer> asked = new HashMap<>();
        int answered = 0;
        for (SimulatedRecord simulated : RECORDS) {
            if (simulated instanceof RecommendationAsked request) {
                asked.put(request.listener(), request.nextTrack());
            } else if (simulated instanceof Play play && asked.remove(play.listener(), play.track())) {
                answered++;
            }
        }
        long requests =
                RECORDS.stream().filter(RecommendationAsked.class::isInstance).count();
        // Some sessions of a listener overlap.
        assertThat(answered).isGreaterThan((int) (0.9 * requests));
    }

    @Test
    void theCatalogueGrows() {
        List<Play> plays = plays();
        int first = plays.subList(0, 5_000).stream().mapToInt(Play::track).max().orElseThrow();
        int last = plays.subList(plays.size() - 5_000, plays.size()).stream()
                .mapToInt(Play::track)
                .max()
                .orElseThrow();
        assertThat(last).isGreaterThan(first);
    }

    @Test
    void recordsAreJson() {
        assertThat(new Play(3, 7, 11, RECORDS.get(0).time()).json()).startsWith("{\"play_id\":\"3\",\"listener\":7");
        assertThat(new RecommendationAsked("r1", 7, 10, 4, RECORDS.get(0).time()).json())
                .isEqualTo("{\"id\":\"r1\",\"user\":\"7\",\"k\":10}");
    }
}
