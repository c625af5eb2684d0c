package dev.millrace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.evaluation.SliceReport;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.features.labels.LabelCase;
import dev.millrace.modelstate.PendingEntry;
import dev.millrace.modelstate.ShardProgress;
import dev.millrace.modelstate.StoredBatch;
import dev.millrace.modelstate.StoredRow;
import dev.millrace.modelstate.StoredScaler;
import dev.millrace.modelstate.StoredUpdater;
import dev.millrace.modelstate.StoredWeights;
import dev.millrace.operators.summary.EndReport;
import dev.millrace.operators.summary.LabelCounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The codecs that savepoints of the operators name. Names may be added; one that is changed or removed makes savepoints of
 * earlier releases unreadable.
 */
class SavedStateNamesTest {

    @Test
    void theCodecsInSavepointsAreThoseOfEarlierReleases() throws Exception {
        List<String> names = Stream.<Codec<?>>of(
                        Codecs.ROUTER_INPUT,
                        Codecs.SHARD_INPUT,
                        Codecs.SCORED_LABEL,
                        Codecs.EVENT_ID,
                        Codecs.ALERT,
                        SliceReport.CODEC,
                        LabelCase.CODEC,
                        LabelCounts.CODEC,
                        PendingEntry.CODEC,
                        StoredWeights.CODEC,
                        StoredUpdater.CODEC,
                        StoredScaler.CODEC,
                        StoredBatch.CODEC,
                        StoredRow.CODEC,
                        ShardProgress.CODEC,
                        EndReport.CODEC)
                .map(codec -> codec.getClass().getName())
                .sorted()
                .toList();
        try (var known = SavedStateNamesTest.class.getResourceAsStream("/saved-codecs.txt")) {
            assertThat(names)
                    .isEqualTo(new String(known.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .toList());
        }
    }
}
