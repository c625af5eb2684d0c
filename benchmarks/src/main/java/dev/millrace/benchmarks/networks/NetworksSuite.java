package dev.millrace.benchmarks.networks;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Jvm;
import dev.millrace.benchmarks.Machine;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The fused engine beside DL4J and the machine's matrix product. Each round measures every task once, in a fresh JVM, so that
 * figures of one round met the same machine. All times are {@link ThreadCpuTime}. DL4J is measured with every one of its natives;
 * the peer of a task are those that were fastest in it.
 */
public final class NetworksSuite implements Suite {

    /** After what the benchmarks themselves warm up. */
    private static final int WARM_UP_ITERATIONS = 2;

    private static final int ITERATIONS = 3;
    private static final TimeValue ITERATION = TimeValue.seconds(1);

    /** What JMH measures. */
    private enum Task {
        FUSED_FIT_SMALL_256(FusedBenchmark.class, "fit", NetworkShape.SMALL, 256),
        FUSED_FIT_SMALL_32(FusedBenchmark.class, "fit", NetworkShape.SMALL, 32),
        FUSED_FIT_LARGE_256(FusedBenchmark.class, "fit", NetworkShape.LARGE, 256),
        FUSED_FIT_LSTM_64(FusedBenchmark.class, "fit", NetworkShape.LSTM, 64),
        FUSED_FIT_GRU_64(FusedBenchmark.class, "fit", NetworkShape.GRU, 64),
        FUSED_SCORE_ONE(FusedBenchmark.class, "score", NetworkShape.SMALL, 1),
        PLAIN_FIT_SMALL_256(FusedBenchmark.class, "fit", NetworkShape.SMALL, 256),
        DL4J_FIT_SMALL_256(Dl4jBenchmark.class, "fit", NetworkShape.SMALL, 256),
        DL4J_FIT_SMALL_32(Dl4jBenchmark.class, "fit", NetworkShape.SMALL, 32),
        DL4J_FIT_LARGE_256(Dl4jBenchmark.class, "fit", NetworkShape.LARGE, 256),
        DL4J_FIT_LSTM_64(Dl4jBenchmark.class, "fit", NetworkShape.LSTM, 64),
        DL4J_SCORE_ONE(Dl4jBenchmark.class, "score", NetworkShape.SMALL, 1),
        SGEMM(SgemmBenchmark.class, "multiply", null, 0);

        private final Class<?> benchmark;
        private final String method;
        private final @Nullable NetworkShape shape;
        private final int rows;

        Task(Class<?> benchmark, String method, @Nullable NetworkShape shape, int rows) {
            this.benchmark = benchmark;
            this.method = method;
            this.shape = shape;
            this.rows = rows;
        }

        private boolean isDl4j() {
            return benchmark == Dl4jBenchmark.class;
        }

        /** The plain path is what the engine takes in a JVM without the module of vectors. */
        private List<String> jvmOptions() {
            return this == PLAIN_FIT_SMALL_256 ? Jvm.optionsWithoutVectors() : Jvm.options();
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What of DL4J's natives a JVM loads. */
    private enum Natives {
        ANY_CPU(""),
        AVX2("-avx2"),
        AVX512("-avx512");

        private final String extension;

        Natives(String extension) {
            this.extension = extension;
        }

        private String option() {
            return "-Dorg.bytedeco.javacpp.platform.extension=" + extension;
        }

        /** Those of this machine; without the extension of the CPU they would not even load. */
        private static List<Natives> ofThisMachine() {
            Set<String> flags = Machine.cpuFlags();
            return Arrays.stream(values())
                    .filter(natives -> switch (natives) {
                        case ANY_CPU -> true;
                        case AVX2 -> flags.contains("avx2");
                        case AVX512 -> flags.contains("avx512f");
                    })
                    .toList();
        }
    }

    /** @param natives those that are loaded, if at all */
    private record Subject(Task task, Natives natives) {

        private String label() {
            return task.label() + natives.extension;
        }
    }

    private final Map<Subject, List<Double>> micros = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            System.out.println("round " + round);
            for (Task task : Task.values()) {
                for (Natives natives : task.isDl4j() ? Natives.ofThisMachine() : List.of(Natives.ANY_CPU)) {
                    Subject subject = new Subject(task, natives);
                    double time = measure(subject);
                    micros.computeIfAbsent(subject, first -> new ArrayList<>()).add(time);
                    System.out.printf(Locale.ROOT, "  %-28s %,12.2f µs%n", subject.label(), time);
                }
            }
        }
        reportRatios();
        reportAllocation(rounds);
        micros.forEach(
                (subject, times) -> add(subject.label() + "-micros", "one call", Rounds.of(times), "µs", false, null));
        return figures;
    }

    private static double measure(Subject subject) throws RunnerException {
        Task task = subject.task;
        List<String> jvmOptions = new ArrayList<>(task.jvmOptions());
        jvmOptions.add(subject.natives.option());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + task.benchmark.getName().replace(".", "\\.") + "\\." + task.method + "$")
                .jvmArgs(jvmOptions.toArray(String[]::new))
                .forks(1)
                .threads(1)
                .addProfiler(ThreadCpuTime.class)
                .warmupIterations(WARM_UP_ITERATIONS)
                .warmupTime(ITERATION)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (task.shape != null) {
            options.param("shape", task.shape.name()).param("rows", Integer.toString(task.rows));
        }
        RunResult result = new Runner(options.build()).runSingle();
        return Objects.requireNonNull(result.getSecondaryResults().get(ThreadCpuTime.RESULT))
                .getScore();
    }

    /** With the natives whose median is the lowest. */
    private Rounds time(Task task) {
        return micros.entrySet().stream()
                .filter(entry -> entry.getKey().task == task)
                .map(entry -> Rounds.of(entry.getValue()))
                .min(Comparator.comparingDouble(Rounds::median))
                .orElseThrow();
    }

    private void reportRatios() {
        addSpeedUp("fit-small-256-vs-dl4j", "fit 32->64->32->1, 256 rows", Task.FUSED_FIT_SMALL_256, 20);
        addSpeedUp("fit-small-32-vs-dl4j", "fit 32->64->32->1, 32 rows", Task.FUSED_FIT_SMALL_32, 80);
        addSpeedUp("fit-large-256-vs-dl4j", "fit 128->256->128->64->1, 256 rows", Task.FUSED_FIT_LARGE_256, 4);
        addSpeedUp("fit-lstm-vs-dl4j", "fit 10 steps of 8->LSTM 32->1, 64 rows", Task.FUSED_FIT_LSTM_64, 5);
        addSpeedUp("score-one-vs-dl4j", "score one row, 32->64->32->1", Task.FUSED_SCORE_ONE, 400);
        addSpeedUp("plain-path-vs-dl4j", "fit 32->64->32->1, 256 rows, no vectors", Task.PLAIN_FIT_SMALL_256, 5);

        double operations = NetworkShape.LARGE.usefulOperations(256);
        Rounds engine = perMicro(operations, time(Task.FUSED_FIT_LARGE_256));
        Rounds machine = perMicro(SgemmBenchmark.OPERATIONS, time(Task.SGEMM));
        add(
                "fit-large-256-vs-sgemm",
                "fit 128->256->128->64->1, 256 rows: useful operations per second beside sgemm 256x256x256",
                engine.relativeTo(machine),
                "ratio",
                true,
                0.85);
        add("fit-large-256-gflops", "useful operations per second", engine, "GFLOP/s", true, null);
        add("sgemm-256-gflops", "sgemm 256x256x256 of ND4J's OpenBLAS", machine, "GFLOP/s", true, null);
    }

    private void addSpeedUp(String id, String work, Task task, double bar) {
        Task peer =
                switch (task) {
                    case FUSED_FIT_SMALL_32 -> Task.DL4J_FIT_SMALL_32;
                    case FUSED_FIT_LARGE_256 -> Task.DL4J_FIT_LARGE_256;
                    case FUSED_FIT_LSTM_64 -> Task.DL4J_FIT_LSTM_64;
                    case FUSED_SCORE_ONE -> Task.DL4J_SCORE_ONE;
                    default -> Task.DL4J_FIT_SMALL_256;
                };
        add(id, work + ": times faster than DL4J", time(peer).relativeTo(time(task)), "ratio", true, bar);
    }

    /** Thousands of millions per second. */
    private static Rounds perMicro(double operations, Rounds micros) {
        double[] rates = micros.values();
        for (int i = 0; i < rates.length; i++) {
            rates[i] = operations / rates[i] / 1000;
        }
        return new Rounds(rates);
    }

    private void reportAllocation(int rounds) throws IOException, InterruptedException {
        List<Double> perFit = new ArrayList<>();
        List<Double> perScore = new ArrayList<>();
        Process process = Jvm.start(Jvm.options(), AllocationMain.class, List.of(Integer.toString(rounds)));
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] bytes = line.split(" ", -1);
                perFit.add(Double.parseDouble(bytes[0]));
                perScore.add(Double.parseDouble(bytes[1]));
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the measurement of allocation failed; its output above says why");
        }
        add("fit-allocation-bytes", "heap per mini-batch, 32->64->32->1", Rounds.of(perFit), "bytes", false, 0.0);
        add("score-allocation-bytes", "heap per scored row, 32->64->32->1", Rounds.of(perScore), "bytes", false, 0.0);
    }

    private void add(String id, String work, Rounds rounds, String unit, boolean higherIsBetter, @Nullable Double bar) {
        figures.add(new Figure(
                id, work, rounds.median(), unit, higherIsBetter, bar, rounds.spread(), Benchmarks.command("networks")));
    }
}
