package dev.millrace.networks.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.networks.Activation;
import dev.millrace.networks.Engine;
import dev.millrace.networks.Networks;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;

class NativeRuntimeTest {

    @Test
    void namesTheSameKernelWhoeverLoads() throws Exception {
        AtomicReference<NativeRuntime> other = new AtomicReference<>();
        Thread thread = new Thread(() -> other.set(NativeRuntime.load()));
        thread.start();
        thread.join();
        assertThat(other.get()).isSameAs(NativeRuntime.load());
        assertThat(NativeRuntime.load().kernel()).matches("openblas/\\w+/[0-9a-f]{8}");
    }

    @Test
    void computesWithOneThread() {
        NativeRuntime.load();
        assertThat(Nd4j.getEnvironment().maxThreads()).isEqualTo(1);
    }

    @Test
    void keepsNoContextClassLoaderAndOutlivesOneThatIsClosed() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        for (int job = 0; job < 3; job++) {
            try (URLClassLoader ofJob = new URLClassLoader(new URL[0], before)) {
                thread.setContextClassLoader(ofJob);
                NativeRuntime.load();
                assertThat(thread.getContextClassLoader()).isSameAs(ofJob);
                assertThat(ND4JClassLoading.getNd4jClassloader()).isSameAs(Nd4j.class.getClassLoader());
            } finally {
                thread.setContextClassLoader(before);
            }
            try (Engine engine = new Dl4jEngine(Networks.binary(2, Activation.RELU, 3))) {
                float[] score = new float[1];
                engine.score(engine.initialWeights(1), new float[2], 1, score);
                assertThat(score[0]).isEqualTo(0.5f);
            }
        }
    }
}
