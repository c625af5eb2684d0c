package dev.millrace.networks.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingTableTest {

    private static final long SEED = 42;

    @Test
    void aFreshRowIsAFunctionOfSeedAndIdAlone() {
        EmbeddingTable table = table(8, 0.05f);
        float[] row = table.initialRow(SEED, 7);
        table.initialRow(SEED, 8);
        assertThat(table.initialRow(SEED, 7)).isEqualTo(row).isNotSameAs(row);
        assertThat(table(8, 0.05f).initialRow(SEED, 7)).isEqualTo(row);
        assertThat(table.initialRow(SEED, 8)).isNotEqualTo(row);
        assertThat(table.initialRow(SEED + 1, 7)).isNotEqualTo(row);
    }

    /** Part of the meaning of every model: a row that is created after a restore must be the one there would have been. */
    @Test
    void freshRowsAreThoseOfEarlierReleases() {
        assertThat(table(3, 0.05f).initialRow(SEED, 7)).containsExactly(-0.021659303f, -0.020448979f, -0.04005889f);
    }

    /** Moments of the uniform distribution on (−b, b): mean 0, variance b²/3, no value beyond b; values of a row unrelated. */
    @Test
    void freshRowsAreUniformWithinTheBound() {
        float bound = 0.5f;
        EmbeddingTable table = table(4, bound);
        int rows = 20_000;
        int bins = 10;
        int[] counts = new int[bins];
        double sum = 0;
        double squares = 0;
        double products = 0;
        for (long id = 0; id < rows; id++) {
            float[] row = table.initialRow(SEED, id);
            for (float value : row) {
                assertThat(value).isStrictlyBetween(-bound, bound);
                sum += value;
                squares += value * value;
                counts[(int) ((value / bound + 1) / 2 * bins)]++;
            }
            products += row[0] * row[1];
        }
        int values = 4 * rows;
        assertThat(sum / values).isEqualTo(0, within(0.005));
        assertThat(squares / values).isEqualTo(bound * bound / 3, within(0.002));
        assertThat(products / rows).isEqualTo(0, within(0.003));
        for (int count : counts) {
            assertThat((double) count / values).isEqualTo(1.0 / bins, within(0.005));
        }
    }

    @Test
    void aBoundOfZeroGivesZeros() {
        assertThat(table(4, 0).initialRow(SEED, 7)).containsExactly(0, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.01f, 0.2f, 0.9f, 1})
    void chanceAdmitsItsShareOfEvents(float probability) {
        Admission.Chance chance = new Admission.Chance(probability);
        int events = 100_000;
        int admitted = 0;
        for (long draw = 0; draw < events; draw++) {
            boolean admits = chance.admits(draw);
            assertThat(chance.admits(draw)).isEqualTo(admits);
            admitted += admits ? 1 : 0;
        }
        assertThat((double) admitted / events).isEqualTo(probability, within(0.005));
    }

    @Test
    void whatAnEventDrawsDiffersFromEventToEvent() {
        Admission.Chance chance = new Admission.Chance(0.5f);
        Set<List<Boolean>> runs = new HashSet<>();
        for (long first = 0; first < 1_000; first += 20) {
            long start = first;
            runs.add(
                    LongStream.range(start, start + 20).mapToObj(chance::admits).toList());
        }
        assertThat(runs).hasSize(50);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0    | 0    | 0  | embedding dimensions must be 1 to 4096, got 0; 8 to 64 are usual",
                "4097 | 0    | 0  | embedding dimensions must be 1 to 4096, got 4097; 8 to 64 are usual",
                "1    | -1   | 0  | embedding initial must be between 0 and 10, got -1.0; leave it out",
                "1    | NaN  | 0  | embedding initial must be between 0 and 10, got NaN; leave it out",
                "1    | 0    | 2  | embedding l2 must be between 0 and 1, got 2.0; 0 leaves it out"
            })
    void settingsBeyondTheirRangeAreNamed(int dimensions, float bound, float l2, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingTable(
                        "user", dimensions, bound, new RowOptimizer.Sgd(1), l2, Admission.ALWAYS, null))
                .withMessage(message);
    }

    @Test
    void admissionBeyondItsRangeIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Admission.After(0))
                .withMessageContaining("admit-after must be at least 1, got 0");
        for (float probability : new float[] {0, -1, 1.5f, Float.NaN}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Admission.Chance(probability))
                    .withMessageContaining("admit-with must be above 0 and at most 1, got " + probability);
        }
    }

    @Test
    void twoTablesOfOneNameAreRefused() {
        List<EmbeddingTable> twice = List.of(table(1, 0), table(2, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingSpec(twice, List.of()))
                .withMessage("embedding table 'user' exists already; give one of the two another name");
    }

    private static EmbeddingTable table(int dimensions, float bound) {
        return new EmbeddingTable("user", dimensions, bound, new RowOptimizer.Sgd(1), 0, Admission.ALWAYS, null);
    }
}
