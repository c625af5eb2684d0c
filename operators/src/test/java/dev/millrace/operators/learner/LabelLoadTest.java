package dev.millrace.operators.learner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.Example;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.features.labels.LabelRules;
import dev.millrace.features.labels.MissingLabel;
import dev.millrace.modelstate.ModelShape;
import dev.millrace.networks.Activation;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.LayerSpec;
import dev.millrace.networks.LossSpec;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.OptimizerSpec;
import dev.millrace.networks.Regularization;
import dev.millrace.networks.Task;
import dev.millrace.operators.StateBackends;
import dev.millrace.operators.summary.ModelSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Labels that come 1 second to 30 days after their event, one in a hundred twice, one in a hundred of an event that never was,
 * one in a hundred revised. The size is a setting: {@code -Dmillrace.label-load.events=1000000}.
 */
class LabelLoadTest {

    private static final int EVENTS = Integer.getInteger("millrace.label-load.events", 20_000);
    private static final int INPUTS = 15;
    private static final long SECOND = Duration.ofSeconds(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long WAIT = 7 * DAY;
    private static final long KEEP = 30 * DAY;
    private static final long SPAN = 60 * DAY;
    private static final LabelRules RULES = new LabelRules(
            WAIT, KEEP, MissingLabel.NEGATIVE, 10 * Duration.ofMinutes(1).toMillis());

    private final Map<LabelOutcome, Long> expected = new EnumMap<>(LabelOutcome.class);

    @ParameterizedTest
    @EnumSource(StateBackends.class)
    void everyLabelEndsInOneCounterAndNoStateRemains(StateBackends backend) throws Exception {
        List<Ordered> records = records();
        long labels = records.stream().filter(LabelRecord.class::isInstance).count();
        AtomicLong predictions = new AtomicLong();
        AtomicLong measured = new AtomicLong();
        long start = System.nanoTime();
        try (LabelPath path = new LabelPath(
                RULES,
                options(),
                backend,
                prediction -> predictions.incrementAndGet(),
                label -> measured.incrementAndGet())) {
            Random random = new Random(3);
            int chunk = 1_000;
            for (int from = 0; from < records.size(); from += chunk) {
                List<Ordered> together = records.subList(from, Math.min(records.size(), from + chunk));
                long newest = together.get(together.size() - 1).streamTime();
                Collections.shuffle(together, random);
                for (Ordered record : together) {
                    if (record instanceof Example example) {
                        path.take(example);
                    } else {
                        path.take((LabelRecord) record);
                    }
                }
                path.advanceTo(newest - 1);
            }
            path.advanceTo(SPAN + 2 * KEEP);
            System.out.printf(
                    "%s: %,d events, %,d labels in %.1f s%n",
                    backend, EVENTS, labels, (System.nanoTime() - start) / 1e9);

            assertThat(path.remaining()).as("entries of state").allSatisfy((state, entries) -> assertThat(entries)
                    .isZero());
            assertThat(path.outcomes()).isEqualTo(expected);
            assertThat(count(
                            LabelOutcome.REAL,
                            LabelOutcome.REVISED,
                            LabelOutcome.CONFIRMED,
                            LabelOutcome.DUPLICATE,
                            LabelOutcome.ORPHANED))
                    .isEqualTo(labels);
            assertThat(predictions).hasValue(EVENTS);
            assertThat(measured)
                    .hasValue(count(
                            LabelOutcome.REAL, LabelOutcome.ASSUMED, LabelOutcome.REVISED, LabelOutcome.CONFIRMED));
            ModelSnapshot model = path.model();
            assertThat(model.progress().trainedRows() + model.waitingRows())
                    .as("rows trained: what confirms an assumption, or comes twice, is none")
                    .isEqualTo(count(LabelOutcome.REAL, LabelOutcome.ASSUMED, LabelOutcome.REVISED));
        }
    }

    /** What an event costs that waits for its label: figures for the module's README. */
    @ParameterizedTest
    @EnumSource(StateBackends.class)
    @EnabledIfSystemProperty(named = "millrace.label-load.measure", matches = "true")
    void bytesPerPendingEvent(StateBackends backend) throws Exception {
        int checkpointed = 8_000;
        int held = 50_000;
        Random random = new Random(1);
        try (LabelPath path = new LabelPath(RULES, options(), backend, prediction -> {}, label -> {})) {
            long before = 0;
            long checkpoint = 0;
            int warm = 10_000;
            for (int i = 0; i < warm + held; i++) {
                if (i == checkpointed) {
                    checkpoint = path.checkpointBytes();
                }
                if (i == warm) {
                    before = usedHeap();
                }
                path.take(example(i, i * SECOND, random));
                if (i % 1000 == 0 || i == checkpointed - 1) {
                    path.advanceTo(i * SECOND);
                }
            }
            path.advanceTo((warm + held) * SECOND);
            System.out.printf(
                    "%s: %,d bytes of heap, %,d bytes of a checkpoint per pending event of %d inputs%n",
                    backend, (usedHeap() - before) / held, checkpoint / checkpointed, INPUTS);
            assertThat(path.remaining().get("learner pending")).isEqualTo(warm + held);
            assertThat(path.remaining().get("router label-case")).isEqualTo(warm + held);
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private long count(LabelOutcome... outcomes) {
        long sum = 0;
        for (LabelOutcome outcome : outcomes) {
            sum += expected.getOrDefault(outcome, 0L);
        }
        return sum;
    }

    private void expect(LabelOutcome outcome) {
        expected.merge(outcome, 1L, Long::sum);
    }

    /** By stream time. */
    private List<Ordered> records() {
        Random random = new Random(11);
        List<Ordered> records = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            long time = SPAN * i / EVENTS;
            records.add(example(i, time, random));
            long delay = SECOND + (long) (random.nextDouble() * (KEEP - SECOND));
            float label = random.nextInt(10) == 0 ? 1 : 0;
            records.add(new LabelRecord(EventId.of(i), time + delay, label));
            if (delay <= WAIT) {
                expect(LabelOutcome.REAL);
            } else {
                expect(LabelOutcome.ASSUMED);
                expect(label == 0 ? LabelOutcome.CONFIRMED : LabelOutcome.REVISED);
            }
            long later = time + delay + 1 + (long) (random.nextDouble() * (KEEP - delay - 1));
            switch (i % 100) {
                case 0 -> {
                    records.add(new LabelRecord(EventId.of(i), later, label));
                    expect(LabelOutcome.DUPLICATE);
                }
                case 1 -> {
                    records.add(new LabelRecord(EventId.of(EVENTS + i), later, label));
                    expect(LabelOutcome.ORPHANED);
                }
                case 2 -> {
                    records.add(new LabelRecord(EventId.of(i), later, 1 - label));
                    expect(LabelOutcome.REVISED);
                }
                default -> {}
            }
        }
        records.sort(Comparator.comparingLong(Ordered::streamTime));
        return records;
    }

    private static Example example(int id, long time, Random random) {
        float[] inputs = new float[INPUTS];
        for (int i = 0; i < INPUTS; i++) {
            inputs[i] = (float) random.nextGaussian();
        }
        return new Example(EventId.of(id), time, 0, Event.NO_LABEL, 1, "card-" + id % 1000, inputs);
    }

    private static LearnerOptions options() {
        NetworkSpec network = new NetworkSpec(
                INPUTS,
                Task.BINARY,
                1,
                List.of(new LayerSpec.Dense(8, Activation.RELU)),
                new LossSpec.DelayedFeedback(1),
                new OptimizerSpec.Adam(0.001f),
                Regularization.NONE,
                42,
                EngineChoice.AUTO);
        List<String> names = IntStream.range(0, INPUTS).mapToObj(i -> "x" + i).toList();
        return new LearnerOptions(
                "model",
                network,
                ModelShape.of(network, names, new boolean[INPUTS]),
                256,
                null,
                Duration.ofMillis(KEEP),
                LearnerOptions.DEFAULT_LIVE_MODEL_BYTES);
    }
}
