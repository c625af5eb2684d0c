package dev.millrace.cli.stage;

import dev.millrace.embedded.EmbeddedFlink;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on the embedded cluster, from its submission on. */
public final class JobRun {

    private final EmbeddedFlink flink;
    private final JobClient client;
    private final CompletableFuture<?> end;

    private JobRun(EmbeddedFlink flink, JobClient client) {
        this.flink = flink;
        this.client = client;
        this.end = client.getJobExecutionResult();
    }

    /** @param environment one of the cluster, with the job defined in it */
    public static JobRun submit(EmbeddedFlink flink, StreamExecutionEnvironment environment, String name) {
        try {
            return new JobRun(flink, environment.executeAsync(name));
        } catch (Exception e) {
            throw new JobFailedException(e);
        }
    }

    /**
     * Waits for the end, but not longer than this.
     *
     * @return whether the job has ended
     * @throws JobFailedException if it failed
     */
    public boolean await(Duration longest) throws InterruptedException {
        try {
            end.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new JobFailedException(e);
        }
    }

    /** Ends the job without waiting for its input to end. */
    public void cancel() {
        client.cancel().join();
    }

    /** From the moment that all subtasks run to the end of the last one; for a job that has ended. */
    public double seconds() {
        AccessExecutionGraph graph =
                flink.cluster().getExecutionGraph(client.getJobID()).join();
        long start = 0;
        long end = 0;
        for (AccessExecutionVertex subtask : graph.getAllExecutionVertices()) {
            start = Math.max(start, subtask.getStateTimestamp(ExecutionState.RUNNING));
            end = Math.max(end, subtask.getStateTimestamp(ExecutionState.FINISHED));
        }
        return Math.max(1, end - start) / 1000.0;
    }
}
