package dev.millrace.modelstate;

import dev.millrace.events.Codec;
import dev.millrace.events.CodecContract;
import dev.millrace.events.Event;
import dev.millrace.events.LabelKind;
import dev.millrace.events.Samples;
import dev.millrace.modelstate.PendingEntry.Early;
import dev.millrace.modelstate.PendingEntry.Kept;
import java.util.ArrayList;
import java.util.List;

class PendingEntryTest extends CodecContract<PendingEntry> {

    @Override
    protected Codec<PendingEntry> codec() {
        return PendingEntry.CODEC;
    }

    @Override
    protected List<PendingEntry> values() {
        List<PendingEntry> entries = new ArrayList<>();
        entries.add(new Kept(Samples.examples().get(0), new float[] {0.25f}, 300, 1, LabelKind.REVISED));
        Samples.examples()
                .forEach(example ->
                        entries.add(new Kept(example, new float[] {-0f}, 0, Event.NO_LABEL, LabelKind.REAL)));
        Samples.resolvedLabels().forEach(label -> entries.add(new Early(label)));
        return entries;
    }

    @Override
    protected String pinnedBytes() {
        return "010102015480a0abfef962037fc000003f8000000763617264203137023f0000007fc0000000013e800000ac023f80000002";
    }
}
