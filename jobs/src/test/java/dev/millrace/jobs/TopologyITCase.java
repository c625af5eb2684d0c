package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.operators.order.Order;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamEdge;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;

/**
 * The operators of a job, by the uids that savepoints know them by, with their names, parallelism and what leads to them.
 * Whoever changes {@code topology.txt} changes what a running job can be restored from, and the README's diagram.
 */
class TopologyITCase {

    @Test
    void isTheOneThatIsWrittenDown() throws Exception {
        assertThat(topology(Payments.labelTopic(4))).isEqualTo(writtenDown("/topology.txt"));
    }

    @Test
    void eachLabelStreamHasOperatorsOfItsOwn() throws Exception {
        assertThat(topology(LabelStreams.pipeline(4))).isEqualTo(writtenDown("/topology-label-streams.txt"));
    }

    @Test
    void aRankingAnswersRequestsBesideItsEvents() throws Exception {
        assertThat(topology(RecommendationsITCase.PIPELINE)).isEqualTo(writtenDown("/topology-ranking.txt"));
    }

    private static String topology(String yaml) throws Exception {
        try (JobRig rig = new JobRig()) {
            Pipeline pipeline = rig.pipeline(yaml);
            rig.createTopics(pipeline, 2);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(3);
            TrainingJob.define(env, pipeline, JobOptions.continuous(Order.ARRIVAL));

            return describe(env.getStreamGraph()).replace(pipeline.name(), "MODEL");
        }
    }

    private static String describe(StreamGraph graph) {
        return graph.getStreamNodes().stream()
                .filter(node -> node.getTransformationUID() != null)
                .map(node -> node.getTransformationUID() + " | " + node.getOperatorName() + " | "
                        + node.getParallelism() + inputs(graph, node))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String inputs(StreamGraph graph, StreamNode node) {
        return node.getInEdges().stream()
                .map((StreamEdge edge) -> "\n    <- " + edge.getPartitioner() + " "
                        + graph.getStreamNode(edge.getSourceId()).getOperatorName())
                .sorted()
                .collect(Collectors.joining());
    }

    private static String writtenDown(String resource) throws IOException {
        try (var text = TopologyITCase.class.getResourceAsStream(resource)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
