package dev.millrace.cli.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * An endless stream of listeners who come back, ask for a recommendation, and play tracks that they have not played; in the order
 * of time.
 *
 * <ol>
 *   <li>A track belongs to a genre, has an appeal (log-normal), and stands on an album of {@value #ALBUM} tracks.
 *   <li>A listener has two genres of taste. One in {@value #DAYS_OF_A_TASTE} days the first gives way to a new one.
 *   <li>What is played next is, with a chance of {@value #ALBUM_CHANCE}, the next track of the album that was played last;
 *       otherwise a track of a genre that is liked, the more likely the higher its appeal; once in a while any track.
 *   <li>New tracks come every day.
 * </ol>
 *
 * What is recommended changes nobody's mind. Not safe for use by several threads.
 */
public final class ListeningSimulator implements Iterator<SimulatedRecord> {

    private static final int SECONDS_PER_DAY = 86_400;
    private static final int SECONDS_PER_PLAY = 200;
    private static final int LIST = 10;
    private static final int ALBUM = 8;
    private static final double ALBUM_CHANCE = 0.3;
    private static final double ANY_CHANCE = 0.1;
    private static final double FIRST_TASTE_CHANCE = 0.7;
    private static final int DAYS_OF_A_TASTE = 40;
    private static final double APPEAL_DEVIATION = 1.2;
    private static final double HIGHEST_APPEAL = 30;
    private static final int TRIES = 60;

    private final ListeningWorld world;
    private final Chance sessions;
    private final Chance tastes;
    private final Chance choices;
    private final Chance catalogue;

    private final List<Listener> listeners = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();
    private final List<List<Integer>> tracksOfGenre = new ArrayList<>();

    private final Deque<SimulatedRecord> today = new ArrayDeque<>();
    /** Of sessions that last into the next day. */
    private final List<SimulatedRecord> afterMidnight = new ArrayList<>();

    private long day;
    private long nextPlay;
    private long nextRequest;

    private record Track(int genre, double appeal) {}

    private static final class Listener {
        private final double sessionsPerDay;
        private int firstGenre;
        private int secondGenre;
        private int lastTrack = -1;
        private final BitSet played = new BitSet();

        private Listener(double sessionsPerDay, int firstGenre, int secondGenre) {
            this.sessionsPerDay = sessionsPerDay;
            this.firstGenre = firstGenre;
            this.secondGenre = secondGenre;
        }
    }

    private record Session(int listener, int second, int plays) {}

    public ListeningSimulator(ListeningWorld world) {
        this.world = world;
        this.sessions = new Chance(world.seed(), 10);
        this.tastes = new Chance(world.seed(), 11);
        this.choices = new Chance(world.seed(), 12);
        this.catalogue = new Chance(world.seed(), 13);
        for (int genre = 0; genre < world.genres(); genre++) {
            tracksOfGenre.add(new ArrayList<>());
        }
        for (int i = 0; i < world.tracks(); i++) {
            addTrack();
        }
        for (int i = 0; i < world.listeners(); i++) {
            listeners.add(new Listener(
                    tastes.uniform(0.05, 0.6), tastes.below(world.genres()), tastes.below(world.genres())));
        }
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
        return today.removeFirst();
    }

    /** An album is of one genre. */
    private void addTrack() {
        int number = tracks.size();
        int genre = number % ALBUM == 0
                ? catalogue.below(world.genres())
                : tracks.get(number - 1).genre();
        tracks.add(new Track(genre, Math.min(HIGHEST_APPEAL, catalogue.logNormal(1, APPEAL_DEVIATION))));
        tracksOfGenre.get(genre).add(number);
    }

    private void simulateDay() {
        if (day > 0) {
            for (int i = 0; i < world.newTracksPerDay(); i++) {
                addTrack();
            }
        }
        Instant midnight = world.firstDay().plusDays(day).atStartOfDay().toInstant(ZoneOffset.UTC);
        List<Session> drawn = new ArrayList<>();
        for (int i = 0; i < listeners.size(); i++) {
            Listener listener = listeners.get(i);
            drift(listener);
            int count = sessions.poisson(listener.sessionsPerDay);
            for (int session = 0; session < count; session++) {
                drawn.add(new Session(i, sessions.below(SECONDS_PER_DAY), 1 + sessions.poisson(3)));
            }
        }
        drawn.sort(Comparator.comparingInt(Session::second));
        List<SimulatedRecord> records = new ArrayList<>(afterMidnight);
        afterMidnight.clear();
        drawn.forEach(session -> listen(session, midnight, records));
        // Sessions overlap; what a listener does in one stays in order.
        records.sort(Comparator.comparing(SimulatedRecord::time));
        Instant end = midnight.plusSeconds(SECONDS_PER_DAY);
        records.forEach(simulated -> (simulated.time().isBefore(end) ? today : afterMidnight).add(simulated));
        day++;
    }

    private void drift(Listener listener) {
        if (tastes.holds(1.0 / DAYS_OF_A_TASTE)) {
            listener.secondGenre = listener.firstGenre;
            listener.firstGenre = tastes.below(world.genres());
        }
    }

    private void listen(Session session, Instant midnight, List<SimulatedRecord> records) {
        Listener listener = listeners.get(session.listener());
        for (int i = 0; i < session.plays(); i++) {
            int track = choose(listener);
            if (track < 0) {
                return;
            }
            Instant time = midnight.plusSeconds(session.second() + (long) i * SECONDS_PER_PLAY);
            if (i == 0) {
                records.add(new RecommendationAsked("r" + nextRequest++, session.listener(), LIST, track, time));
            }
            listener.played.set(track);
            listener.lastTrack = track;
            // A second after it was asked for, so that the answer cannot know it.
            records.add(new Play(nextPlay++, session.listener(), track, time.plusSeconds(1)));
        }
    }

    /** A track that the listener has not played; −1 if none was found. */
    private int choose(Listener listener) {
        int next = listener.lastTrack + 1;
        if (listener.lastTrack >= 0
                && next % ALBUM != 0
                && next < tracks.size()
                && !listener.played.get(next)
                && choices.holds(ALBUM_CHANCE)) {
            return next;
        }
        boolean any = choices.holds(ANY_CHANCE);
        for (int i = 0; i < TRIES; i++) {
            int track = any ? choices.below(tracks.size()) : ofTaste(listener);
            boolean accepted = track >= 0
                    && choices.holds(tracks.get(track).appeal() / HIGHEST_APPEAL)
                    && !listener.played.get(track);
            if (accepted) {
                return track;
            }
        }
        return -1;
    }

    private int ofTaste(Listener listener) {
        int genre = choices.holds(FIRST_TASTE_CHANCE) ? listener.firstGenre : listener.secondGenre;
        List<Integer> liked = tracksOfGenre.get(genre);
        return liked.isEmpty() ? -1 : liked.get(choices.below(liked.size()));
    }
}
