package dev.millrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JVMs beside this one, on its class path. What one measurement teaches the JIT compiler does not reach another. */
public final class Jvm {

    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private Jvm() {}

    /** The options of this JVM. */
    public static List<String> options() {
        return List.copyOf(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** The options of this JVM without the module that the vector path needs. */
    public static List<String> optionsWithoutVectors() {
        List<String> options = new ArrayList<>(options());
        if (!options.remove(VECTORS)) {
            throw new IllegalStateException(
                    "this JVM must have " + VECTORS + ", got " + options + "; start it with benchmarks/run");
        }
        return List.copyOf(options);
    }

    /** Errors go where those of this JVM go; standard input and output belong to the caller. */
    public static Process start(List<String> options, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
