package dev.millrace.operators.summary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codec;
import dev.millrace.events.CodecContract;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.modelstate.ShardProgress;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EndReportTest {

    private static final EndReport MODEL = new ModelSnapshot(
            "model",
            "dl4j",
            "haswell",
            new ShardProgress(3, 1_700_000_000_000L, 300, 200, 1),
            25,
            7,
            new float[] {0.5f, -1},
            new RowsDigest(2, 1, -1, 2, 3));
    private static final EndReport COUNTS = new LabelCounts(2, -1, new long[] {300, 0, 1});

    @Nested
    class OfAModel extends CodecContract<EndReport> {
        @Override
        protected Codec<EndReport> codec() {
            return EndReport.CODEC;
        }

        @Override
        protected List<EndReport> values() {
            return List.of(MODEL, COUNTS);
        }

        @Override
        protected String pinnedBytes() {
            return "0102056d6f64656c04646c346a0768617377656c6c0212dd3c7724030000018bcfe56800ac02c80101000000001907023f000000bf800000"
                    + "020000000000000001ffffffffffffffff00000000000000020000000000000003";
        }

        @Test
        void theFirstLayoutKnewNoEmbeddings() throws Exception {
            byte[] first = HexFormat.of()
                    .parseHex(
                            "0101056d6f64656c04646c346a0768617377656c6c0212dd3c7724030000018bcfe56800ac02c80101000000001907023f000000bf800000");
            EndReport read = EndReport.CODEC.read(new DataInputStream(new ByteArrayInputStream(first)));
            assertThat(((ModelSnapshot) read).rows()).isEqualTo(RowsDigest.NONE);
        }

        /** Each kind of report evolves by itself: its tag stands before its version. */
        @Override
        protected int versionIndex() {
            return 1;
        }
    }

    @Nested
    class OfLabelCounts extends CodecContract<EndReport> {
        @Override
        protected Codec<EndReport> codec() {
            return EndReport.CODEC;
        }

        @Override
        protected List<EndReport> values() {
            return List.of(
                    COUNTS, new LabelCounts(0, 0, new long[0]), new LabelCounts(1, Long.MAX_VALUE, new long[] {1}));
        }

        @Override
        protected String pinnedBytes() {
            return "0201020103ac020001";
        }

        @Override
        protected int versionIndex() {
            return 1;
        }
    }
}
