package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every codec of {@link Codecs}, its layout pinned. */
class CodecsTest {

    @Nested
    class OfAnEventId extends CodecContract<EventId> {
        @Override
        protected Codec<EventId> codec() {
            return Codecs.EVENT_ID;
        }

        @Override
        protected List<EventId> values() {
            return Samples.IDS;
        }

        @Override
        protected String pinnedBytes() {
            return "010154";
        }
    }

    @Nested
    class OfAnEvent extends CodecContract<Event> {
        @Override
        protected Codec<Event> codec() {
            return Codecs.EVENT;
        }

        @Override
        protected List<Event> values() {
            return Samples.events();
        }

        @Override
        protected String pinnedBytes() {
            return "01015480a0abfef9623f8000000240290000000000007ff80000000000000200036331";
        }
    }

    @Nested
    class OfARoutedEvent extends CodecContract<RouterInput> {
        @Override
        protected Codec<RouterInput> codec() {
            return Codecs.ROUTER_INPUT;
        }

        @Override
        protected List<RouterInput> values() {
            return Samples.routerInputs();
        }

        @Override
        protected String pinnedBytes() {
            return "0201015480a0abfef962033f80000080b08fbffe620203633100";
        }

        @Test
        void theFirstLayoutKnewNoEntities() throws Exception {
            assertThat(read(hex("0101015480a0abfef962033f80000080b08fbffe62")))
                    .isEqualTo(new RoutedEvent(EventId.of(42), 1_700_000_000_000L, 3, 1, 1_700_604_800_000L));
        }

        @Test
        void theLayoutOfALabelRecordIsThatOfEarlierReleases() throws Exception {
            assertThat(read(hex("0102015480a0abfef9623f800000")))
                    .isEqualTo(Samples.routerInputs().get(1));
        }

        @Test
        void anUnknownKindIsDamage() {
            assertThatIOException().isThrownBy(() -> read(hex("0107010200"))).withMessageContaining("kind 7");
        }
    }

    @Nested
    class OfAnExample extends CodecContract<Example> {
        @Override
        protected Codec<Example> codec() {
            return Codecs.EXAMPLE;
        }

        @Override
        protected List<Example> values() {
            return Samples.examples();
        }

        @Override
        protected String pinnedBytes() {
            return "02015480a0abfef962037fc000003f8000000763617264203137023f0000007fc0000000";
        }

        @Test
        void theFirstLayoutKnewNoIds() throws Exception {
            Example read = read(hex("01015480a0abfef962037fc000003f8000000763617264203137023f0000007fc00000"));
            assertThat(read.dense()).containsExactly(0.5f, Float.NaN);
            assertThat(read.ids()).isEmpty();
        }
    }

    @Nested
    class OfAResolvedLabel extends CodecContract<ResolvedLabel> {
        @Override
        protected Codec<ResolvedLabel> codec() {
            return Codecs.RESOLVED_LABEL;
        }

        @Override
        protected List<ResolvedLabel> values() {
            return Samples.resolvedLabels();
        }

        @Override
        protected String pinnedBytes() {
            return "020003742d3180a0abfef962c0c9b2fef962023f80000000000000ac020203633100";
        }

        @Test
        void theFirstLayoutKnewNoEntities() throws Exception {
            assertThat(read(hex("010003742d3180a0abfef962c0c9b2fef962023f80000000000000ac02")))
                    .isEqualTo(new ResolvedLabel(
                            EventId.of("t-1"), 1_700_000_000_000L, 1_700_000_060_000L, LabelKind.REVISED, 1, 0, 300));
        }
    }

    @Nested
    class OfAnInputOfAggregates extends CodecContract<AggregatesInput> {
        @Override
        protected Codec<AggregatesInput> codec() {
            return Codecs.AGGREGATES_INPUT;
        }

        @Override
        protected List<AggregatesInput> values() {
            return Samples.aggregatesInputs();
        }

        @Override
        protected String pinnedBytes() {
            return "0101015480a0abfef9623f8000000240290000000000007ff80000000000000200036331";
        }

        /** Each kind of input evolves by itself: its tag stands before its version. */
        @Override
        protected int versionIndex() {
            return 1;
        }
    }

    @Nested
    class OfAShardInput extends CodecContract<ShardInput> {
        @Override
        protected Codec<ShardInput> codec() {
            return Codecs.SHARD_INPUT;
        }

        @Override
        protected List<ShardInput> values() {
            return Samples.shardInputs();
        }

        @Override
        protected String pinnedBytes() {
            return "0102015480a0abfef962037fc000003f8000000763617264203137023f0000007fc0000000";
        }

        /** Each kind of input evolves by itself: its tag stands before its version. */
        @Override
        protected int versionIndex() {
            return 1;
        }

        @Test
        void anUnknownKindMayBeThatOfANewerRelease() {
            assertThatIOException().isThrownBy(() -> read(hex("0401"))).withMessageContaining("newer release");
        }
    }

    @Nested
    class OfARecommendationRequest extends CodecContract<RecommendationRequest> {
        @Override
        protected Codec<RecommendationRequest> codec() {
            return Codecs.RECOMMENDATION_REQUEST;
        }

        @Override
        protected List<RecommendationRequest> values() {
            return Samples.recommendationRequests();
        }

        @Override
        protected String pinnedBytes() {
            return "010002723180a0abfef96203036164610a0201610162010163";
        }
    }

    @Nested
    class OfARecommendation extends CodecContract<Recommendation> {
        @Override
        protected Codec<Recommendation> codec() {
            return Codecs.RECOMMENDATION;
        }

        @Override
        protected List<Recommendation> values() {
            return Samples.recommendations();
        }

        @Override
        protected String pinnedBytes() {
            return "010566696c6d730002723180a0abfef96203036164610201613f0000000162bf80000000012a0000018bcfe567ff";
        }

        @Test
        void anUnknownSourceMayBeThatOfANewerRelease() {
            byte[] bytes =
                    Codecs.RECOMMENDATION.toBytes(Samples.recommendations().get(1));
            // The source stands before the unknown items, the version and the time.
            bytes[bytes.length - 11] = 9;
            assertThatIOException().isThrownBy(() -> read(bytes)).withMessageContaining("newer release");
        }
    }

    @Nested
    class OfAPrediction extends CodecContract<Prediction> {
        @Override
        protected Codec<Prediction> codec() {
            return Codecs.PREDICTION;
        }

        @Override
        protected List<Prediction> values() {
            return Samples.predictions();
        }

        @Override
        protected String pinnedBytes() {
            return "01056672617564015480a0abfef96201013e800000ac0280000000000000000763617264203137";
        }
    }

    @Nested
    class OfAScoredLabel extends CodecContract<ScoredLabel> {
        @Override
        protected Codec<ScoredLabel> codec() {
            return Codecs.SCORED_LABEL;
        }

        @Override
        protected List<ScoredLabel> values() {
            return Samples.scoredLabels();
        }

        @Override
        protected String pinnedBytes() {
            return "0105667261756401015480a0abfef962c0c9b2fef962023f8000000000000001013e800000ac02";
        }
    }

    @Nested
    class OfAnAlert extends CodecContract<Alert> {
        @Override
        protected Codec<Alert> codec() {
            return Codecs.ALERT;
        }

        @Override
        protected List<Alert> values() {
            return Samples.alerts();
        }

        @Override
        protected String pinnedBytes() {
            return "0105667261756400ae9502feffdcbfa359010763617264203137015480a4a6faa259033f400000ac020106616d6f756e743fc000000d6c6f67317028616d6f756e742940a00000";
        }

        @Test
        void anUnknownKindIsDamage() {
            assertThatIOException().isThrownBy(() -> read(hex("010007"))).withMessageContaining("kind 7");
        }
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }
}
