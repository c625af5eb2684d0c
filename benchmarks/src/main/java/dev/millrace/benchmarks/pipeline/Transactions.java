package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.pipeline.Contestant.Features;
import dev.millrace.pipeline.Pipeline;
import dev.millrace.pipeline.PipelineFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Card transactions as they come out of a feature store: id, time, label and 32 numbers (flags, counts and amounts in equal
 * parts), about 280 bytes of JSON; for aggregates also a card of 5,000 and a terminal of 10,000. Seeded: event i is the same
 * in every run.
 */
final class Transactions {

    static final int INPUTS = 32;

    private static final long FIRST_TIME = 1_700_000_000_000L;
    /** A hundred transactions a second. */
    private static final long MILLIS_BETWEEN = 10;

    private static final long FIRST_ID = 1_000_000;
    private static final int LETTERS = 26;
    private static final int CARDS = 5_000;
    private static final int TERMINALS = 10_000;

    private final SplittableRandom random = new SplittableRandom(17);
    private final StringBuilder json = new StringBuilder(320);
    private final Features features;
    private long row;

    Transactions(Features features) {
        this.features = features;
    }

    /** Milliseconds since the epoch. */
    static long timeOf(long row) {
        return FIRST_TIME + row * MILLIS_BETWEEN;
    }

    /** The next event. Frauds, one in thirty, tend to large amounts and high counts. */
    byte[] next() {
        boolean fraud = random.nextInt(30) == 0;
        json.setLength(0);
        json.append("{\"id\":").append(FIRST_ID + row);
        json.append(",\"time\":").append(timeOf(row));
        json.append(",\"fraud\":").append(fraud ? 1 : 0);
        if (features == Features.AGGREGATES) {
            json.append(",\"card\":").append(random.nextInt(CARDS));
            json.append(",\"terminal\":").append(random.nextInt(TERMINALS));
        }
        for (int field = 0; field < INPUTS; field++) {
            json.append(",\"").append(field(field)).append("\":");
            switch (field % 3) {
                case 0 -> json.append(random.nextInt(fraud ? 3 : 5) == 0 ? 1 : 0);
                case 1 -> json.append(random.nextInt(fraud ? 40 : 12));
                default ->
                    json.append(random.nextInt(fraud ? 160 : 80)).append('.').append(random.nextInt(1, 10));
            }
        }
        json.append('}');
        row++;
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** 25 numbers: what the fraud pipelines of the project read of cards and terminals, at the pace of this stream. */
    private static final String AGGREGATES =
            """
              - {per: card, windows: [5m, 30m, 2h], of: [count, mean(c)], transform: [log1p]}
              - {per: card, windows: [30m, 2h], of: [log-ratio(c), z-score(c)]}
              - {per: card, windows: [5m, 10m, 30m, 1h], of: ["unusual(c, 4, 2h)"]}
              - {per: terminal, windows: [5m, 30m, 1h], of: [count, rate(label)], delay: 10m}
              - {per: terminal, windows: [2h], of: [positives-among-last(1), positives-among-last(3), since-positive(label)]}
              - {per: terminal, windows: [30m], of: [rate(label)], delay: 20m}
              - {per: terminal, windows: [30m], of: [rate(label)], delay: 30m}
            """;

    /** a … z, aa … af. */
    private static String field(int index) {
        String letter = String.valueOf((char) ('a' + index % LETTERS));
        return index < LETTERS ? letter : "a" + letter;
    }

    /**
     * 32→64→32→1, mini-batches of 256, Adam.
     *
     * @param name of the run: its output topics carry it
     */
    static Pipeline pipeline(
            String name, String bootstrapServers, String topic, String predictions, Contestant contestant) {
        boolean aggregates = contestant.features() == Features.AGGREGATES;
        List<String> declared = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int field = 0; field < INPUTS; field++) {
            // Quoted: YAML reads a bare y or n as a truth value.
            names.add('"' + field(field) + '"');
            declared.add('"' + field(field) + "\": number");
        }
        return PipelineFile.parse(
                """
                name: %s
                kafka: {bootstrap-servers: "%s"}
                events:
                  topic: %s
                  format: json
                  fields: {id: id, time: {timestamp: millis}, fraud: number, %s%s}
                  id: id
                  time: time
                  max-out-of-orderness: 5s
                label: {field: fraud%s}
                features:
                  - fields: [%s]
                %s
                model:
                  task: binary
                  layers: [{dense: 64, activation: relu}, {dense: 32, activation: relu}]
                  optimizer: {adam: {learning-rate: 0.001}}
                  seed: 42
                  engine: %s
                training: {shards: %d, batch: 256}
                output:
                  predictions: {topic: %s}
                """
                        .formatted(
                                name,
                                bootstrapServers,
                                topic,
                                String.join(", ", declared),
                                aggregates ? ", card: id, terminal: id" : "",
                                aggregates ? ", delay: 10m" : "",
                                String.join(", ", names),
                                aggregates ? AGGREGATES : "",
                                contestant.engine().name().toLowerCase(Locale.ROOT),
                                contestant.parallelism(),
                                predictions));
    }
}
