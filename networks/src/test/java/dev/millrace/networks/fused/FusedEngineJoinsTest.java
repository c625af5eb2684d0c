package dev.millrace.networks.fused;

import dev.millrace.networks.Engine;
import dev.millrace.networks.JoinContract;
import dev.millrace.networks.NetworkSpec;

class FusedEngineJoinsTest extends JoinContract {

    @Override
    protected Engine create(NetworkSpec spec) {
        return new FusedEngine(spec);
    }
}
