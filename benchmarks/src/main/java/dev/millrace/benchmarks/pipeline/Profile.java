package dev.millrace.benchmarks.pipeline;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/** Execution samples by thread, and for each thread by method: with what it calls, and alone. */
final class Profile {

    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final double LEAST_SHARE_OF_THREAD = 0.03;
    private static final double LEAST_SHARE_OF_METHOD = 0.04;
    /** What is on nearly every stack is Flink's way to the operator. */
    private static final double MOST_SHARE_OF_METHOD = 0.96;

    /** The samples of the threads of one name. */
    private static final class Samples {
        private final Map<String, Integer> withCalls = new HashMap<>();
        private final Map<String, Integer> alone = new HashMap<>();
        private int count;

        void add(List<RecordedFrame> frames) {
            count++;
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < frames.size(); i++) {
                String method = nameOf(frames.get(i));
                if (i == 0) {
                    alone.merge(method, 1, Integer::sum);
                }
                if (seen.add(method)) {
                    withCalls.merge(method, 1, Integer::sum);
                }
            }
        }
    }

    private final Map<String, Samples> byThread = new TreeMap<>();
    private int count;

    private Profile() {}

    /** @param from samples before it are left out */
    static Profile read(Path recording, Instant from) throws IOException {
        Profile profile = new Profile();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals(SAMPLE)
                        && !event.getStartTime().isBefore(from)) {
                    profile.add(event);
                }
            }
        }
        return profile;
    }

    private void add(RecordedEvent event) {
        @Nullable RecordedThread thread = event.getThread("sampledThread");
        @Nullable RecordedStackTrace stack = event.getStackTrace();
        if (thread == null || stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        count++;
        byThread.computeIfAbsent(kindOf(String.valueOf(thread.getJavaName())), first -> new Samples())
                .add(stack.getFrames());
    }

    /** The name without what differs from run to run: numbers and names of topics. */
    private static String kindOf(String thread) {
        return thread.replaceAll("(warm-up|round)?-?\\d+", "")
                .replaceAll("\\(/\\)", "")
                .strip();
    }

    private static String nameOf(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    void print(PrintStream out) {
        byThread.entrySet().stream()
                .filter(thread -> thread.getValue().count >= LEAST_SHARE_OF_THREAD * count)
                .sorted(Comparator.comparing(thread -> -thread.getValue().count))
                .forEach(thread -> {
                    Samples samples = thread.getValue();
                    out.printf("%n%4.1f %% of %d samples: %s%n", 100.0 * samples.count / count, count, thread.getKey());
                    print(out, "with calls", samples.withCalls, samples.count);
                    print(out, "alone", samples.alone, samples.count);
                });
    }

    private static void print(PrintStream out, String what, Map<String, Integer> methods, int samples) {
        out.println("  " + what);
        methods.entrySet().stream()
                .filter(method -> method.getValue() >= LEAST_SHARE_OF_METHOD * samples)
                .filter(method -> method.getValue() <= MOST_SHARE_OF_METHOD * samples)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .forEach(method ->
                        out.printf("    %5.1f %%  %s%n", 100.0 * method.getValue() / samples, method.getKey()));
    }
}
