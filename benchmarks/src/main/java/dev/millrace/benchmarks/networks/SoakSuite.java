package dev.millrace.benchmarks.networks;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Jvm;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import dev.millrace.networks.EngineChoice;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether memory stays flat: ten million rows through each engine, in a JVM of its own whose heap is resident from the start, so
 * that what is resident grows by native memory alone.
 */
public final class SoakSuite implements Suite {

    private static final List<EngineChoice> ENGINES = List.of(EngineChoice.FUSED, EngineChoice.DL4J);
    private static final List<String> MOMENTS = List.of("start", "middle", "end");
    private static final List<String> OPTIONS = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    /** A tenth of a byte a row; what compiled code and counters of the JVM come to is less. */
    private static final double LARGEST_HEAP_GROWTH = 1e6;

    /** Not 2 bytes a row: pages that allocators and the compiler touch late. */
    private static final double LARGEST_NATIVE_GROWTH = 16e6;

    private final Map<String, List<Double>> bytes = new LinkedHashMap<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        for (int round = 1; round <= rounds; round++) {
            for (EngineChoice engine : ENGINES) {
                soak(engine);
            }
        }
        List<Figure> figures = new ArrayList<>();
        bytes.forEach((id, values) -> figures.add(new Figure(
                id,
                "10,000,000 rows in mini-batches of 256, 32->64->32->1",
                Rounds.of(values).median(),
                "bytes",
                false,
                bar(id),
                Rounds.of(values).spread(),
                Benchmarks.command("soak"))));
        return figures;
    }

    private static @Nullable Double bar(String id) {
        if (id.endsWith("heap-growth-bytes")) {
            return LARGEST_HEAP_GROWTH;
        }
        return id.endsWith("native-growth-bytes") ? LARGEST_NATIVE_GROWTH : null;
    }

    private void soak(EngineChoice engine) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(Jvm.options());
        options.addAll(OPTIONS);
        List<double[]> moments = new ArrayList<>();
        Process process = Jvm.start(options, SoakMain.class, List.of(engine.name()));
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] held = line.split(" ", -1);
                moments.add(new double[] {Double.parseDouble(held[0]), Double.parseDouble(held[1])});
            }
        }
        if (process.waitFor() != 0 || moments.size() != MOMENTS.size()) {
            throw new IOException("the soak of engine " + engine + " failed; its output above says why");
        }
        String name = "soak-" + engine.name().toLowerCase(Locale.ROOT);
        double[] start = moments.get(0);
        double[] end = moments.get(moments.size() - 1);
        add(name + "-heap-growth-bytes", end[0] - start[0]);
        add(name + "-native-growth-bytes", end[1] - start[1]);
        for (int i = 0; i < MOMENTS.size(); i++) {
            add(name + "-heap-bytes-" + MOMENTS.get(i), moments.get(i)[0]);
            add(name + "-resident-bytes-" + MOMENTS.get(i), moments.get(i)[1]);
        }
    }

    private void add(String id, double value) {
        bytes.computeIfAbsent(id, first -> new ArrayList<>()).add(value);
        System.out.printf(Locale.ROOT, "  %-36s %,15.0f%n", id, value);
    }
}
