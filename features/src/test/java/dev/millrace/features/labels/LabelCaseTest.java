package dev.millrace.features.labels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.events.Codec;
import dev.millrace.events.CodecContract;
import dev.millrace.events.EntityIds;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelKind;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RoutedEvent;
import dev.millrace.events.Samples;
import dev.millrace.features.labels.LabelCase.Known;
import dev.millrace.features.labels.LabelCase.Waiting;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelCaseTest extends CodecContract<LabelCase> {

    @Override
    protected Codec<LabelCase> codec() {
        return LabelCase.CODEC;
    }

    @Override
    protected List<LabelCase> values() {
        List<LabelCase> cases = new ArrayList<>();
        cases.add(new Known(
                new RoutedEvent(EventId.of(42), 1_700_000_000_000L, 3, EntityIds.of("c1", null), 1, 1_700_604_800_000L),
                0,
                LabelKind.ASSUMED,
                1_700_300_000_000L,
                true));
        for (EventId id : Samples.IDS) {
            cases.add(new Waiting(new LabelRecord(id, -1, -0f)));
            RoutedEvent event = new RoutedEvent(id, Long.MIN_VALUE, 0, Event.NO_LABEL, 0);
            cases.add(Known.unlabelled(event));
            cases.add(Known.unlabelled(event).withLabel(2.5f, LabelKind.REVISED, Long.MAX_VALUE));
            cases.add(Known.unlabelled(event).withDeadlinePassed());
        }
        return cases;
    }

    @Override
    protected String pinnedBytes() {
        return "0202015480a0abfef962033f80000080b08fbffe62000000000180acb89cfc62010203633100";
    }

    @Test
    void theFirstLayoutKnewNoEntities() throws Exception {
        byte[] bytes = HexFormat.of().parseHex("0102015480a0abfef962033f80000080b08fbffe62000000000180acb89cfc6201");
        assertThat(read(bytes))
                .isEqualTo(new Known(
                        new RoutedEvent(EventId.of(42), 1_700_000_000_000L, 3, 1, 1_700_604_800_000L),
                        0,
                        LabelKind.ASSUMED,
                        1_700_300_000_000L,
                        true));
    }
}
