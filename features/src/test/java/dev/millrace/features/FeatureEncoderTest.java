package dev.millrace.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.events.Event;
import dev.millrace.events.EventId;
import dev.millrace.events.EventSchema;
import dev.millrace.events.Field;
import dev.millrace.events.FieldType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureEncoderTest {

    private static final EventSchema SCHEMA = new EventSchema(List.of(
            new Field("amount", FieldType.NUMBER),
            new Field("terminal", FieldType.ID),
            new Field("online", FieldType.BOOLEAN),
            new Field("time", FieldType.TIMESTAMP),
            new Field("note", FieldType.STRING)));

    private static final double MISSING = Double.NaN;

    @Test
    void rowHoldsTheFeaturesInTheirOrder() {
        FeatureEncoder encoder = new FeatureEncoder(
                SCHEMA,
                FeatureSet.of(
                        new Feature.OneHot("terminal", "a", "b"),
                        new Feature.Numeric("amount"),
                        new Feature.Flag("online")));

        assertThat(encoder.width()).isEqualTo(5);
        assertThat(encoder.inputNames())
                .containsExactly("terminal=a", "terminal=b", "terminal other", "amount", "online");
        assertThat(encoder.standardised()).containsExactly(false, false, false, true, false);
        assertThat(encoder.encode(event(12.5, "b", 1, 0, null))).containsExactly(0, 1, 0, 12.5f, 1);
    }

    @Test
    void everyRowIsFresh() {
        FeatureEncoder encoder = encoder(new Feature.Numeric("amount"));
        float[] first = encoder.encode(event(1, null, 0, 0, null));
        encoder.encode(event(2, null, 0, 0, null));
        assertThat(first).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1.718281828459045, 1", "-1.718281828459045, -1", "1e300, 690.7755"})
    void logarithmKeepsTheSign(double amount, float input) {
        assertThat(encoder(new Feature.Numeric("amount", new Transform.Log1p())).encode(amount(amount))[0])
                .isEqualTo(input);
    }

    @Test
    void transformsApplyInTheOrderWritten() {
        Feature logarithmOfClipped = new Feature.Numeric("amount", new Transform.Clip(0, 1), new Transform.Log1p());
        Feature clippedLogarithm = new Feature.Numeric("amount", new Transform.Log1p(), new Transform.Clip(0, 1));

        assertThat(logarithmOfClipped.name()).isEqualTo("log1p(clip(amount, 0.0, 1.0))");
        assertThat(encoder(logarithmOfClipped).encode(amount(100))).containsExactly((float) Math.log(2));
        assertThat(encoder(clippedLogarithm).encode(amount(100))).containsExactly(1);
    }

    @Test
    void missingNumberStaysMissingThroughTransforms() {
        Feature feature = new Feature.Numeric("amount", new Transform.Clip(0, 1), new Transform.Log1p());
        assertThat(encoder(feature).encode(amount(MISSING))).containsExactly(Float.NaN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e39, -1e39, Double.MAX_VALUE})
    void numberBeyondFloatCountsAsMissing(double amount) {
        assertThat(encoder(new Feature.Numeric("amount")).encode(amount(amount)))
                .containsExactly(Float.NaN);
    }

    @ParameterizedTest
    @CsvSource({
        "5, MISSING, 5, 0",
        "0, MISSING, 0, 0",
        "10, MISSING, 10, 0",
        "10.5, MISSING, NaN, 1",
        "-1, MISSING, NaN, 1",
        "10.5, CLIP, 10, 0",
        "-1, CLIP, 0, 0",
        "1e300, CLIP, 10, 0",
        "NaN, CLIP, NaN, 1"
    })
    void numberOutOfRangeIsClippedOrMissing(double amount, Gaps.Outside outside, float input, float indicator) {
        FeatureEncoder encoder = encoder(numeric(new Gaps(0, 10, outside, Double.NaN, true)));
        assertThat(encoder.encode(amount(amount))).containsExactly(input, indicator);
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 0", "NaN, 1, 1", "10.5, 1, 1", "-1e39, 1, 1"})
    void substituteIsTransformedLikeAnyNumber(double amount, float beforeLogarithm, float indicator) {
        Gaps gaps = new Gaps(0, 10, Gaps.Outside.MISSING, 1, true);
        FeatureEncoder encoder = encoder(numeric(gaps, new Transform.Log1p()));
        assertThat(encoder.encode(amount(amount)))
                .containsExactly((float) StrictMath.log1p(beforeLogarithm), indicator);
    }

    @Test
    void substituteStandsForNumbersBeyondAFloatToo() {
        Gaps gaps = new Gaps(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Gaps.Outside.CLIP, -7, false);
        assertThat(encoder(numeric(gaps)).encode(amount(1e39))).containsExactly(-7);
    }

    @Test
    void everyGapIsCountedOnceForItsFeature() {
        FeatureEncoder encoder = encoder(
                numeric(new Gaps(0, 10, Gaps.Outside.CLIP, 3, false)),
                new Feature.OneHot("terminal", "a", "b"),
                new Feature.Flag("online"),
                new Feature.Cyclic("time", Cycle.HOUR_OF_DAY),
                new Feature.CyclicNumber("amount", 24),
                new Feature.Hash("note", 4));
        encoder.encode(event(11, "z", 1, 0, "x"));
        encoder.encode(event(-1, "a", 0, 0, "x"));
        encoder.encode(event(MISSING, null, MISSING, MISSING, null));
        encoder.encode(event(MISSING, "y", 1, 0, "x"));

        assertThat(encoder.counts()).extracting(FeatureCounts::missing).containsExactly(2L, 1L, 1L, 1L, 2L, 1L);
        assertThat(encoder.counts()).extracting(FeatureCounts::outOfRange).containsExactly(2L, 0L, 0L, 0L, 0L, 0L);
        assertThat(encoder.counts()).extracting(FeatureCounts::unseen).containsExactly(0L, 2L, 0L, 0L, 0L, 0L);
    }

    @Test
    void numberBeyondFloatIsCountedAsOutOfRange() {
        FeatureEncoder encoder = encoder(new Feature.Numeric("amount"));
        encoder.encode(amount(1e39));
        assertThat(encoder.counts().get(0).outOfRange()).isEqualTo(1);
        assertThat(encoder.counts().get(0).missing()).isZero();
    }

    @Test
    void gapsThatContradictThemselvesAreRefused() {
        assertThatThrownBy(() -> new Gaps(1, 1, Gaps.Outside.CLIP, 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("min below max");
        assertThatThrownBy(() -> new Gaps(0, 1, Gaps.Outside.CLIP, 1e39, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finite float");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "NaN, 0.5"})
    void flagIsHalfWayWhereMissing(double online, float input) {
        assertThat(encoder(new Feature.Flag("online")).encode(event(0, null, online, 0, null)))
                .containsExactly(input);
    }

    @ParameterizedTest
    @CsvSource({
        "HOUR_OF_DAY, 2018-04-01T00:00:00Z, 0",
        "HOUR_OF_DAY, 2018-04-01T18:00:00Z, 0.75",
        "HOUR_OF_DAY, 1969-12-31T18:00:00Z, 0.75",
        "DAY_OF_WEEK, 2018-04-02T00:00:00Z, 0",
        "DAY_OF_WEEK, 2018-04-05T12:00:00Z, 0.5",
        "DAY_OF_WEEK, 1969-12-29T00:00:00Z, 0",
        "DAY_OF_MONTH, 2018-04-16T00:00:00Z, 0.5",
        "MONTH_OF_YEAR, 2018-01-01T00:00:00Z, 0",
        "MONTH_OF_YEAR, 2018-07-02T12:00:00Z, 0.5",
    })
    void instantIsAnAngleOnItsCycle(Cycle cycle, Instant time, double phase) {
        float[] row = encoder(new Feature.Cyclic("time", cycle)).encode(time(time.toEpochMilli()));
        assertThat(row)
                .containsExactly(
                        new float[] {(float) Math.sin(2 * Math.PI * phase), (float) Math.cos(2 * Math.PI * phase)},
                        within(1e-6f));
    }

    @Test
    void cyclesFollowTheClockOfTheZone() {
        Feature berlin = new Feature.Cyclic("time", "time", List.of(Cycle.HOUR_OF_DAY), ZoneId.of("Europe/Berlin"));
        long summerMidnight = Instant.parse("2018-06-30T22:00:00Z").toEpochMilli();
        long winterMidnight = Instant.parse("2018-12-30T23:00:00Z").toEpochMilli();

        assertThat(encoder(berlin).encode(time(summerMidnight))).containsExactly(0, 1);
        assertThat(encoder(berlin).encode(time(winterMidnight))).containsExactly(0, 1);
    }

    @Test
    void missingInstantIsTheCentreOfTheCircle() {
        assertThat(encoder(new Feature.Cyclic("time", Cycle.HOUR_OF_DAY, Cycle.DAY_OF_WEEK))
                        .encode(time(MISSING)))
                .containsExactly(0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 1", "6, 1, 0", "24, 0, 1", "-6, -1, 0", "30, 1, 0", "NaN, 0, 0"})
    void numberIsAnAngleOnItsPeriod(double amount, float sine, float cosine) {
        assertThat(encoder(new Feature.CyclicNumber("amount", 24)).encode(amount(amount)))
                .containsExactly(new float[] {sine, cosine}, within(1e-6f));
    }

    @Test
    void unlistedValueHasAnInputOfItsOwnAndAMissingOneHasNone() {
        FeatureEncoder encoder = encoder(new Feature.OneHot("terminal", "a", "b"));
        assertThat(encoder.encode(terminal("a"))).containsExactly(1, 0, 0);
        assertThat(encoder.encode(terminal("z"))).containsExactly(0, 0, 1);
        assertThat(encoder.encode(terminal(null))).containsExactly(0, 0, 0);
    }

    @Test
    void numberIsTheSameCategoryAsItsText() {
        assertThat(encoder(new Feature.OneHot("amount", "7", "0.5")).encode(amount(7)))
                .containsExactly(1, 0, 0);
        assertThat(encoder(new Feature.OneHot("amount", "7", "0.5")).encode(amount(0.5)))
                .containsExactly(0, 1, 0);
        assertThat(encoder(new Feature.Hash("amount", 64)).encode(amount(3156)))
                .containsExactly(encoder(new Feature.Hash("terminal", 64)).encode(terminal("3156")));
    }

    @Test
    void categoryFallsIntoExactlyOneBucketAndAMissingOneIntoNone() {
        FeatureEncoder encoder = encoder(new Feature.Hash("terminal", 8));
        float[] row = encoder.encode(terminal("3156"));
        float sum = 0;
        for (float input : row) {
            sum += input;
        }
        assertThat(sum).isEqualTo(1);
        assertThat(encoder.encode(terminal(null))).containsExactly(new float[8]);
    }

    /** Buckets are part of trained weights: another hash would silently exchange their inputs. */
    @Test
    void bucketsNeverChange() {
        FeatureEncoder encoder = encoder(new Feature.Hash("terminal", 1000));
        List<Integer> buckets = new ArrayList<>();
        for (String terminal : List.of("0", "1", "3156", "terminal-7", "Zürich", "")) {
            float[] row = encoder.encode(terminal(terminal));
            for (int i = 0; i < row.length; i++) {
                if (row[i] == 1) {
                    buckets.add(i);
                }
            }
        }
        assertThat(buckets).containsExactly(659, 404, 850, 18, 48, 948);
    }

    @Test
    void fieldOfATypeThatTheFeatureCannotReadIsRefused() {
        assertThatThrownBy(() -> encoder(new Feature.Numeric("terminal")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feature 'terminal' reads fields of type [NUMBER], but field 'terminal' is declared ID");
    }

    private static Feature numeric(Gaps gaps, Transform... transforms) {
        return new Feature.Numeric("number", "amount", List.of(transforms), gaps);
    }

    private static FeatureEncoder encoder(Feature... features) {
        return new FeatureEncoder(SCHEMA, FeatureSet.of(features));
    }

    private static Event amount(double amount) {
        return event(amount, null, MISSING, MISSING, null);
    }

    private static Event terminal(String terminal) {
        return event(MISSING, terminal, MISSING, MISSING, null);
    }

    private static Event time(double millis) {
        return event(MISSING, null, MISSING, millis, null);
    }

    private static Event event(double amount, String terminal, double online, double time, String note) {
        return new Event(
                EventId.of(1), 0, Event.NO_LABEL, new double[] {amount, online, time}, new String[] {terminal, note});
    }
}
