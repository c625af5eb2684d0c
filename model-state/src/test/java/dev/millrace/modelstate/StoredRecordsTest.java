package dev.millrace.modelstate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.millrace.events.Codec;
import dev.millrace.events.CodecContract;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Everything that makes up a model in state: round trips, pinned layouts, and every single flipped bit noticed. */
class StoredRecordsTest {

    abstract static class Contract<T> extends CodecContract<T> {

        /** Flink itself restores a snapshot with a flipped bit without an error. */
        @Test
        void everyFlippedBitIsAnError() {
            byte[] bytes = codec().toBytes(values().get(0));
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] damaged = bytes.clone();
                damaged[bit / 8] ^= (byte) (1 << bit % 8);
                int at = bit;
                assertThatIOException().as("bit %d", at).isThrownBy(() -> read(damaged));
            }
        }

        @Test
        void aDamagedPayloadIsNamedWithBothChecksumsAndTheRemedy() {
            byte[] bytes = codec().toBytes(values().get(0));
            bytes[bytes.length - 1] ^= 1;
            assertThatIOException()
                    .isThrownBy(() -> read(bytes))
                    .withMessageMatching("the checksum of the .+ must be [0-9a-f]{8} as it was saved, got [0-9a-f]{8}:"
                            + " the snapshot is damaged; restore an earlier one");
        }
    }

    @Nested
    class OfWeights extends Contract<StoredWeights> {
        @Override
        protected Codec<StoredWeights> codec() {
            return StoredWeights.CODEC;
        }

        @Override
        protected List<StoredWeights> values() {
            return List.of(
                    new StoredWeights("[a] → 1 binary", "haswell", 300, new float[] {0.5f, -1, Float.MIN_VALUE}),
                    new StoredWeights("", "", 0, new float[0]),
                    new StoredWeights("wide", "k", Long.MAX_VALUE, new float[50_000]),
                    new StoredWeights("odd", "k", 1, new float[] {Float.NaN, -0f, Float.POSITIVE_INFINITY}));
        }

        @Override
        protected String pinnedBytes() {
            return "012879595ebf105b615d20e2869220312062696e6172790768617377656c6cac02033f000000bf80000000000001";
        }
    }

    @Nested
    class OfUpdaterState extends Contract<StoredUpdater> {
        @Override
        protected Codec<StoredUpdater> codec() {
            return StoredUpdater.CODEC;
        }

        @Override
        protected List<StoredUpdater> values() {
            return List.of(new StoredUpdater(new float[] {0.5f, -1}), new StoredUpdater(new float[0]));
        }

        @Override
        protected String pinnedBytes() {
            return "0109fc8cfcba023f000000bf800000";
        }
    }

    @Nested
    class OfAScaler extends Contract<StoredScaler> {
        @Override
        protected Codec<StoredScaler> codec() {
            return StoredScaler.CODEC;
        }

        @Override
        protected List<StoredScaler> values() {
            return List.of(
                    new StoredScaler(new long[] {300, 0}, new double[] {1.5, 0}, new double[] {2.25, 0}),
                    new StoredScaler(new long[0], new double[0], new double[0]),
                    new StoredScaler(
                            new long[] {Long.MAX_VALUE}, new double[] {-Double.MAX_VALUE}, new double[] {Double.NaN}));
        }

        @Override
        protected String pinnedBytes() {
            return "012664cc35b602ac0200023ff800000000000000000000000000000240020000000000000000000000000000";
        }
    }

    @Nested
    class OfAMiniBatch extends Contract<StoredBatch> {
        @Override
        protected Codec<StoredBatch> codec() {
            return StoredBatch.CODEC;
        }

        @Override
        protected List<StoredBatch> values() {
            return List.of(
                    new StoredBatch(
                            1_700_000_000_000L,
                            1_700_000_000_001L,
                            new float[] {1, Float.NaN, 3, 4},
                            new float[] {0, 1},
                            new float[] {1, 2},
                            new String[][][] {{{"u1"}, {}}, {{"u2"}, {"drama", "war"}}}),
                    new StoredBatch(0, Long.MIN_VALUE, new float[0], new float[0], new float[0], new String[0][][]));
        }

        @Override
        protected String pinnedBytes() {
            return "02494f5f7de00000018bcfe568000000018bcfe56801043f8000007fc00000404000004080000002000000003f800000023f80000040000000"
                    + "020102753100020102753202056472616d6103776172";
        }

        @Test
        void theFirstLayoutKnewNoIds() throws Exception {
            byte[] first = HexFormat.of()
                    .parseHex(
                            "0133b18287b70000018bcfe568000000018bcfe56801043f8000007fc00000404000004080000002000000003f800000023f80000040000000");
            StoredBatch read = StoredBatch.CODEC.read(new DataInputStream(new ByteArrayInputStream(first)));
            assertThat(read.labels()).containsExactly(0, 1);
            assertThat(new MiniBatch(read, 2).ids(1)).isEmpty();
        }
    }

    @Nested
    class OfProgress extends Contract<ShardProgress> {
        @Override
        protected Codec<ShardProgress> codec() {
            return ShardProgress.CODEC;
        }

        @Override
        protected List<ShardProgress> values() {
            return List.of(
                    new ShardProgress(3, 1_700_000_000_000L, 300, 200, 1),
                    new ShardProgress(0, Long.MIN_VALUE, 0, 0, 0),
                    new ShardProgress(999, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE),
                    new ShardProgress(1, 10, 20, 30, 40, new LabelDelays(1, 2, 3, Long.MAX_VALUE)));
        }

        @Override
        protected String pinnedBytes() {
            return "0212dd3c7724030000018bcfe56800ac02c8010100000000";
        }

        /** As written before labels were counted by their delay. */
        @Test
        void readsTheFirstLayout() throws IOException {
            byte[] first = HexFormat.of().parseHex("010e0be6c154030000018bcfe56800ac02c80101");
            assertThat(codec().read(new DataInputStream(new ByteArrayInputStream(first))))
                    .isEqualTo(new ShardProgress(3, 1_700_000_000_000L, 300, 200, 1, LabelDelays.NONE));
        }
    }

    /** One flipped bit makes version 3 version 1 or 2, which a release that reads 3 knows too. */
    @Test
    void aFlippedBitInTheVersionIsNoticedWhereBothVersionsAreKnown() throws IOException {
        for (int bit = 0; bit < 2; bit++) {
            byte[] bytes = new VersionThreeCodec().toBytes("weights");
            bytes[0] ^= (byte) (1 << bit);
            assertThatIOException()
                    .isThrownBy(
                            () -> new VersionThreeCodec().read(new DataInputStream(new ByteArrayInputStream(bytes))))
                    .withMessageContaining("checksum");
        }
    }

    private static final class VersionThreeCodec extends ChecksummedCodec<String> {

        private static final long serialVersionUID = 1L;

        VersionThreeCodec() {
            super("text", 3);
        }

        @Override
        void writePayload(String value, DataOutput output) throws IOException {
            output.writeUTF(value);
        }

        @Override
        String readPayload(DataInput input, int payloadVersion) throws IOException {
            return input.readUTF();
        }
    }
}
