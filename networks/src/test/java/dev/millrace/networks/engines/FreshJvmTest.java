package dev.millrace.networks.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.networks.EngineChoice;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows come to the same bits in a process that shares nothing with this one. */
class FreshJvmTest {

    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(
            value = EngineChoice.class,
            names = {"DL4J", "FUSED"})
    void anotherProcessLearnsTheSameBits(EngineChoice engine) throws Exception {
        assertThat(digestOfFreshJvm(engine, options())).isEqualTo(Training.digest(engine));
    }

    @Test
    void aJvmWithoutVectorsLearnsTheSameBits() throws Exception {
        assumeTrue(options().contains(VECTORS));
        List<String> options = new ArrayList<>(options());
        options.remove(VECTORS);
        assertThat(digestOfFreshJvm(EngineChoice.FUSED, options)).isEqualTo(Training.digest(EngineChoice.FUSED));
    }

    /** Another JIT compiler, narrower vectors. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:TieredStopAtLevel=1", "-XX:UseAVX=2", "-Dmillrace.vector-bits=128"})
    void anotherCompilerOrWidthLearnsTheSameBits(String option) throws Exception {
        List<String> options = new ArrayList<>(options());
        options.add("-XX:+IgnoreUnrecognizedVMOptions");
        options.add(option);
        assertThat(digestOfFreshJvm(EngineChoice.FUSED, options)).isEqualTo(Training.digest(EngineChoice.FUSED));
    }

    private static List<String> options() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-javaagent") && !option.startsWith("-agentlib"))
                .toList();
    }

    private String digestOfFreshJvm(EngineChoice engine, List<String> options)
            throws IOException, InterruptedException {
        File out = directory.resolve("out").toFile();
        File errors = directory.resolve("errors").toFile();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Training.class.getName(), engine.name()));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out)
                .redirectError(errors)
                .start();
        try {
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(Files.readString(errors.toPath(), StandardCharsets.UTF_8))
                .isZero();
        // Loggers may share the stream.
        return Files.readString(out.toPath(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" updates "))
                .findFirst()
                .orElseThrow();
    }
}
