package dev.millrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderedTest {

    @Test
    void aLabelOfAnEarlierEventStandsBeforeAnEventAndItsOwnLabelAfterIt() {
        ResolvedLabel ofEarlierEvent = new ResolvedLabel(EventId.of(1), 5, 10, LabelKind.REAL, 1, Event.NO_LABEL, 0);
        Example event = new Example(EventId.of(2), 10, 0, Event.NO_LABEL, 1, "", new float[0]);
        ResolvedLabel ofThisEvent = new ResolvedLabel(EventId.of(2), 10, 10, LabelKind.REAL, 1, Event.NO_LABEL, 0);
        assertThat(ofEarlierEvent.streamTime()).isEqualTo(event.streamTime()).isEqualTo(ofThisEvent.streamTime());
        assertThat(ofEarlierEvent.rank()).isLessThan(event.rank());
        assertThat(event.rank()).isLessThan(ofThisEvent.rank());
    }

    @Test
    void aScoredLabelStandsWhereItsResolvedLabelStood() {
        ScoredLabel later =
                new ScoredLabel("m", 0, EventId.of(1), 5, 10, LabelKind.REAL, 1, 0, LabelKind.REAL, new float[] {1}, 0);
        ScoredLabel atOnce = new ScoredLabel(
                "m", 0, EventId.of(1), 10, 10, LabelKind.REAL, 1, Event.NO_LABEL, LabelKind.REAL, new float[] {1}, 0);
        assertThat(later.rank()).isEqualTo(Ordered.RANK_LATER_LABEL);
        assertThat(atOnce.rank()).isEqualTo(Ordered.RANK_LABEL_AT_EVENT);
        assertThat(later.replacesLabel()).isTrue();
        assertThat(atOnce.replacesLabel()).isFalse();
    }

    @Test
    void anEventStandsBeforeALabelRecordOfTheSameTime() {
        RoutedEvent event = new RoutedEvent(EventId.of(1), 10, 0, Event.NO_LABEL, 0);
        LabelRecord label = new LabelRecord(EventId.of(1), 10, 1);
        assertThat(event.rank()).isLessThan(label.rank());
        assertThat(event.hasRecordedLabel()).isFalse();
    }
}
