package dev.millrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.embedded.EmbeddedFlink;
import dev.millrace.pipeline.Pipeline;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Native libraries are loaded once per JVM, jobs come and go, each with a class loader of its own that is closed when the job
 * ends.
 */
class RestartITCase {

    private static final int JOBS = 5;

    @Test
    void oneJvmRunsFiveJobsOnNativeCodeOneAfterTheOther() throws Exception {
        Payments payments = new Payments(200);
        Set<String> weights = new HashSet<>();
        try (JobRig rig = new JobRig();
                EmbeddedFlink flink = EmbeddedFlink.builder().slots(1).start()) {
            for (int job = 0; job < JOBS; job++) {
                Pipeline pipeline = rig.pipeline(Payments.onDl4j(Payments.delayedLabels(1)));
                rig.createTopics(pipeline, 1);
                rig.write(pipeline.events().topic(), 1, payments.eventsWithLabels());
                weights.add(rig.run(flink, pipeline, JobOptions.bounded(payments.horizon()))
                        .digest()
                        .weightsSha256());
            }
        }
        assertThat(weights).hasSize(1);
    }
}
