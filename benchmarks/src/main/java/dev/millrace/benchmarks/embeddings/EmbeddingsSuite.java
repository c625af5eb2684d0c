package dev.millrace.benchmarks.embeddings;

import dev.millrace.benchmarks.Benchmarks;
import dev.millrace.benchmarks.Figure;
import dev.millrace.benchmarks.Jvm;
import dev.millrace.benchmarks.Rounds;
import dev.millrace.benchmarks.Suite;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * What embedding rows cost on RocksDB, from ten thousand rows to ten million, and how many recommendations a core gives. Each
 * number of rows and each model has a JVM of its own.
 */
public final class EmbeddingsSuite implements Suite {

    private static final int SMALLEST = 4;
    private static final int LARGEST = 7;

    /** Of the cost of an event, from the smallest number of rows to the largest. */
    private static final double MOST_GROWTH = 2;

    private static final double FEWEST_REQUESTS = 1_000;

    private static final String ROWS_WORK =
            "OnlineLearner on RocksDB, 2 ids an event by a power law of 1.05, rows of 16, 40->64->32->1, mini-batch 256";
    private static final String REQUESTS_WORK = "RankingLearner, best 10 of 100,000 items, users of 20 items";

    private final List<Figure> figures = new ArrayList<>();

    @Override
    public List<Figure> run(int rounds) throws Exception {
        List<Map<String, Rounds>> byMagnitude = new ArrayList<>();
        for (int magnitude = SMALLEST; magnitude <= LARGEST; magnitude++) {
            Map<String, Rounds> values = measureRows(Math.round(Math.pow(10, magnitude)), rounds);
            byMagnitude.add(values);
            for (Map.Entry<String, Rounds> value : values.entrySet()) {
                String id = "embedding-" + value.getKey() + "-1e" + magnitude;
                add(
                        id,
                        ROWS_WORK,
                        value.getValue(),
                        unit(value.getKey()),
                        value.getKey().contains("per-second"),
                        null);
            }
        }
        Map<String, Rounds> few = byMagnitude.get(0);
        Map<String, Rounds> many = byMagnitude.get(byMagnitude.size() - 1);
        addGrowth("embedding-growth-1e4-1e7", few.get("events-per-second"), many.get("events-per-second"));
        addGrowth("embedding-cpu-growth-1e4-1e7", many.get("cpu-micros-per-event"), few.get("cpu-micros-per-event"));
        addRequests("top-k-requests-per-second", RecommendationsMain.Inputs.VECTORS, rounds, 3_000, FEWEST_REQUESTS);
        addRequests("top-k-full-requests-per-second", RecommendationsMain.Inputs.COUNTS, rounds, 50, null);
        return figures;
    }

    private static Map<String, Rounds> measureRows(long rows, int rounds) throws Exception {
        Path directory = Files.createTempDirectory("millrace-rows-");
        try {
            Map<String, List<Double>> values = new LinkedHashMap<>();
            List<String> arguments = List.of(Long.toString(rows), Integer.toString(rounds), directory.toString());
            for (String line : lines(RowsMain.class, arguments)) {
                String[] words = line.split(" ", -1);
                values.computeIfAbsent(words[0], first -> new ArrayList<>()).add(Double.parseDouble(words[1]));
                System.out.printf(Locale.ROOT, "  %,d rows: %s%n", rows, line);
            }
            Map<String, Rounds> all = new LinkedHashMap<>();
            values.forEach((name, list) -> all.put(name, Rounds.of(list)));
            return all;
        } finally {
            FileUtils.deleteDirectoryQuietly(directory.toFile());
        }
    }

    private static String unit(String name) {
        if (name.endsWith("per-second")) {
            return "events/s";
        }
        if (name.contains("micros")) {
            return "µs";
        }
        return name.endsWith("seconds") ? "s" : "bytes";
    }

    private void addGrowth(String id, @Nullable Rounds over, @Nullable Rounds under) {
        if (over == null || under == null) {
            throw new IllegalStateException("a JVM of the rows put out no rounds");
        }
        add(id, ROWS_WORK + ": cost of an event", over.relativeTo(under), "ratio", false, MOST_GROWTH);
    }

    private void addRequests(
            String id, RecommendationsMain.Inputs inputs, int rounds, int requests, @Nullable Double bar)
            throws Exception {
        List<Double> values = new ArrayList<>();
        List<String> arguments = List.of(inputs.name(), Integer.toString(rounds), Integer.toString(requests));
        for (String line : lines(RecommendationsMain.class, arguments)) {
            values.add(Double.parseDouble(line));
            System.out.printf(Locale.ROOT, "  %s: %s%n", id, line);
        }
        add(id, REQUESTS_WORK, Rounds.of(values), "requests/s", true, bar);
    }

    private static List<String> lines(Class<?> main, List<String> arguments) throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        Process process = Jvm.start(Jvm.options(), main, arguments);
        try (BufferedReader output = process.inputReader()) {
            output.lines().forEach(lines::add);
        }
        if (process.waitFor() != 0) {
            throw new IOException(main.getSimpleName() + " " + arguments + " failed; its output says why: " + lines);
        }
        return lines;
    }

    private void add(String id, String work, Rounds rounds, String unit, boolean higherIsBetter, @Nullable Double bar) {
        figures.add(new Figure(
                id,
                work,
                rounds.median(),
                unit,
                higherIsBetter,
                bar,
                rounds.spread(),
                Benchmarks.command("embeddings")));
    }
}
