package dev.millrace.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.features.NegativeSampling;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.operators.StateBackends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scores against true probabilities on a simulated stream: events of two inputs, positive with a probability that is a logistic
 * function of the first; some labels within {@code wait}, some positives later, most negatives never.
 */
class CalibrationTest {

    private static final int EVENTS = 40_000;
    private static final int MEASURED_FROM = 30_000;
    private static final long SECOND = Duration.ofSeconds(1).toMillis();
    private static final long WAIT = 200 * SECOND;
    private static final long KEEP = 1_000 * SECOND;
    private static final LabelRules RULES = new LabelRules(WAIT, KEEP, MissingLabel.NEGATIVE, 0);

    private final double[] truth = new double[EVENTS];
    private double scores;
    private double probabilities;
    /** Of events whose probability is above one half. */
    private double scoresOfLikely;

    private double probabilitiesOfLikely;
    private double distance;
    private int measured;

    @ParameterizedTest(name = "{0} of the positives and {1} of the negatives in time")
    @CsvSource({"0, 0", "0.4, 0", "0.4, 0.3", "0.9, 0.1"})
    void lateFeedbackIsCorrected(double positivesInTime, double negativesInTime) throws Exception {
        run(new LossSpec.CrossEntropy(), 1, positivesInTime, negativesInTime);
        double plainError = Math.abs(scores - probabilities) / measured;
        double plainErrorOfLikely = Math.abs(scoresOfLikely / probabilitiesOfLikely - 1);

        run(new LossSpec.DelayedFeedback(1), 1, positivesInTime, negativesInTime);
        assertThat(scores / measured).isCloseTo(probabilities / measured, within(0.012));
        assertThat(Math.abs(scores - probabilities) / measured).isLessThan(plainError);
        assertThat(Math.abs(scoresOfLikely / probabilitiesOfLikely - 1)).isLessThan(0.04);
        if (positivesInTime < 0.5) {
            assertThat(plainError).as("mean error of plain cross-entropy").isGreaterThan(0.03);
            assertThat(plainErrorOfLikely).isGreaterThan(0.15);
        }
    }

    @ParameterizedTest(name = "positive weight {0}, {1} of the negatives kept")
    @CsvSource({"1, 0.2", "8, 1", "5, 0.3"})
    void weightsAndSamplesAreTakenBack(float positiveWeight, float share) throws Exception {
        run(new LossSpec.CrossEntropy(positiveWeight), share, 1, 1);
        assertThat(scores / measured).isCloseTo(probabilities / measured, within(0.015));
        assertThat(distance / measured).isLessThan(0.03);

        run(new LossSpec.DelayedFeedback(positiveWeight), share, 0.4, 0);
        assertThat(scores / measured).isCloseTo(probabilities / measured, within(0.015));
        assertThat(scoresOfLikely / probabilitiesOfLikely).isCloseTo(1, within(0.05));
    }

    @ParameterizedTest
    @ValueSource(floats = {1, 5})
    void focalScoresAreProbabilities(float positiveWeight) throws Exception {
        run(new LossSpec.Focal(2, positiveWeight), 1, 1, 1);
        assertThat(scores / measured).isCloseTo(probabilities / measured, within(0.02));
    }

    private void run(LossSpec loss, float share, double positivesInTime, double negativesInTime) throws Exception {
        scores = 0;
        probabilities = 0;
        scoresOfLikely = 0;
        probabilitiesOfLikely = 0;
        distance = 0;
        measured = 0;
        List<Ordered> records = records(positivesInTime, negativesInTime);
        try (LabelPath path = new LabelPath(
                RULES,
                options(loss, share),
                StateBackends.HASH_MAP,
                prediction -> measure(
                        Integer.parseInt(prediction.id().toString()), prediction.scores()[0]),
                label -> {})) {
            for (int i = 0; i < records.size(); i++) {
                if (records.get(i) instanceof Example example) {
                    path.take(example);
                } else {
                    path.take((LabelRecord) records.get(i));
                }
                if (i % 500 == 499) {
                    path.advanceTo(records.get(i).streamTime() - 1);
                }
            }
            path.advanceTo(EVENTS * SECOND + 2 * KEEP);
        }
        assertThat(measured).isEqualTo(EVENTS - MEASURED_FROM);
    }

    private void measure(int id, float score) {
        if (id < MEASURED_FROM) {
            return;
        }
        measured++;
        scores += score;
        probabilities += truth[id];
        distance += Math.abs(score - truth[id]);
        if (truth[id] > 0.5) {
            scoresOfLikely += score;
            probabilitiesOfLikely += truth[id];
        }
    }

    /** By stream time. */
    private List<Ordered> records(double positivesInTime, double negativesInTime) {
        Random random = new Random(19);
        List<Ordered> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            float[] inputs = {(float) random.nextGaussian(), (float) random.nextGaussian()};
            truth[i] = 1 / (1 + Math.exp(1 - 1.5 * inputs[0]));
            long time = i * SECOND;
            EventId id = EventId.of(i);
            records.add(new Example(id, time, 0, Event.NO_LABEL, 1, "", inputs));
            boolean positive = random.nextDouble() < truth[i];
            boolean inTime = random.nextDouble() < (positive ? positivesInTime : negativesInTime);
            double part = 1 - random.nextDouble();
            if (inTime) {
                records.add(new LabelRecord(id, time + (long) (part * WAIT), positive ? 1 : 0));
            } else if (positive) {
                records.add(new LabelRecord(id, time + WAIT + (long) (part * (KEEP - WAIT)), 1));
            }
        }
        records.sort(Comparator.comparingLong(Ordered::streamTime));
        return records;
    }

    private static LearnerOptions options(LossSpec loss, float share) {
        NetworkSpec network = new NetworkSpec(
                2,
                Task.BINARY,
                1,
                List.of(),
                loss,
                new OptimizerSpec.Sgd(0.1f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        return new LearnerOptions(
                "model",
                network,
                EmbeddingSpec.NONE,
                ModelShape.of(network, List.of("a", "b"), new boolean[2]),
                32,
                null,
                Duration.ofMillis(KEEP),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES,
                new NegativeSampling(share, 42),
                null,
                null);
    }
}
