package dev.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.CloseableIterator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EmbeddedFlinkITCase {

    @TempDir
    private Path directory;

    @Test
    void runsOneJobAfterAnother() throws Exception {
        try (EmbeddedFlink flink = EmbeddedFlink.builder().slots(2).start()) {
            for (int run = 0; run < 2; run++) {
                StreamExecutionEnvironment environment = flink.environment();
                assertThat(environment.getParallelism()).isEqualTo(2);

                List<Long> results = new ArrayList<>();
                try (CloseableIterator<Long> iterator = environment
                        .fromSequence(1, 10)
                        .map(value -> value * value)
                        .returns(Types.LONG)
                        .executeAndCollect()) {
                    iterator.forEachRemaining(results::add);
                }

                assertThat(results).containsExactlyInAnyOrder(1L, 4L, 9L, 16L, 25L, 36L, 49L, 64L, 81L, 100L);
            }
        }
    }

    @Test
    void showsItsWebUiAndTakesTheConfigurationOfItsCaller() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(50));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
        try (EmbeddedFlink flink =
                EmbeddedFlink.builder().configuration(configuration).start()) {
            StreamExecutionEnvironment environment = flink.environment();
            environment
                    .fromSource(
                            new DataGeneratorSource<>(
                                    index -> index, Long.MAX_VALUE, RateLimiterStrategy.perSecond(100), Types.LONG),
                            WatermarkStrategy.noWatermarks(),
                            "numbers")
                    .sinkTo(new DiscardingSink<>());
            JobClient job = environment.executeAsync("endless");

            Path checkpoints = directory.resolve(job.getJobID().toHexString());
            Awaitility.await().untilAsserted(() -> assertThat(checkpoints).isDirectoryContaining("glob:**/chk-*"));

            assertThat(get(flink, "/")).contains("Apache Flink Web Dashboard");
            assertThat(get(flink, "/jobs/overview")).contains("\"name\":\"endless\"");

            job.cancel().get();
            Awaitility.await().until(() -> job.getJobStatus().get() == JobStatus.CANCELED);
        }
    }

    @Test
    void namesATakenPort() {
        try (EmbeddedFlink flink = EmbeddedFlink.builder().start()) {
            int taken = flink.webUiUrl().getPort();
            assertThatThrownBy(() -> EmbeddedFlink.builder().webUiPort(taken).start())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("port " + taken);
        }
    }

    private static String get(EmbeddedFlink flink, String path) throws Exception {
        HttpURLConnection connection =
                (HttpURLConnection) flink.webUiUrl().resolve(path).toURL().openConnection();
        try {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            connection.disconnect();
        }
    }
}
