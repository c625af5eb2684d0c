package dev.millrace.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.features.FeatureEncoder;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.Aggregate;
import dev.millrace.features.aggregates.EntityFeatures;
import dev.millrace.features.aggregates.History;
import dev.millrace.features.aggregates.Window;
import dev.millrace.networks.Activation;
import dev.millrace.networks.LayerSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories, and the branches of the model that take features. */
class BranchesFileTest {

    @Test
    void historyIsWhatItsEntityAdds() throws IOException {
        assertThat(read().entities())
                .containsExactly(
                        new EntityFeatures(
                                "customer_id",
                                List.of(),
                                new History(
                                        3,
                                        Duration.ofDays(30),
                                        List.of(
                                                new History.Value("amount", List.of()),
                                                new History.Value(
                                                        "amount",
                                                        List.of(new Transform.Log1p(), new Transform.Clip(0, 9))),
                                                new History.Age()))),
                        new EntityFeatures(
                                "terminal_id",
                                List.of(new Aggregate.Count(Window.of(Duration.ofDays(1)))),
                                new History(2, Duration.ofDays(90), List.of(new History.Value("balance", List.of())))));
    }

    @Test
    void inputsStandAsTheBranchesTakeThemTheRestFirst() throws IOException {
        Pipeline pipeline = read();

        assertThat(pipeline.features().inputNames())
                .containsExactly(
                        "amount",
                        "terminal_id.last[1].present",
                        "terminal_id.last[1].balance",
                        "terminal_id.last[2].present",
                        "terminal_id.last[2].balance",
                        "hash(terminal_id, 4)[0]",
                        "hash(terminal_id, 4)[1]",
                        "hash(terminal_id, 4)[2]",
                        "hash(terminal_id, 4)[3]",
                        "count(terminal_id, 1d)",
                        "customer_id.last[1].present",
                        "customer_id.last[1].amount",
                        "customer_id.last[1].clip(log1p(amount), 0.0, 9.0)",
                        "customer_id.last[1].age",
                        "customer_id.last[2].present",
                        "customer_id.last[2].amount",
                        "customer_id.last[2].clip(log1p(amount), 0.0, 9.0)",
                        "customer_id.last[2].age",
                        "customer_id.last[3].present",
                        "customer_id.last[3].amount",
                        "customer_id.last[3].clip(log1p(amount), 0.0, 9.0)",
                        "customer_id.last[3].age");
        assertThat(pipeline.network().layers())
                .containsExactly(
                        new LayerSpec.Branches(
                                List.of(
                                        LayerSpec.Branch.rest(5),
                                        new LayerSpec.Branch(
                                                "terminal", 5, List.of(new LayerSpec.Dense(2, Activation.RELU))),
                                        new LayerSpec.Branch(
                                                "history",
                                                12,
                                                List.of(
                                                        new LayerSpec.Sequence(3, true),
                                                        new LayerSpec.Gru(8),
                                                        new LayerSpec.Pool(LayerSpec.Pooling.LAST)))),
                                LayerSpec.Join.CONCAT),
                        new LayerSpec.Dense(16, Activation.RELU));
        assertThat(new FeatureEncoder(pipeline.encodedSchema(), pipeline.features()).width())
                .isEqualTo(22);
    }

    /** A mark is 0 or 1: standardised, an absent step would be there. */
    @Test
    void marksAreNotStandardised() throws IOException {
        Pipeline pipeline = read();

        List<String> names = pipeline.features().inputNames();
        boolean[] standardised = pipeline.features().standardised();
        for (int input = 0; input < names.size(); input++) {
            boolean mark = names.get(input).endsWith(".present");
            boolean bucket = names.get(input).startsWith("hash");
            assertThat(standardised[input]).as(names.get(input)).isEqualTo(!mark && !bucket);
        }
    }

    @Test
    void branchMayTakeEverything() throws IOException {
        Pipeline pipeline = PipelineFile.parse(Resources.text("history.yaml")
                .replace("{field: amount}", "{field: amount, into: terminal}")
                .replace("fields: [balance]}", "fields: [balance], into: more}")
                .replace("{gru: 8}]}", "{gru: 8}, {pool: max}, {dense: 4}], more: [flatten]}")
                .replace("  join: concat\n", ""));

        LayerSpec.Branches branches =
                (LayerSpec.Branches) pipeline.network().layers().get(0);
        assertThat(branches.branches())
                .extracting(LayerSpec.Branch::name)
                .containsExactly("terminal", "history", "more");
        assertThat(branches.branches().get(1).layers())
                .containsExactly(
                        new LayerSpec.Sequence(3, true),
                        new LayerSpec.Gru(8),
                        new LayerSpec.Pool(LayerSpec.Pooling.MAX),
                        new LayerSpec.Dense(4, Activation.RELU));
        assertThat(branches.branches().get(2).layers())
                .containsExactly(new LayerSpec.Sequence(2, true), new LayerSpec.Flatten());
    }

    @Test
    void layersFollowTheProductOfTwoBranches() throws IOException {
        Pipeline pipeline = PipelineFile.parse(
                Resources.text("history.yaml").replace("dense: 2}", "dense: 8}").replace("concat", "dot"));

        LayerSpec.Branches branches =
                (LayerSpec.Branches) pipeline.network().layers().get(0);
        assertThat(branches.join()).isEqualTo(LayerSpec.Join.DOT);
        assertThat(branches.branches()).extracting(LayerSpec.Branch::rest).containsExactly(true, false, false);
        assertThat(pipeline.network().layers()).hasSize(2).endsWith(new LayerSpec.Dense(16, Activation.RELU));
    }

    @Test
    void layersStandBesideAFactorisationMachine() throws IOException {
        Pipeline pipeline = PipelineFile.parse(
                Resources.text("history.yaml").replace("dense: 2}", "dense: 8}").replace("concat", "fm"));

        LayerSpec.Branches branches =
                (LayerSpec.Branches) pipeline.network().layers().get(0);
        assertThat(branches.join()).isEqualTo(LayerSpec.Join.FM);
        assertThat(branches.deep()).containsExactly(new LayerSpec.Dense(16, Activation.RELU));
        assertThat(pipeline.network().layers()).hasSize(1);
    }

    @Test
    void marksOfABranchThatMakesItsOwnSequenceAreWatchedToo() {
        assertThatThrownBy(() -> PipelineFile.parse(Resources.text("history.yaml")
                        .replace("{dense: 2}", "{sequence: {steps: 5, mask: true}}, {gru: 2}")
                        .replace("hash: 4, into", "hash: 4, name: h, into")
                        .replace(
                                "  - {field: terminal_id",
                                "  - {field: balance, into: terminal}\n  - {field: terminal_id")
                        .replace("of: [count]", "of: [count, since-last, sum(amount), mean(amount), max(amount)]")))
                .isInstanceOf(InvalidPipelineException.class)
                .hasMessageContaining("model.branches.terminal[0].sequence.mask needs marks that are not standardised,"
                        + " got balance; begin each step with a boolean field");
    }

    private static Pipeline read() throws IOException {
        return PipelineFile.read(Resources.path("history.yaml"));
    }
}
