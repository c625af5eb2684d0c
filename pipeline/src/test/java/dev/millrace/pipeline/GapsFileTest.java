package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.features.Feature;
import dev.millrace.features.Gaps;
import dev.millrace.features.Transform;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What numbers count as that are missing or out of range. */
class GapsFileTest {

    @Test
    void policiesOfNumbersAreHeard() throws IOException {
        Pipeline pipeline = PipelineFile.read(Resources.path("gaps.yaml"));

        List<Transform> log1p = List.of(new Transform.Log1p());
        Gaps clipped = new Gaps(0, 1000, Gaps.Outside.CLIP, 18, true);
        Gaps missing = new Gaps(-1, 1, Gaps.Outside.MISSING, Double.NaN, false);
        Gaps week = new Gaps(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Gaps.Outside.MISSING, 604_800, true);
        assertThat(pipeline.features().features())
                .startsWith(
                        new Feature.Numeric("log1p(amount)", "amount", log1p, clipped),
                        new Feature.Numeric("log1p(age)", "age", log1p, clipped),
                        new Feature.Numeric("score", "score", List.of(), missing),
                        new Feature.Numeric("since-last(customer, 7d)", "since-last(customer, 7d)", List.of(), week),
                        new Feature.Numeric(
                                "mean(amount, customer, 7d)", "mean(amount, customer, 7d)", List.of(), week));
        assertThat(pipeline.features().inputNames())
                .startsWith("log1p(amount)", "log1p(amount) missing", "log1p(age)", "log1p(age) missing", "score");
        assertThat(pipeline.network().inputs()).isEqualTo(pipeline.features().width());
    }
}
