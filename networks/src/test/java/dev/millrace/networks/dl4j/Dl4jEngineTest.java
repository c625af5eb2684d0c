package dev.millrace.networks.dl4j;

import dev.millrace.networks.Engine;
import dev.millrace.networks.EngineContract;
import dev.millrace.networks.NetworkSpec;

class Dl4jEngineTest extends EngineContract {

    @Override
    protected Engine create(NetworkSpec spec) {
        return new Dl4jEngine(spec);
    }
}
