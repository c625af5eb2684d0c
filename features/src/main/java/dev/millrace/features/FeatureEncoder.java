package dev.millrace.features;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Example;
import dev.millrace.events.FieldType;
import dev.millrace.events.StableHash;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the inputs of a model from an event: those that are numbers, one float each, not yet standardised; and of each embedding
 * the ids whose rows are its inputs.
 *
 * <p>Slots are looked up once, here; {@link #encode} allocates the row and nothing per field but the text of a number
 * that is read as a category. It counts what is missing, out of range or unseen: one thread encodes.
 */
public final class FeatureEncoder {

    /** Fixed for ever: bucket numbers are part of trained weights. */
    private static final long BUCKET_SEED = 0x6D696C6C72616365L;

    private final FeatureSet features;
    private final int width;
    private final Column[] columns;
    private final IdsOf[] ids;
    private final List<FeatureCounts> counts = new ArrayList<>();

    /** Fails if a feature reads a field that {@code schema} lacks, or one of a type it cannot read. */
    public FeatureEncoder(EventSchema schema, FeatureSet features) {
        this.features = features;
        this.width = features.denseWidth();
        List<Column> dense = new ArrayList<>();
        List<IdsOf> embedded = new ArrayList<>();
        int offset = 0;
        for (Feature feature : features.features()) {
            requireReadable(schema, feature);
            FeatureCounts count = new FeatureCounts();
            counts.add(count);
            if (feature instanceof Feature.Embedding embedding) {
                embedded.add(new IdsOf(schema, embedding, count));
            } else {
                dense.add(column(schema, feature, offset, count));
                offset += feature.inputNames().size();
            }
        }
        this.columns = dense.toArray(Column[]::new);
        this.ids = embedded.toArray(IdsOf[]::new);
    }

    private static void requireReadable(EventSchema schema, Feature feature) {
        for (String field : feature.fields()) {
            FieldType type = schema.type(field);
            if (!feature.readableTypes().contains(type)) {
                throw new IllegalArgumentException("feature '" + feature.name() + "' reads fields of type "
                        + feature.readableTypes() + ", but field '" + field + "' is declared " + type);
            }
        }
    }

    /** Number of inputs that are numbers. */
    public int width() {
        return width;
    }

    /** Of all inputs, rows of embeddings among them. */
    public List<String> inputNames() {
        return features.inputNames();
    }

    /** For each of the {@link #width} numbers whether the model standardises it; a fresh array. */
    public boolean[] standardised() {
        return features.standardised();
    }

    /** Of each feature, in the order of the set. */
    public List<FeatureCounts> counts() {
        return Collections.unmodifiableList(counts);
    }

    /** A fresh row of {@link #width} numbers. Those that are standardised may be NaN: missing. All others are finite. */
    public float[] encode(Event event) {
        float[] row = new float[width];
        for (Column column : columns) {
            column.write(event, row);
        }
        return row;
    }

    /** Of each embedding the ids of an event, in the order of the set. */
    public String[][] ids(Event event) {
        if (ids.length == 0) {
            return Example.NO_IDS;
        }
        String[][] bags = new String[ids.length][];
        for (int i = 0; i < ids.length; i++) {
            bags[i] = ids[i].of(event);
        }
        return bags;
    }

    /** Writes the inputs of one feature into a row of zeros. */
    private interface Column {
        void write(Event event, float[] row);
    }

    private static Column column(EventSchema schema, Feature feature, int offset, FeatureCounts count) {
        if (feature instanceof Feature.Numeric numeric) {
            return numeric(schema, numeric, offset, count);
        } else if (feature instanceof Feature.Flag flag) {
            return flag(schema, flag, offset, count);
        } else if (feature instanceof Feature.Cyclic cyclic) {
            return cyclic(schema, cyclic, offset, count);
        } else if (feature instanceof Feature.CyclicNumber cyclic) {
            return cyclicNumber(schema, cyclic, offset, count);
        } else if (feature instanceof Feature.OneHot oneHot) {
            return oneHot(schema, oneHot, offset, count);
        } else if (feature instanceof Feature.Hash hash) {
            return hash(schema, hash, offset, count);
        }
        throw new AssertionError("no column for " + feature);
    }

    private static Column numeric(EventSchema schema, Feature.Numeric feature, int offset, FeatureCounts count) {
        int slot = schema.slot(feature.field());
        Transform[] transforms = feature.transforms().toArray(Transform[]::new);
        Gaps gaps = feature.gaps();
        double min = gaps.min();
        double max = gaps.max();
        boolean clips = gaps.outside() == Gaps.Outside.CLIP;
        boolean indicated = gaps.indicated();
        float substitute = input(gaps.substitute(), transforms);
        return (event, row) -> {
            double value = event.number(slot);
            if (Double.isNaN(value)) {
                count.countMissing();
            } else if (value < min || value > max) {
                count.countOutOfRange();
                value = clips ? Math.min(Math.max(value, min), max) : Double.NaN;
            }
            float input = input(value, transforms);
            if (Float.isInfinite(input)) {
                count.countOutOfRange();
            }
            // A saturated value would spoil the running variance for good; a missing one does no harm.
            boolean missing = Float.isNaN(input) || Float.isInfinite(input);
            row[offset] = missing ? substitute : input;
            if (indicated && missing) {
                row[offset + 1] = 1;
            }
        };
    }

    private static float input(double value, Transform[] transforms) {
        double transformed = value;
        for (Transform transform : transforms) {
            transformed = transform.apply(transformed);
        }
        return (float) transformed;
    }

    private static Column flag(EventSchema schema, Feature.Flag feature, int offset, FeatureCounts count) {
        int slot = schema.slot(feature.field());
        return (event, row) -> {
            double value = event.number(slot);
            if (Double.isNaN(value)) {
                count.countMissing();
                row[offset] = 0.5f;
            } else {
                row[offset] = (float) value;
            }
        };
    }

    private static Column cyclic(EventSchema schema, Feature.Cyclic feature, int offset, FeatureCounts count) {
        int slot = schema.slot(feature.field());
        Cycle[] cycles = feature.cycles().toArray(Cycle[]::new);
        ZoneId zone = feature.zone();
        return (event, row) -> {
            double value = event.number(slot);
            if (Double.isNaN(value)) {
                count.countMissing();
                return;
            }
            long localMillis = local((long) value, zone);
            for (int i = 0; i < cycles.length; i++) {
                writeAngle(cycles[i].phase(localMillis), row, offset + 2 * i);
            }
        };
    }

    private static long local(long epochMillis, ZoneId zone) {
        return zone.equals(ZoneOffset.UTC)
                ? epochMillis
                : epochMillis
                        + 1000L
                                * zone.getRules()
                                        .getOffset(Instant.ofEpochMilli(epochMillis))
                                        .getTotalSeconds();
    }

    private static Column cyclicNumber(
            EventSchema schema, Feature.CyclicNumber feature, int offset, FeatureCounts count) {
        int slot = schema.slot(feature.field());
        double period = feature.period();
        return (event, row) -> {
            double value = event.number(slot);
            if (Double.isNaN(value)) {
                count.countMissing();
            } else {
                writeAngle(value % period / period, row, offset);
            }
        };
    }

    /** StrictMath: the same bits on every machine. */
    private static void writeAngle(double phase, float[] row, int offset) {
        double angle = 2 * Math.PI * phase;
        row[offset] = (float) StrictMath.sin(angle);
        row[offset + 1] = (float) StrictMath.cos(angle);
    }

    private static Column oneHot(EventSchema schema, Feature.OneHot feature, int offset, FeatureCounts count) {
        Category category = new Category(schema, feature.field());
        int other = feature.values().size();
        Map<String, Integer> inputs = new HashMap<>();
        for (String value : feature.values()) {
            inputs.put(value, inputs.size());
        }
        return (event, row) -> {
            String value = category.of(event);
            if (value == null) {
                count.countMissing();
                return;
            }
            int input = inputs.getOrDefault(value, other);
            if (input == other) {
                count.countUnseen();
            }
            row[offset + input] = 1;
        };
    }

    private static Column hash(EventSchema schema, Feature.Hash feature, int offset, FeatureCounts count) {
        Category category = new Category(schema, feature.field());
        int buckets = feature.buckets();
        return (event, row) -> {
            String value = category.of(event);
            if (value == null) {
                count.countMissing();
            } else {
                row[offset + StableHash.bucket(StableHash.of(value, BUCKET_SEED), buckets)] = 1;
            }
        };
    }
}
