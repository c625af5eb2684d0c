package dev.millrace.benchmarks;

import dev.millrace.benchmarks.embeddings.EmbeddingsSuite;
import dev.millrace.benchmarks.networks.NetworksSuite;
import dev.millrace.benchmarks.networks.SoakSuite;
import dev.millrace.benchmarks.pipeline.FraudSuite;
import dev.millrace.benchmarks.pipeline.PipelineSuite;
import dev.millrace.benchmarks.pipeline.ProfileSuite;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        description = "Measures Millrace, each figure beside its peer or limit in the same run.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Benchmarks implements Callable<Integer> {

    private static final int LEAST_ROUNDS = 5;

    /** The suites by their name. */
    enum SuiteName {
        NETWORKS,
        PIPELINE,
        FRAUD,
        PROFILE,
        SOAK,
        EMBEDDINGS
    }

    @Parameters(paramLabel = "SUITE", description = "${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    SuiteName suite;

    @Option(names = "--json", paramLabel = "OUT", description = "Write the figures to this file.")
    @Nullable
    Path json;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Measured rounds after warm-up, default ${DEFAULT-VALUE}.")
    int rounds = LEAST_ROUNDS;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        System.out.println(Machine.describe());
        List<Figure> figures = create(suite).run(rounds);
        System.out.println();
        figures.forEach(System.out::println);
        if (json != null) {
            Figure.write(json, figures);
        }
        return 0;
    }

    /** The command that repeats a suite. */
    public static String command(String suite) {
        return "benchmarks/run " + suite.toLowerCase(Locale.ROOT);
    }

    private static Suite create(SuiteName name) {
        return switch (name) {
            case NETWORKS -> new NetworksSuite();
            case PIPELINE -> new PipelineSuite();
            case FRAUD -> new FraudSuite();
            case PROFILE -> new ProfileSuite();
            case SOAK -> new SoakSuite();
            case EMBEDDINGS -> new EmbeddingsSuite();
        };
    }
}
