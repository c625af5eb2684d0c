package dev.millrace.cli.demo;

import dev.millrace.cli.simulator.SimulatedRecord;
import dev.millrace.evaluation.MeasuredLabels;
import dev.millrace.evaluation.MetricRow;
import dev.millrace.pipeline.Pipeline;
import java.util.Iterator;
import java.util.List;

/** What one demo simulates, watches and shows; the {@link DemoRunner} runs it. */
interface Demo {

    /** The pipeline, a resource of the class path. */
    String pipelineResource();

    /** Endless, in the order of time. */
    Iterator<SimulatedRecord> simulator();

    /** Where records of a kind go. */
    String topicOf(SimulatedRecord.Kind kind, Pipeline pipeline);

    /** The simulator's thread tells of each record before it is written. */
    void emit(SimulatedRecord simulated);

    /** The topic of the results beside the predictions. */
    String resultsTopic(Pipeline pipeline);

    /** A value of that topic. */
    void read(byte[] result);

    Hits hits();

    MeasuredLabels measured();

    DemoFace face();

    /**
     * The page at the end.
     *
     * @param slices quality by slice, in the order of time
     */
    String report(DemoState last, List<MetricRow> slices, List<Rate> rates);
}
