package dev.millrace.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactSumTest {

    @Test
    void isTheRoundedExactSumOfDoublesOfEveryMagnitudeAndSign() {
        Random random = new Random(7);
        ExactSum sum = new ExactSum();
        BigDecimal expected = BigDecimal.ZERO;
        for (int i = 0; i < 2000; i++) {
            double term = (random.nextDouble() - 0.5) * Math.pow(2, random.nextInt(600) - 300);
            sum.add(term);
            expected = expected.add(new BigDecimal(term));
            if (i % 100 == 0) {
                assertThat(sum.exactValue()).isEqualByComparingTo(expected);
                assertThat(sum.value()).isEqualTo(expected.doubleValue());
            }
        }
    }

    @Test
    void holdsTheExtremesOfADouble() {
        for (double extreme : new double[] {Double.MIN_VALUE, Double.MIN_NORMAL, Double.MAX_VALUE, -Double.MAX_VALUE}) {
            ExactSum sum = new ExactSum();
            sum.add(1);
            sum.add(extreme);
            sum.add(-1);
            assertThat(sum.value()).isEqualTo(extreme);
        }
    }

    @Test
    void dependsOnItsTermsAndNotOnTheirOrderOrGrouping() throws IOException {
        double[] terms = new Random(3).doubles(500, -1e6, 1e-3).toArray();
        ExactSum forward = new ExactSum();
        ExactSum backward = new ExactSum();
        ExactSum even = new ExactSum();
        ExactSum odd = new ExactSum();
        for (int i = 0; i < terms.length; i++) {
            forward.add(terms[i]);
            backward.add(terms[terms.length - 1 - i]);
            (i % 2 == 0 ? even : odd).add(terms[i]);
        }
        odd.add(even, 1);

        assertThat(bytes(forward)).isEqualTo(bytes(backward)).isEqualTo(bytes(odd));
        odd.add(even, -1);
        even.add(forward, -1);
        even.add(odd, 1);
        assertThat(bytes(even)).isEqualTo(bytes(new ExactSum()));
    }

    @Test
    void carriesBeforeADigitOverflows() {
        // Doubling is the quick way to as many additions as force carries, for sums of both signs.
        for (double term : new double[] {0.1, -0.1}) {
            ExactSum sum = new ExactSum();
            sum.add(term);
            for (int i = 0; i < 62; i++) {
                ExactSum same = new ExactSum();
                same.add(sum, 1);
                sum.add(same, 1);
            }
            assertThat(sum.value()).isEqualTo(Math.scalb(term, 62));
        }
    }

    @Test
    void survivesItsBytes() throws IOException {
        for (double term : new double[] {0, 1, -1, 0.1, -1e300, 1e-300, Double.MIN_VALUE, Double.MAX_VALUE, 1L << 40}) {
            ExactSum sum = new ExactSum();
            sum.add(term);
            sum.add(term / 3);
            ExactSum read = ExactSum.read(new DataInputStream(new ByteArrayInputStream(bytes(sum))));

            assertThat(read.exactValue()).isEqualByComparingTo(sum.exactValue());
            assertThat(bytes(read)).isEqualTo(bytes(sum));
            read.add(0.7);
            sum.add(0.7);
            assertThat(bytes(read)).isEqualTo(bytes(sum));
        }
    }

    @Test
    void refusesWhatHasNoSum() {
        assertThatThrownBy(() -> new ExactSum().add(Double.NaN)).hasMessageContaining("finite");
        assertThatThrownBy(() -> new ExactSum().add(Double.NEGATIVE_INFINITY)).hasMessageContaining("finite");
    }

    private static byte[] bytes(ExactSum sum) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        sum.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
