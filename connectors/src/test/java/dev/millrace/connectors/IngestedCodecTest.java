package dev.millrace.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connectors.format.RejectReason;
import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.RecommendationRequest;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IngestedCodecTest {

    @Test
    void bringsParsedRecordsBack() throws Exception {
        LabelRecord label = new LabelRecord(EventId.of("a"), -5, 1f);
        assertThat(roundTrip(new IngestedCodec.OfLabels(), new Ingested.Parsed<>(label)))
                .isEqualTo(new Ingested.Parsed<>(label));

        Event event = new Event(EventId.of(3), 17, Float.NaN, new double[] {1, Double.NaN}, new String[] {null, "x"});
        Ingested.Parsed<Event> read =
                (Ingested.Parsed<Event>) roundTrip(new IngestedCodec.OfEvents(), new Ingested.Parsed<>(event));
        assertThat(Codecs.EVENT.toBytes(read.value())).isEqualTo(Codecs.EVENT.toBytes(event));

        RecommendationRequest request =
                new RecommendationRequest(EventId.of("r"), 9, 0, "u", 10, List.of("a"), List.of("b", "c"));
        assertThat(roundTrip(new IngestedCodec.OfRequests(), new Ingested.Parsed<>(request)))
                .isEqualTo(new Ingested.Parsed<>(request));
    }

    @ParameterizedTest
    @EnumSource
    void bringsRejectedRecordsBack(RejectReason reason) throws Exception {
        RejectedRecord record =
                new RejectedRecord(reason, "Größe", "topic", 3, 1L << 40, -1, null, new byte[] {0, -1, 5}, 3_000_000);

        assertThat(roundTrip(new IngestedCodec.OfEvents(), new Ingested.Rejected<>(record)))
                .isEqualTo(new Ingested.Rejected<>(record));
        assertThat(roundTrip(new RejectedRecordCodec(), record)).isEqualTo(record);
    }

    @Test
    void restoresItsSerializerFromASnapshot() throws Exception {
        TypeSerializer<Ingested<Event>> serializer =
                IngestedTypes.INGESTED_EVENT.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer output = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(output, serializer.snapshotConfiguration());

        TypeSerializerSnapshot<Ingested<Event>> snapshot =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(output.getCopyOfBuffer()),
                        getClass().getClassLoader());

        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
    }

    @Test
    void refusesDamagedBytes() {
        assertThatThrownBy(() -> new IngestedCodec.OfEvents()
                        .read(new DataInputStream(new ByteArrayInputStream(new byte[] {9}))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kind 9");
    }

    private static <T> T roundTrip(Codec<T> codec, T value) throws IOException {
        return codec.read(new DataInputStream(new ByteArrayInputStream(codec.toBytes(value))));
    }
}
