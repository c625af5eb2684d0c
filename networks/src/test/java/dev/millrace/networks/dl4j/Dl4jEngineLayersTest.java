package dev.millrace.networks.dl4j;

import dev.millrace.networks.Engine;
import dev.millrace.networks.LayerContract;
import dev.millrace.networks.NetworkSpec;

class Dl4jEngineLayersTest extends LayerContract {

    @Override
    protected Engine create(NetworkSpec spec) {
        return new Dl4jEngine(spec);
    }
}
