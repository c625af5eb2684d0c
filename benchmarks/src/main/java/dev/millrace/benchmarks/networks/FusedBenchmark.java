package dev.millrace.benchmarks.networks;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineChoice;
import dev.millrace.networks.Weights;
import dev.millrace.networks.fused.FusedEngine;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The fused engine. Which of its paths is measured follows from the modules of the JVM. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls setUp first
public class FusedBenchmark {

    private static final long WARM_UP_SECONDS = 3;

    @Param("SMALL")
    public NetworkShape shape;

    @Param("256")
    public int rows;

    private Engine engine;
    private Weights weights;
    private Rows data;
    private float[] score;
    private int calls;

    @Setup
    public void setUp() {
        engine = new FusedEngine(shape.spec(EngineChoice.FUSED));
        weights = engine.initialWeights(1);
        data = Rows.of(shape.inputs(), rows);
        score = new float[1];
        ThreadCpuTime.warmUp(WARM_UP_SECONDS, rows == 1 ? this::score : this::fit);
    }

    /** One update on a mini-batch. */
    @Benchmark
    public float fit() {
        int turn = Rows.turn(calls++);
        return engine.fit(weights, data.inputs()[turn], data.labels()[turn], data.weights(), rows);
    }

    /** The score of one row. */
    @Benchmark
    public float score() {
        engine.score(weights, data.inputs()[Rows.turn(calls++)], 1, score);
        return score[0];
    }
}
