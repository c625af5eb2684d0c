package dev.millrace.features;

import dev.millrace.events.FieldType;
import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a model sees of one field: one or several inputs.
 *
 * <p>{@link #inputNames} identify the inputs, also in the state of a model: they are derived from {@link #name} only, so
 * that a feature whose {@code name} is stated may be rewritten without losing what was learned.
 */
public sealed interface Feature extends Serializable {

    String name();

    /** The fields of the event that are read, at least one. */
    List<String> fields();

    /** Types of field that the feature can read. */
    Set<FieldType> readableTypes();

    /** One per input, in order; no two are equal. */
    List<String> inputNames();

    /**
     * Whether the model standardises an input by its running mean and variance, NaN becoming the mean.
     *
     * @param input index into {@link #inputNames}
     */
    default boolean isStandardised(int input) {
        return false;
    }

    /** What is made of one field. */
    sealed interface OfField extends Feature {

        String field();

        @Override
        default List<String> fields() {
            return List.of(field());
        }
    }

    /**
     * One input: the number after {@code transforms}, in their order. Where it is missing or no finite float, what stands for
     * it, or NaN. With {@link Gaps#indicated} a second one: 1 where it is missing, else 0.
     */
    record Numeric(String name, String field, List<Transform> transforms, Gaps gaps) implements OfField {
        public Numeric {
            transforms = List.copyOf(transforms);
        }

        public Numeric(String name, String field, List<Transform> transforms) {
            this(name, field, transforms, Gaps.NONE);
        }

        public Numeric(String field, Transform... transforms) {
            this(written(field, List.of(transforms)), field, List.of(transforms));
        }

        /** The default name, for example {@code log1p(amount)}. */
        public static String written(String field, List<Transform> transforms) {
            String written = field;
            for (Transform transform : transforms) {
                written = transform.of(written);
            }
            return written;
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.NUMBER);
        }

        @Override
        public List<String> inputNames() {
            return gaps.indicated() ? List.of(name, name + " missing") : List.of(name);
        }

        @Override
        public boolean isStandardised(int input) {
            return input == 0;
        }
    }

    /** One input: 1 for true, 0 for false, 0.5 where the value is missing. */
    record Flag(String name, String field) implements OfField {
        public Flag(String field) {
            this(field, field);
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.BOOLEAN);
        }

        @Override
        public List<String> inputNames() {
            return List.of(name);
        }
    }

    /**
     * Two inputs per cycle: sine and cosine of the instant's place in it, on the clock of {@code zone}; both 0, the centre
     * of the circle, where the instant is missing.
     *
     * @param cycles at least one, each at most once
     */
    record Cyclic(String name, String field, List<Cycle> cycles, ZoneId zone) implements OfField {
        public Cyclic {
            cycles = List.copyOf(cycles);
            if (cycles.isEmpty() || new HashSet<>(cycles).size() < cycles.size()) {
                throw new IllegalArgumentException("cycles must be different ones, at least one, got " + cycles);
            }
        }

        /** In UTC. */
        public Cyclic(String field, Cycle... cycles) {
            this(field, field, List.of(cycles), ZoneOffset.UTC);
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.TIMESTAMP);
        }

        @Override
        public List<String> inputNames() {
            return cycles.stream()
                    .flatMap(cycle ->
                            Stream.of(cycle.text() + ".sin(" + name + ")", cycle.text() + ".cos(" + name + ")"))
                    .toList();
        }
    }

    /**
     * Two inputs: sine and cosine of a number that starts anew every {@code period}, such as an hour with period 24; both
     * 0 where it is missing.
     *
     * @param period finite, above 0, in the unit of the field
     */
    record CyclicNumber(String name, String field, double period) implements OfField {
        public CyclicNumber {
            if (!(period > 0) || Double.isInfinite(period)) {
                throw new IllegalArgumentException("period must be a finite number above 0, got " + period);
            }
        }

        public CyclicNumber(String field, double period) {
            this(written(field, period), field, period);
        }

        /** The default name, for example {@code cyclic(hour, 24.0)}. */
        public static String written(String field, double period) {
            return "cyclic(" + field + ", " + period + ")";
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.NUMBER);
        }

        @Override
        public List<String> inputNames() {
            return List.of(name + ".sin", name + ".cos");
        }
    }

    /**
     * One input per value and a last one for every other value: 1 for the one that holds, 0 for the rest; all 0 where the
     * value is missing. Numbers are compared as text, whole ones without a fraction.
     *
     * @param values at least one, each at most once
     */
    record OneHot(String name, String field, List<String> values) implements OfField {
        public OneHot {
            values = List.copyOf(values);
            if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
                throw new IllegalArgumentException("values must be different ones, at least one, got " + values);
            }
        }

        public OneHot(String field, String... values) {
            this(field, field, List.of(values));
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
        }

        @Override
        public List<String> inputNames() {
            List<String> names = new ArrayList<>(values.size() + 1);
            for (String value : values) {
                names.add(name + "=" + value);
            }
            names.add(name + " other");
            return List.copyOf(names);
        }
    }

    /**
     * One input per bucket: 1 in the bucket that the category's hash falls into, 0 in all others; all 0 where the value is
     * missing. Categories that share a bucket look alike to the model.
     *
     * @param buckets at least 1
     */
    record Hash(String name, String field, int buckets) implements OfField {
        public Hash {
            if (buckets < 1) {
                throw new IllegalArgumentException("buckets must be at least 1, got " + buckets);
            }
        }

        public Hash(String field, int buckets) {
            this(written(field, buckets), field, buckets);
        }

        /** The default name, for example {@code hash(terminal_id, 256)}. */
        public static String written(String field, int buckets) {
            return "hash(" + field + ", " + buckets + ")";
        }

        @Override
        public Set<FieldType> readableTypes() {
            return EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
        }

        @Override
        public List<String> inputNames() {
            return IntStream.range(0, buckets)
                    .mapToObj(bucket -> name + "[" + bucket + "]")
                    .toList();
        }
    }

    /**
     * The row of an id, learned by the model: as many inputs as it has dimensions. The encoder writes the ids of an event, not
     * their rows. An event without an id has an empty bag.
     *
     * @param fields as {@code ids} reads them
     * @param dimensions at least 1
     */
    record Embedding(String name, List<String> fields, Ids ids, int dimensions) implements Feature {

        /** Ids that are longer count as missing: they are hardly ids. In UTF-16 code units. */
        public static final int LONGEST_ID = 1_024;

        public Embedding {
            fields = List.copyOf(fields);
            if (fields.isEmpty() || dimensions < 1) {
                throw new IllegalArgumentException(
                        "an embedding needs fields and dimensions, got " + fields + " and " + dimensions);
            }
        }

        /** Of one id. */
        public Embedding(String field, int dimensions) {
            this(written(List.of(field), dimensions), List.of(field), new Ids.One(), dimensions);
        }

        /** The default name, for example {@code embedding(user × genre, 8)}. */
        public static String written(List<String> fields, int dimensions) {
            return "embedding(" + String.join(" × ", fields) + ", " + dimensions + ")";
        }

        @Override
        public Set<FieldType> readableTypes() {
            return ids instanceof Ids.Bag
                    ? EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER, FieldType.BOOLEAN)
                    : EnumSet.of(FieldType.ID, FieldType.STRING, FieldType.NUMBER);
        }

        @Override
        public List<String> inputNames() {
            return IntStream.range(0, dimensions)
                    .mapToObj(value -> name + "[" + value + "]")
                    .toList();
        }
    }

    /** How fields become the ids of an {@link Embedding}. */
    sealed interface Ids extends Serializable {

        /** The value of the only field. */
        record One() implements Ids {}

        /** The parts of the only field between separators, without surrounding blanks; empty ones do not count. */
        record Parts(String separator) implements Ids {
            public Parts {
                if (separator.isEmpty()) {
                    throw new IllegalArgumentException("separator must not be empty; write e.g. \"|\"");
                }
            }
        }

        /** A value of each field, together one id; missing if one of them is. */
        record Cross() implements Ids {}

        /** Of each field that is true its name, of each that is no boolean and not missing its name and value. */
        record Bag() implements Ids {}
    }
}
