package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The jar that a cluster gets is thin: what Flink brings, and what may be loaded only once per JVM, is not in it. */
class ClusterJarITCase {

    private static final Path TARGET = Path.of("target");

    @Test
    void holdsTheHouseAndItsConnectorAndNothingThatTheClusterHas() throws Exception {
        List<String> entries;
        try (JarFile jar = new JarFile(TARGET.resolve("millrace-job.jar").toFile())) {
            entries = jar.stream().map(ZipEntry::getName).toList();
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(TrainAndScore.class.getName());
        }
        assertThat(entries)
                .contains(
                        "dev/millrace/jobs/TrainAndScore.class",
                        "dev/millrace/operators/learner/OnlineLearner.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class");
        for (String foreign : List.of(
                "org/apache/flink/streaming/api/",
                "org/apache/flink/streaming/runtime/",
                "org/apache/flink/runtime/",
                "org/nd4j/",
                "org/deeplearning4j/",
                "org/bytedeco/",
                "org/slf4j/",
                "org/apache/logging/",
                "org/apache/log4j/",
                "log4j",
                "dev/millrace/embedded/",
                "kafka/server/")) {
            assertThat(entries).as(foreign).noneMatch(entry -> entry.startsWith(foreign));
        }
    }

    @Test
    void nativesForFlinksLibFolderLieBesideIt() throws Exception {
        try (Stream<Path> natives = Files.list(TARGET.resolve("natives"))) {
            assertThat(natives.map(path -> path.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("nd4j-native-"))
                    .anyMatch(name -> name.startsWith("deeplearning4j-nn-"))
                    .noneMatch(name -> name.startsWith("flink-"));
        }
    }
}
