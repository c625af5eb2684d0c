package dev.millrace.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class InputScalerTest {

    private static final boolean[] FIRST_OF_TWO = {true, false};

    @Test
    void standardisesByMeanAndVarianceOfAllRowsSoFar() {
        InputScaler scaler = new InputScaler(new boolean[] {true});
        for (float value : new float[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            scaler.update(new float[] {value});
        }
        assertThat(scaler.counts()).containsExactly(8);
        assertThat(scaler.means()[0]).isCloseTo(5, within(1e-12));
        assertThat(scaler.squares()[0]).isCloseTo(32, within(1e-12));
        assertThat(applied(scaler, 9)[0]).isEqualTo(2);
        assertThat(applied(scaler, 5)[0]).isEqualTo(0);
    }

    @Test
    void leavesOtherColumnsAsTheyAre() {
        InputScaler scaler = new InputScaler(FIRST_OF_TWO);
        scaler.update(new float[] {1, 10});
        scaler.update(new float[] {3, 20});
        assertThat(applied(scaler, 3, 20)).containsExactly(1, 20);
        assertThat(applied(scaler, 3, Float.NaN)[1]).isNaN();
        assertThat(scaler.counts()).containsExactly(2, 0);
    }

    @Test
    void missingValuesAreNotLearnedAndBecomeTheMean() {
        InputScaler scaler = new InputScaler(FIRST_OF_TWO);
        scaler.update(new float[] {1, 0});
        scaler.update(new float[] {3, 0});
        InputScaler before = scaler.copy();
        for (float missing : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            scaler.update(new float[] {missing, 0});
            assertThat(applied(scaler, missing, 0)[0]).isEqualTo(0);
        }
        assertThat(scaler.means()).isEqualTo(before.means());
        assertThat(scaler.counts()).isEqualTo(before.counts());
    }

    @Test
    void aColumnWithoutVarianceIsZero() {
        InputScaler scaler = new InputScaler(new boolean[] {true});
        assertThat(applied(scaler, 7)).containsExactly(0);
        scaler.update(new float[] {0.1f});
        scaler.update(new float[] {0.1f});
        assertThat(applied(scaler, 7)).containsExactly(0);
    }

    @Test
    void keepsItsPrecisionFarFromZero() {
        InputScaler scaler = new InputScaler(new boolean[] {true});
        for (int i = 0; i < 1000; i++) {
            scaler.update(new float[] {1e6f + i % 2});
        }
        assertThat(applied(scaler, 1e6f + 1)[0]).isCloseTo(1, within(1e-6f));
    }

    @Test
    void goesOnFromItsStateAsIfNeverInterrupted() {
        float[] values = Networks.normal(200, 1);
        InputScaler scaler = new InputScaler(FIRST_OF_TWO);
        InputScaler resumed = scaler;
        for (int i = 0; i < 100; i++) {
            float[] row = {values[2 * i], values[2 * i + 1]};
            scaler.update(row);
            if (i < 50) {
                resumed = new InputScaler(scaler.standardised(), scaler.counts(), scaler.means(), scaler.squares());
            } else {
                resumed.update(row);
            }
        }
        assertThat(resumed.means()).isEqualTo(scaler.means());
        assertThat(resumed.squares()).isEqualTo(scaler.squares());
        assertThat(resumed.counts()).isEqualTo(scaler.counts());
    }

    @Test
    void whatIsLearnedBetweenRowsShowsInTheNextOne() {
        InputScaler scaler = new InputScaler(new boolean[] {true});
        for (float value : new float[] {2, 4, 4, 4, 5, 5, 7, 9}) {
            scaler.update(new float[] {value});
            float[] standardised = applied(scaler, 9);
            assertThat(standardised).isEqualTo(applied(scaler.copy(), 9)).isEqualTo(applied(scaler, 9));
        }
        assertThat(applied(scaler, 9)).containsExactly(2);
    }

    @Test
    void writesWhereItIsTold() {
        InputScaler scaler = new InputScaler(new boolean[] {false, false});
        float[] out = new float[5];
        scaler.apply(new float[] {1, 2}, out, 2);
        assertThat(out).containsExactly(0, 0, 1, 2, 0);
    }

    @Test
    void stateOfOtherColumnsIsRefused() {
        assertThatThrownBy(() -> new InputScaler(FIRST_OF_TWO, new long[1], new double[2], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 columns")
                .hasMessageContaining("got 1, 2 and 2");
    }

    private static float[] applied(InputScaler scaler, float... row) {
        float[] out = new float[row.length];
        scaler.apply(row, out, 0);
        return out;
    }
}
