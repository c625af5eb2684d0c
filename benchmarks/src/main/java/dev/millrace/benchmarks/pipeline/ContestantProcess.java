package dev.millrace.benchmarks.pipeline;

import dev.millrace.benchmarks.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a contestant: on a cluster, too, it would have one of its own.
 */
final class ContestantProcess implements AutoCloseable {

    /** Options of a contestant's JVM, beside those of this one. */
    interface JvmOptions {
        List<String> of(Contestant contestant);
    }

    static final JvmOptions NO_OPTIONS = contestant -> List.of();

    private final Contestant contestant;
    private final Process process;
    private final Writer commands;
    private final BufferedReader answers;

    private ContestantProcess(Contestant contestant, Process process) {
        this.contestant = contestant;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static ContestantProcess start(
            Contestant contestant, JvmOptions options, String bootstrapServers, String events, long lastTime)
            throws IOException {
        List<String> all = new ArrayList<>(Jvm.options());
        all.addAll(options.of(contestant));
        Process process = Jvm.start(
                all,
                ContestantMain.class,
                List.of(contestant.name(), bootstrapServers, events, Long.toString(lastTime)));
        return new ContestantProcess(contestant, process);
    }

    Contestant contestant() {
        return contestant;
    }

    /**
     * Goes through all events once and returns when the predictions are in the topic.
     *
     * @return processor time in nanoseconds: of all threads, and of the busiest
     */
    long[] run(String predictions) throws IOException {
        commands.write(predictions + "\n");
        commands.flush();
        for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            String[] words = answer.split(" ", -1);
            if (words[0].equals(ContestantMain.DONE)) {
                return new long[] {Long.parseLong(words[1]), Long.parseLong(words[2])};
            }
        }
        throw new IOException(contestant.name() + " ended before its run did; its output above says why");
    }

    /** The process ends at the end of its input. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
