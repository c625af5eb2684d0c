package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ScoredLabel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTallyTest {

    private static final int[] NOTHING = {};

    @Test
    void ranksAreMeasuredByTheDefinitions() {
        // Ranks of model, popularity, decayed, co-occurrence, factorisation and among the sampled.
        Tally tally = tally(
                outcome(1, 2, 3, 1, 11, 1, 100, 1.5f, 0, 20, new int[] {7, 8}),
                outcome(3, 10, 1, 3, 7, 2, 200, 2.5f, 4, 4, new int[] {8, 9}),
                outcome(11, 12, 20, 1, 50, 11, 300, 3, 5, 5, new int[] {7, 1000}),
                outcome(0, 0, 0, 0, 0, 0, 400, 5, 50, 0, new int[] {8}));

        Metrics metrics = tally.metrics();

        assertThat(tally.count()).isEqualTo(4);
        assertThat(tally.positives()).isEqualTo(-1);
        assertClose(metrics, Metric.RECALL_AT_10, 2 / 4.0);
        assertClose(metrics, Metric.NDCG_AT_10, (1 + 0.5) / 4);
        assertClose(metrics, Metric.MRR, (1 + 1 / 3.0 + 1 / 11.0) / 4);
        assertClose(metrics, Metric.RECALL_AT_10_NEW_USERS, 1);
        assertClose(metrics, Metric.RECALL_AT_10_KNOWN_USERS, 0);
        assertClose(metrics, Metric.RECALL_AT_10_NEW_ITEMS, 1 / 2.0);
        assertClose(metrics, Metric.RECALL_AT_10_KNOWN_ITEMS, 1 / 2.0);
        assertClose(metrics, Metric.SAMPLED_HIT_RATE_AT_10, 2 / 4.0);
        assertClose(metrics, Metric.SAMPLED_NDCG_AT_10, (1 + 1 / log2(3)) / 4);
        assertClose(metrics, Metric.NOVELTY_AT_10, 12 / 4.0);
        // Four buckets were hit; the catalogue had 250 items on average.
        assertClose(metrics, Metric.COVERAGE_AT_10, -16384 * Math.log(16380 / 16384.0) / 250);
        assertClose(metrics, Metric.POPULARITY_RECALL_AT_10, 2 / 4.0);
        assertClose(metrics, Metric.POPULARITY_NDCG_AT_10, (1 / log2(3) + 1 / log2(11)) / 4);
        assertClose(metrics, Metric.DECAYED_POPULARITY_RECALL_AT_10, 2 / 4.0);
        assertClose(metrics, Metric.DECAYED_POPULARITY_NDCG_AT_10, (0.5 + 1) / 4);
        assertClose(metrics, Metric.CO_OCCURRENCE_RECALL_AT_10, 3 / 4.0);
        assertClose(metrics, Metric.CO_OCCURRENCE_NDCG_AT_10, (1 + 0.5 + 1) / 4);
        assertClose(metrics, Metric.FACTORISATION_RECALL_AT_10, 1 / 4.0);
        assertClose(metrics, Metric.FACTORISATION_NDCG_AT_10, (1 / 3.0) / 4);
        assertThat(metrics.values()).doesNotContainKeys(Metric.RMSE, Metric.LOG_LOSS, Metric.MEAN_SCORE);
    }

    /** 1 / log₂(rank + 1), and nothing past the tenth. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 0.6309297535714574", "3, 0.5", "7, 0.3333333333333333", "10, 0.2890648263178879", "11, 0"})
    void oneEventHasTheGainOfItsRank(int rank, double gain) {
        Metrics metrics = tally(ofModel(rank, 5)).metrics();

        assertClose(metrics, Metric.NDCG_AT_10, gain);
        assertClose(metrics, Metric.RECALL_AT_10, rank <= 10 ? 1 : 0);
        assertClose(metrics, Metric.MRR, 1.0 / rank);
    }

    @Test
    void aGroupWithoutEventsHasNoRecall() {
        assertThat(tally(ofModel(2, 5)).metrics().values())
                .containsKeys(Metric.RECALL_AT_10_NEW_USERS, Metric.RECALL_AT_10_KNOWN_ITEMS)
                .doesNotContainKeys(Metric.RECALL_AT_10_KNOWN_USERS, Metric.RECALL_AT_10_NEW_ITEMS);
    }

    @Test
    void baselinesThatWereNotComputedAreAbsent() {
        assertThat(tally(ofModel(2, 5), ofModel(0, 0)).metrics().values())
                .containsEntry(Metric.RECALL_AT_10, 0.5)
                .doesNotContainKeys(Metric.POPULARITY_RECALL_AT_10, Metric.FACTORISATION_NDCG_AT_10);
    }

    /** One where they were switched on in the middle: two events are theirs, of which one is a miss. */
    @Test
    void baselinesAreMeasuredOnTheEventsThatTheyWereComputedFor() {
        Tally tally = tally(
                ofModel(2, 5), ofModel(20, 5), ofModel(0, 0), outcome(30, 4, 40, 40, 40, 50, 100, 1, 1, 10, NOTHING));

        assertThat(tally.metrics().values())
                .containsEntry(Metric.RECALL_AT_10, 0.25)
                .containsEntry(Metric.POPULARITY_RECALL_AT_10, 0.5)
                .containsEntry(Metric.CO_OCCURRENCE_RECALL_AT_10, 0.0);
    }

    @Test
    void theFirstEventOfAllHasNeitherNoveltyNorCoverage() {
        Tally tally = tally(new RankingOutcome(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NOTHING));

        assertThat(tally.metrics().values())
                .containsEntry(Metric.RECALL_AT_10, 0.0)
                .doesNotContainKeys(Metric.NOVELTY_AT_10, Metric.COVERAGE_AT_10);
    }

    /** Three standard errors; items fall into buckets at random. */
    @ParameterizedTest
    @CsvSource({"1000, 0.017", "10000, 0.018", "100000, 0.08"})
    void coverageCountsDistinctItems(int items, double tolerance) {
        Random random = new Random(items);
        int[] buckets = random.ints(items, 0, RankingOutcome.BUCKETS).toArray();
        Tally tally = Tally.of(ScoreKind.RANKS, 0);
        for (int i = 0; i < 4 * items; i += 10) {
            int[] shown = new int[10];
            for (int j = 0; j < 10; j++) {
                shown[j] = buckets[(i + j) % items];
            }
            tally.add(outcome(1, 1, 1, 1, 1, 1, 2 * items, 1, 0, 0, shown).toScores(), 1);
        }

        assertThat(tally.metrics().get(Metric.COVERAGE_AT_10).orElseThrow()).isCloseTo(0.5, within(tolerance / 2));
    }

    @Test
    void coverageIsAbsentWhenNoBucketIsEmpty() {
        Tally tally = Tally.of(ScoreKind.RANKS, 0);
        for (int bucket = 0; bucket < RankingOutcome.BUCKETS; bucket += 8) {
            int[] shown = new int[8];
            for (int i = 0; i < 8; i++) {
                shown[i] = bucket + i;
            }
            tally.add(outcome(1, 1, 1, 1, 1, 1, 1_000_000, 1, 0, 0, shown).toScores(), 1);
        }

        assertThat(tally.metrics().values()).containsKey(Metric.RECALL_AT_10).doesNotContainKey(Metric.COVERAGE_AT_10);
    }

    @Test
    void theOrderOfEventsChangesNoBit() {
        List<RankingOutcome> outcomes = random(1, 500);
        Tally tally = tally(outcomes.toArray(RankingOutcome[]::new));
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(outcomes, new Random(seed));
            Tally shuffled = tally(outcomes.toArray(RankingOutcome[]::new));
            assertThat(shuffled).isEqualTo(tally);
            assertThat(shuffled.metrics()).isEqualTo(tally.metrics());
        }
    }

    @Test
    void retractingLeavesNoTrace() {
        Tally kept = Tally.of(ScoreKind.RANKS, 0);
        Tally changed = Tally.of(ScoreKind.RANKS, 0);
        List<RankingOutcome> taken = random(3, 300);
        random(2, 200).forEach(outcome -> {
            kept.add(outcome.toScores(), 1);
            changed.add(outcome.toScores(), 1);
        });
        taken.forEach(outcome -> changed.add(outcome.toScores(), 1));
        assertThat(changed).isNotEqualTo(kept);
        Collections.shuffle(taken, new Random(4));
        taken.forEach(outcome -> changed.retract(outcome.toScores(), 1));

        assertThat(changed).isEqualTo(kept);
        random(2, 200).forEach(outcome -> changed.retract(outcome.toScores(), 1));
        assertThat(changed).isEqualTo(Tally.of(ScoreKind.RANKS, 0));
        assertThat(changed.metrics()).isEqualTo(Metrics.NONE);
    }

    @Test
    void mergingIsAssociativeAndSubtractingItsInverse() {
        Tally[] parts = new Tally[3];
        Tally whole = Tally.of(ScoreKind.RANKS, 0);
        for (int part = 0; part < 3; part++) {
            parts[part] = Tally.of(ScoreKind.RANKS, 0);
            for (RankingOutcome outcome : random(10 + part, 100)) {
                parts[part].add(outcome.toScores(), 1);
                whole.add(outcome.toScores(), 1);
            }
        }
        Tally left = parts[0].copy();
        left.merge(parts[1]);
        left.merge(parts[2]);
        Tally right = parts[1].copy();
        right.merge(parts[2]);
        right.merge(parts[0]);

        assertThat(left).isEqualTo(right).isEqualTo(whole);
        left.subtract(parts[0]);
        left.subtract(parts[2]);
        assertThat(left).isEqualTo(parts[1]);
    }

    @Test
    void survivesItsBytes() throws IOException {
        Tally tally = tally(random(7, 400).toArray(RankingOutcome[]::new));
        tally.add(new float[] {Float.NaN, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 1);
        byte[] bytes = Tally.CODEC.toBytes(tally);

        Tally read = Tally.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes)));

        assertThat(read).isEqualTo(tally).hasSameHashCodeAs(tally);
        assertThat(read.metrics()).isEqualTo(tally.metrics());
        assertThat(read.invalid()).isEqualTo(1);
        read.merge(tally);
        assertThat(read.count()).isEqualTo(800);
        bytes[2]++;
        assertThatThrownBy(() -> Tally.CODEC.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a tally of ranks has");
    }

    /** A network that diverged, or an operator that is wrong, must not take the job with it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 10, 11})
    void whatIsNoOutcomeIsInvalid(int at) {
        for (float wrong :
                new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1, at == 8 ? -0.5f : 0.5f, RankingOutcome.BUCKETS}) {
            if (wrong == RankingOutcome.BUCKETS && at != 11) {
                continue; // Only buckets have an end.
            }
            Tally tally = Tally.of(ScoreKind.RANKS, 0);
            float[] scores = ofModel(3, 5).toScores();
            scores = Arrays.copyOf(scores, 12);
            scores[at] = wrong;
            tally.add(scores, 1);
            assertThat(tally.count()).as("%s at %s", wrong, at).isZero();
            assertThat(tally.invalid()).isEqualTo(1);
            tally.retract(scores, 1);
            assertThat(tally).isEqualTo(Tally.of(ScoreKind.RANKS, 0));
        }
    }

    @Test
    void anEventWhoseLabelIsNotOneIsInvalid() {
        Tally tally = Tally.of(ScoreKind.RANKS, 0);
        tally.add(ofModel(3, 5).toScores(), 0);
        assertThat(tally.invalid()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 22})
    void scoresOfAnotherShapeAreRefused(int length) {
        Tally tally = Tally.of(ScoreKind.RANKS, 0);
        assertThatThrownBy(() -> tally.add(new float[length], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got " + length + "; the evaluation and the model disagree about the task");
        assertThatThrownBy(() -> Tally.of(ScoreKind.RANKS, 2)).hasMessageContaining("must be 0, got 2");
        assertThatThrownBy(() -> tally.merge(Tally.of(ScoreKind.VALUE, 0))).hasMessageContaining("RANKS");
    }

    @Test
    void anOutcomeIsWhatItsScoresSay() {
        for (RankingOutcome outcome : random(5, 50)) {
            RankingOutcome read = RankingOutcome.fromScores(outcome.toScores());
            assertThat(read).usingRecursiveComparison().isEqualTo(outcome);
        }
    }

    @Test
    void fadingSumsKeepRecallAndGainOfTheRecentPast() throws IOException {
        EvaluationOptions options = new EvaluationOptions(
                "p", "m", ScoreKind.RANKS, 0, Duration.ofDays(1), Duration.ZERO, 1, 0.5, null, 0, false);
        ShardEvaluation evaluation = new ShardEvaluation(options, 0);
        evaluation.add(label(1, ofModel(1, 5)));
        evaluation.add(label(2, ofModel(0, 0)));
        evaluation.add(label(3, ofModel(3, 5)));

        FadingSums fading = evaluation.takeChanged(4).get(0).fading();

        assertThat(fading.weight()).isEqualTo(1.75);
        Metrics metrics = fading.metrics(ScoreKind.RANKS);
        assertClose(metrics, Metric.RECALL_AT_10, 1.25 / 1.75);
        assertClose(metrics, Metric.NDCG_AT_10, 0.75 / 1.75);
        assertThat(metrics.values()).hasSize(2);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        fading.write(new DataOutputStream(bytes));
        assertThat(FadingSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(fading);
    }

    /** As they were written before there were rankings. */
    @Test
    void fadingSumsWithoutGainAreRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream output = new DataOutputStream(bytes);
        output.writeByte(3);
        output.writeByte(5);
        for (double sum : new double[] {2.5, 1, 2, 0.5, 0.25}) {
            output.writeDouble(sum);
        }

        assertThat(FadingSums.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(new FadingSums(3, 2.5, 1, 2, 0.5, 0.25, 0));
    }

    private static ScoredLabel label(long time, RankingOutcome outcome) {
        return new ScoredLabel(
                "m",
                0,
                EventId.of(time),
                time,
                time,
                LabelKind.REAL,
                1,
                Float.NaN,
                LabelKind.REAL,
                outcome.toScores(),
                1);
    }

    private static Tally tally(RankingOutcome... outcomes) {
        Tally tally = Tally.of(ScoreKind.RANKS, 0);
        for (RankingOutcome outcome : outcomes) {
            tally.add(outcome.toScores(), 1);
        }
        return tally;
    }

    /** Without baselines. */
    private static RankingOutcome ofModel(int rank, int itemEvents) {
        return outcome(rank, 0, 0, 0, 0, Math.min(rank, 100), 100, 1, 1, itemEvents, NOTHING);
    }

    private static RankingOutcome outcome(
            int rank,
            int popularity,
            int decayed,
            int coOccurrence,
            int factorisation,
            int sampled,
            int catalogue,
            float novelty,
            int userItems,
            int itemEvents,
            int[] shown) {
        return new RankingOutcome(
                rank,
                popularity,
                decayed,
                coOccurrence,
                factorisation,
                sampled,
                catalogue - 1,
                catalogue,
                novelty,
                userItems,
                itemEvents,
                shown);
    }

    static List<RankingOutcome> random(long seed, int events) {
        Random random = new Random(seed);
        List<RankingOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            boolean miss = random.nextInt(10) == 0;
            int[] ranks = random.ints(6, 1, 30).map(rank -> miss ? 0 : rank).toArray();
            outcomes.add(outcome(
                    ranks[0],
                    ranks[1],
                    ranks[2],
                    ranks[3],
                    ranks[4],
                    ranks[5],
                    1000 + i,
                    random.nextFloat() * 12,
                    random.nextInt(20),
                    miss ? 0 : random.nextInt(20),
                    random.ints(random.nextInt(11), 0, RankingOutcome.BUCKETS).toArray()));
        }
        return outcomes;
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }

    private static void assertClose(Metrics metrics, Metric metric, double expected) {
        assertThat(metrics.get(metric)).as(metric.key()).isPresent();
        assertThat(metrics.get(metric).orElseThrow()).as(metric.key()).isCloseTo(expected, within(1e-12));
    }
}
