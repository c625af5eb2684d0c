package dev.millrace.evaluation;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.ScoredLabel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Scored labels to test with: slices of 100 ms, kept for 500 ms. */
final class Labels {

    static final EvaluationOptions OPTIONS = new EvaluationOptions(
            "card-fraud",
            "fraud",
            ScoreKind.PROBABILITY,
            2,
            Duration.ofMillis(100),
            Duration.ofMillis(500),
            3,
            0.9,
            null,
            8,
            true);

    private Labels() {}

    static ScoredLabel real(int shard, long eventTime, long time, float score, float label) {
        return new ScoredLabel(
                "fraud",
                shard,
                EventId.of(eventTime),
                eventTime,
                time,
                LabelKind.REAL,
                label,
                Event.NO_LABEL,
                LabelKind.REAL,
                new float[] {score},
                eventTime);
    }

    static ScoredLabel assumed(int shard, long eventTime, long time, float score) {
        return new ScoredLabel(
                "fraud",
                shard,
                EventId.of(eventTime),
                eventTime,
                time,
                LabelKind.ASSUMED,
                0,
                Event.NO_LABEL,
                LabelKind.REAL,
                new float[] {score},
                eventTime);
    }

    static ScoredLabel revised(ScoredLabel before, long time, float label) {
        return new ScoredLabel(
                before.model(),
                before.shard(),
                before.id(),
                before.eventTime(),
                time,
                LabelKind.REVISED,
                label,
                before.label(),
                before.kind(),
                before.scores(),
                before.modelVersion());
    }

    /** Labels of one shard, one event a millisecond: half come at once, some are assumed, some of any are revised. */
    static List<ScoredLabel> stream(int shard, long seed, int events) {
        Random random = new Random(seed);
        List<ScoredLabel> labels = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            float score = random.nextFloat();
            float label = random.nextFloat() < score ? 1 : 0;
            ScoredLabel first = random.nextInt(4) == 0
                    ? assumed(shard, i, i + 200, score)
                    : real(shard, i, i + random.nextInt(2) * 100, score, label);
            labels.add(first);
            if (random.nextInt(5) == 0) {
                labels.add(revised(first, i + 300, 1 - first.label()));
            }
        }
        labels.sort(java.util.Comparator.comparingLong(ScoredLabel::time).thenComparing(ScoredLabel::eventTime));
        return labels;
    }
}
