package dev.millrace.benchmarks.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a contestant, with the options of this one. What the JIT compiler learns from one contestant does not speed up
 * or slow down another, as it would not on a cluster either.
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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options.of(contestant));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ContestantMain.class.getName()));
        command.addAll(List.of(contestant.name(), bootstrapServers, events, Long.toString(lastTime)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ContestantProcess(contestant, process);
    }

    Contestant contestant() {
        return contestant;
    }

    /** Goes through all events once and returns when the predictions are in the topic. */
    void run(String predictions) throws IOException {
        commands.write(predictions + "\n");
        commands.flush();
        for (String answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            if (answer.equals(ContestantMain.DONE)) {
                return;
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
