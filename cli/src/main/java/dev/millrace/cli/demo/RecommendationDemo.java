package dev.millrace.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.cli.simulator.ListeningSimulator;
import dev.millrace.cli.simulator.ListeningWorld;
import dev.millrace.cli.simulator.RecommendationAsked;
import dev.millrace.cli.simulator.SimulatedRecord;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.Ranking;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What listeners play next: every play is ranked and learned, and who comes back is recommended ten tracks. */
public final class RecommendationDemo implements Demo {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ListeningWorld world;
    /** By request: what the listener plays next. One thread asks, another reads the answers. */
    private final Map<String, Integer> truths = new ConcurrentHashMap<>();

    private long answers;
    private long right;

    private RecommendationDemo(ListeningWorld world) {
        this.world = world;
    }

    public static DemoRunner of(ListeningWorld world, DemoOptions options, Terminal terminal) {
        return new DemoRunner(new RecommendationDemo(world), options, terminal);
    }

    @Override
    public String pipelineResource() {
        return "/dev/millrace/cli/pipelines/recommendation.yaml";
    }

    @Override
    public Iterator<SimulatedRecord> simulator() {
        return new ListeningSimulator(world);
    }

    @Override
    public String topicOf(SimulatedRecord.Kind kind, Pipeline pipeline) {
        if (kind == SimulatedRecord.Kind.EVENT) {
            return pipeline.events().topic();
        }
        Ranking ranking = pipeline.ranking();
        return required(ranking == null ? null : ranking.requestsTopic());
    }

    @Override
    public void emit(SimulatedRecord simulated) {
        if (simulated instanceof RecommendationAsked asked) {
            truths.put(asked.id(), asked.nextTrack());
        }
    }

    @Override
    public String resultsTopic(Pipeline pipeline) {
        return required(pipeline.output().recommendationsTopic());
    }

    private static String required(@Nullable String topic) {
        if (topic == null) {
            throw new IllegalStateException("the pipeline of the demo must answer requests");
        }
        return topic;
    }

    @Override
    public void read(byte[] result) {
        try {
            JsonNode answer = JSON.readTree(result);
            Integer next = truths.remove(answer.path("request").asText());
            answers++;
            for (JsonNode item : answer.path("items")) {
                right += next != null && item.path("item").asText().equals(next.toString()) ? 1 : 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the job wrote a recommendation that cannot be read", e);
        }
    }

    @Override
    public Hits hits() {
        return new Hits(answers, right);
    }

    @Override
    public MeasuredLabels measured() {
        return MeasuredLabels.REAL;
    }

    @Override
    public DemoFace face() {
        return new RecommendationFace();
    }

    @Override
    public String report(DemoState last, List<MetricRow> slices, List<Rate> rates) {
        return new RecommendationReport(world.seed(), last, slices, rates).html();
    }
}
