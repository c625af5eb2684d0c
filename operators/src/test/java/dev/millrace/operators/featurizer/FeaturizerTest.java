package dev.millrace.operators.featurizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codecs;
import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Example;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import dev.millrace.events.RoutedEvent;
import dev.millrace.features.Feature;
import dev.millrace.features.FeatureSet;
import dev.millrace.features.Gaps;
import dev.millrace.operators.MetricsByName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.streaming.util.MockStreamingRuntimeContext;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class FeaturizerTest {

    private static final EventSchema SCHEMA =
            new EventSchema(List.of(new Field("card", FieldType.ID), new Field("amount", FieldType.NUMBER)));
    private static final FeatureSet FEATURES = FeatureSet.of(new Feature.Numeric("amount", "amount", List.of()));

    @Test
    void anExampleCarriesTheInputsTheShardAndTheCardOfItsEvent() throws Exception {
        Example example = featurized(options(4, "card"), false, event(1, "c-17", 12.5, 1));
        assertThat(example.id()).isEqualTo(EventId.of(1));
        assertThat(example.time()).isEqualTo(1_000);
        assertThat(example.dense()).containsExactly(12.5f);
        assertThat(example.reportingId()).isEqualTo("c-17");
        assertThat(example.weight()).isEqualTo(1);
        assertThat(example.shard()).isBetween(0, 3);
    }

    /** A label that comes with a delay, or on a topic of its own, must never reach the model with its event. */
    @Test
    void theLabelOfAnEventIsSeenOnlyWhereItIsLearnedAtOnce() throws Exception {
        Event event = event(1, "c", 1, 1);
        assertThat(featurized(options(1, null), true, event).label()).isEqualTo(1);
        assertThat(featurized(options(1, null), false, event).hasLabel()).isFalse();
    }

    @Test
    void predictionsAreGroupedByTheReportedFieldWhateverChoosesTheShard() throws Exception {
        assertThat(featurized(reported(null), false, event(1, "c", 12, 1)).reportingId())
                .isEmpty();
        assertThat(featurized(reported("amount"), false, event(1, "c", 12, 1)).reportingId())
                .isEqualTo("12");
        assertThat(featurized(reported("card"), false, event(1, null, 1, 1)).reportingId())
                .isEmpty();
    }

    @Test
    void aRowWeighsWhatItsFieldSaysAndOneWhereItSaysNothing() throws Exception {
        FeaturizerOptions weighted = new FeaturizerOptions(SCHEMA, List.of(), FEATURES, 1, null, null, "amount");
        assertThat(featurized(weighted, true, event(1, "c", 2.5, 1)).weight()).isEqualTo(2.5f);
        assertThat(featurized(weighted, true, event(1, "c", 0, 1)).weight()).isZero();
        assertThat(featurized(weighted, true, event(1, "c", Double.NaN, 1)).weight())
                .isEqualTo(1);
    }

    /** The label router sends a label to the shard that its reminder names: it must be the one that scored the event. */
    @Test
    void theReminderNamesTheShardThatScores() throws Exception {
        for (String shardBy : new String[] {null, "card", "amount"}) {
            FeaturizerOptions options = options(7, shardBy);
            for (int id = 0; id < 200; id++) {
                Event event = event(id, id % 5 == 0 ? null : "c" + id % 13, id % 11, Event.NO_LABEL);
                assertThat(reminded(options, null, event).shard())
                        .isEqualTo(featurized(options, false, event).shard());
            }
        }
    }

    @Test
    void aRecordedLabelIsPlayedBackAsLateAsItReallyCame() throws Exception {
        RoutedEvent delayed = reminded(options(1, null), Duration.ofSeconds(7), event(1, "c", 1, 1));
        assertThat(delayed).isEqualTo(new RoutedEvent(EventId.of(1), 1_000, 0, EntityIds.of("c"), 1, 8_000));

        RoutedEvent unlabelled = reminded(options(1, null), Duration.ofSeconds(7), event(1, "c", 1, Event.NO_LABEL));
        assertThat(unlabelled.hasRecordedLabel()).isFalse();

        RoutedEvent labelsElsewhere = reminded(options(1, null), null, event(1, "c", 1, 1));
        assertThat(labelsElsewhere.hasRecordedLabel()).isFalse();
    }

    /** Numbers that entities add are missing as a rule: of a young card most are. */
    @Test
    void gapsOfWhatTheRecordHoldsArePublishedPerFeature() {
        EventSchema schema = SCHEMA.with(List.of(new Field("mean", FieldType.NUMBER)));
        Gaps gaps = new Gaps(0, 100, Gaps.Outside.CLIP, Double.NaN, true);
        FeatureSet features = FeatureSet.of(
                new Feature.Numeric("amount", "amount", List.of(), gaps),
                new Feature.OneHot("card", "c1"),
                new Feature.Hash("card", 4),
                new Feature.Numeric("mean"));
        MetricsByName metrics = new MetricsByName();
        Featurizer featurizer = opened(
                new Featurizer(new FeaturizerOptions(schema, List.of(), features, 1, null, null, null), false),
                metrics);

        featurizer.map(event(1, "c1", 101, 1).withNumbers(new double[] {Double.NaN}));
        featurizer.map(event(2, "c2", -1, 1).withNumbers(new double[] {Double.NaN}));
        featurizer.map(event(3, null, Double.NaN, 1).withNumbers(new double[] {1}));

        assertThat(metrics.values())
                .isEqualTo(Map.of(
                        "features.feature.amount.missing", 1L,
                        "features.feature.amount.outOfRange", 2L,
                        "features.feature.card.missing", 1L,
                        "features.feature.card.unseen", 1L,
                        "features.feature.hash(card, 4).missing", 1L));
    }

    @Test
    void encodesTheSameOnEveryTaskManager() throws Exception {
        Featurizer sent =
                opened(InstantiationUtil.clone(new Featurizer(options(4, "card"), false)), new MetricsByName());
        Event event = event(1, "c-17", 12.5, 1);
        assertThat(Codecs.SHARD_INPUT.toBytes(sent.map(event)))
                .isEqualTo(Codecs.SHARD_INPUT.toBytes(featurized(options(4, "card"), false, event)));
    }

    private static FeaturizerOptions options(int shards, String shardBy) {
        return new FeaturizerOptions(SCHEMA, List.of("card"), FEATURES, shards, shardBy, "card", null);
    }

    private static FeaturizerOptions reported(String reportBy) {
        return new FeaturizerOptions(SCHEMA, List.of("card"), FEATURES, 2, null, reportBy, null);
    }

    private static Event event(long id, String card, double amount, float label) {
        return new Event(EventId.of(id), 1_000, label, new double[] {amount}, new String[] {card});
    }

    private static Example featurized(FeaturizerOptions options, boolean labelled, Event event) {
        return (Example)
                opened(new Featurizer(options, labelled), new MetricsByName()).map(event);
    }

    private static Featurizer opened(Featurizer featurizer, MetricsByName metrics) {
        featurizer.setRuntimeContext(new MockStreamingRuntimeContext(1, 0) {
            @Override
            public OperatorMetricGroup getMetricGroup() {
                return metrics;
            }
        });
        featurizer.open(DefaultOpenContext.INSTANCE);
        return featurizer;
    }

    private static RoutedEvent reminded(FeaturizerOptions options, Duration delay, Event event) {
        LabelReminder reminder = new LabelReminder(options, delay);
        reminder.open(DefaultOpenContext.INSTANCE);
        return (RoutedEvent) reminder.map(event);
    }
}
