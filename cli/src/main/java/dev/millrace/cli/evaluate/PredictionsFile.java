package dev.millrace.cli.evaluate;

import dev.millrace.events.Prediction;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Predictions as CSV, sorted by event time and id: {@code id,event_time,score,label,model_version,shard}. Times are
 * ISO 8601 in UTC; the label is that of the files, empty where they hold none; several scores are separated by spaces.
 */
final class PredictionsFile {

    private static final Comparator<Prediction> ORDER = Comparator.comparingLong(Prediction::time)
            .thenComparing(Prediction::id)
            .thenComparingInt(Prediction::shard);

    private PredictionsFile() {}

    static void write(Path file, List<Prediction> predictions, KnownLabels labels) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("id,event_time,score,label,model_version,shard\n");
            for (Prediction prediction : predictions.stream().sorted(ORDER).toList()) {
                writer.write(quoted(prediction.id().toString()) + ","
                        + Instant.ofEpochMilli(prediction.time()) + ","
                        + scores(prediction.scores()) + ","
                        + label(labels.of(prediction.id())) + ","
                        + prediction.modelVersion() + ","
                        + prediction.shard() + "\n");
            }
        }
    }

    private static String scores(float[] scores) {
        StringBuilder text = new StringBuilder();
        for (float score : scores) {
            text.append(text.isEmpty() ? "" : " ").append(score);
        }
        return text.toString();
    }

    private static String label(float label) {
        if (Float.isNaN(label)) {
            return "";
        }
        return label == Math.rint(label) && Math.abs(label) < 1e7
                ? Integer.toString((int) label)
                : Float.toString(label);
    }

    private static String quoted(String id) {
        boolean plain = id.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? id : '"' + id.replace("\"", "\"\"") + '"';
    }
}
