package dev.millrace.connectors;

import dev.millrace.events.Codec;
import dev.millrace.events.Codecs;
import dev.millrace.events.Event;
import dev.millrace.events.LabelRecord;
import dev.millrace.events.Ordered;
import dev.millrace.events.RecommendationRequest;
import dev.millrace.serializers.CodecTypeInformation;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** The types of the streams between a source and the rest of the job. */
public final class IngestedTypes {

    public static final TypeInformation<Ingested<Event>> INGESTED_EVENT = ingested(new IngestedCodec.OfEvents());
    public static final TypeInformation<Ingested<LabelRecord>> INGESTED_LABEL = ingested(new IngestedCodec.OfLabels());
    public static final TypeInformation<Ingested<RecommendationRequest>> INGESTED_REQUEST =
            ingested(new IngestedCodec.OfRequests());
    public static final TypeInformation<LabelRecord> LABEL_RECORD =
            CodecTypeInformation.of(LabelRecord.class, new LabelRecordCodec());
    public static final TypeInformation<RecommendationRequest> REQUEST =
            CodecTypeInformation.of(RecommendationRequest.class, Codecs.RECOMMENDATION_REQUEST);
    public static final TypeInformation<RejectedRecord> REJECTED =
            CodecTypeInformation.of(RejectedRecord.class, new RejectedRecordCodec());

    private IngestedTypes() {}

    @SuppressWarnings({"unchecked", "rawtypes"}) // a class literal has no type parameter
    private static <T extends Ordered> TypeInformation<Ingested<T>> ingested(Codec<Ingested<T>> codec) {
        return CodecTypeInformation.of((Class<Ingested<T>>) (Class) Ingested.class, codec);
    }
}
