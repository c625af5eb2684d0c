package dev.millrace.networks.dl4j;

import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Native memory for what lives during one call: a workspace per thread, used over and over. Without it every intermediate
 * array would wait off-heap for the garbage collector, which does not see how large it is.
 */
final class Scratch {

    private static final String NAME = "millrace";

    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .overallocationLimit(0.1)
            .policyAllocation(AllocationPolicy.OVERALLOCATE)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .build();

    private Scratch() {}

    /** Everything created until the returned workspace is closed lies in it and ends with it. */
    static MemoryWorkspace open() {
        return Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, NAME);
    }

    /** Makes DL4J's layers put what they create into the open workspace. */
    static LayerWorkspaceMgr forLayers() {
        return LayerWorkspaceMgr.builder().defaultWorkspace(NAME, CONFIGURATION).build();
    }

    /** Frees the workspace of this thread. Another engine on the thread gets a new one by itself. */
    static void free() {
        if (Nd4j.getWorkspaceManager().checkIfWorkspaceExists(NAME)) {
            Nd4j.getWorkspaceManager()
                    .destroyWorkspace(Nd4j.getWorkspaceManager().getWorkspaceForCurrentThread(CONFIGURATION, NAME));
        }
    }
}
