package dev.millrace.networks.dl4j;

import dev.millrace.networks.Engine;
import dev.millrace.networks.JoinContract;
import dev.millrace.networks.NetworkSpec;

class Dl4jEngineJoinsTest extends JoinContract {

    @Override
    protected Engine create(NetworkSpec spec) {
        return new Dl4jEngine(spec);
    }
}
