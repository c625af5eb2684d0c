package dev.millrace.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What figures were measured on. */
public final class Machine {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** One line; the load says how much of the machine others used when the run began. */
    static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, load %.1f, Java %s, %s",
                cpu().orElseGet(() -> System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                Runtime.version(),
                System.getProperty("os.name"));
    }

    /** Instruction sets of the first core, as Linux names them; empty where it does not. */
    public static Set<String> cpuFlags() {
        return cpuInfo("flags")
                .map(flags -> Set.copyOf(List.of(flags.split(" ", -1))))
                .orElse(Set.of());
    }

    private static Optional<String> cpu() {
        return cpuInfo("model name");
    }

    private static Optional<String> cpuInfo(String key) {
        try (var lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
