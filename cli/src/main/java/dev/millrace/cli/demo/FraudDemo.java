package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.FraudSimulator;
import dev.millrace.cli.simulator.FraudWorld;
import dev.millrace.cli.simulator.FraudWorld.ReportedLabels;
import dev.millrace.cli.simulator.SimulatedRecord;
import dev.millrace.cli.simulator.Transaction;
import dev.millrace.cli.terminal.Terminal;
import dev.millrace.connectors.AlertJson;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.pipeline.AlertOutput;
import dev.millrace.pipeline.LabelSource;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;

/** Card fraud: payments are scored, cards alerted, and labels come days later. */
public final class FraudDemo implements Demo {

    private final FraudWorld world;
    private final AlertTally alerts = new AlertTally();

    private FraudDemo(FraudWorld world) {
        this.world = world;
    }

    public static DemoRunner of(FraudWorld world, DemoOptions options, Terminal terminal) {
        return new DemoRunner(new FraudDemo(world), options, terminal);
    }

    @Override
    public String pipelineResource() {
        return "/dev/millrace/cli/pipelines/fraud.yaml";
    }

    @Override
    public Iterator<SimulatedRecord> simulator() {
        return new FraudSimulator(world);
    }

    @Override
    public String topicOf(SimulatedRecord.Kind kind, Pipeline pipeline) {
        if (kind == SimulatedRecord.Kind.EVENT) {
            return pipeline.events().topic();
        }
        if (!(pipeline.label() instanceof LabelSource.Streams labels)) {
            throw new IllegalStateException("the pipeline of the demo must have a label topic");
        }
        return labels.streams().get(0).topic();
    }

    @Override
    public void emit(SimulatedRecord simulated) {
        if (simulated instanceof Transaction payment && payment.fraud()) {
            alerts.addFraud(payment);
        }
    }

    @Override
    public String resultsTopic(Pipeline pipeline) {
        AlertOutput output = pipeline.output().alerts();
        if (output == null) {
            throw new IllegalStateException("the pipeline of the demo must raise alerts");
        }
        return output.topic();
    }

    @Override
    public void read(byte[] result) {
        try {
            alerts.addAlert(AlertJson.read(result));
        } catch (IOException e) {
            throw new UncheckedIOException("the job wrote an alert that cannot be read", e);
        }
    }

    @Override
    public Hits hits() {
        return alerts.hits();
    }

    /** Where genuine payments are never confirmed their labels are the assumed ones. */
    @Override
    public MeasuredLabels measured() {
        return world.labels() == ReportedLabels.ALL ? MeasuredLabels.REAL : MeasuredLabels.ALL;
    }

    @Override
    public DemoFace face() {
        return new FraudFace();
    }

    @Override
    public String report(DemoState last, List<MetricRow> slices, List<Rate> rates) {
        return new FraudReport(world.seed(), last, slices, rates).html();
    }
}
