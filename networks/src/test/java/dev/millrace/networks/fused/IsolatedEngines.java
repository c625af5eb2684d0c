package dev.millrace.networks.fused;

import dev.millrace.networks.Engine;
import dev.millrace.networks.NetworkSpec;
import dev.millrace.networks.layers.Layer;
import dev.millrace.networks.loops.LoopChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fused engines on loops of one's choice, side by side in one JVM. The width of a vector is a constant of the classes, so each
 * choice has classes of its own.
 */
final class IsolatedEngines {

    private static final Map<String, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    private IsolatedEngines() {}

    /** @param vectorBits a value of {@link LoopChoice#VECTOR_BITS} */
    static Engine create(String vectorBits, NetworkSpec spec) {
        String before = System.getProperty(LoopChoice.VECTOR_BITS);
        System.setProperty(LoopChoice.VECTOR_BITS, vectorBits);
        try {
            return (Engine) LOADERS.computeIfAbsent(vectorBits, bits -> new OwnClasses())
                    .loadClass(FusedEngine.class.getName())
                    .getConstructor(NetworkSpec.class)
                    .newInstance(spec);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no engine for " + vectorBits, e);
        } finally {
            if (before == null) {
                System.clearProperty(LoopChoice.VECTOR_BITS);
            } else {
                System.setProperty(LoopChoice.VECTOR_BITS, before);
            }
        }
    }

    /** What loops the engines of this choice run on. */
    static String loops(String vectorBits, NetworkSpec spec) {
        try (Engine engine = create(vectorBits, spec)) {
            Class<?> choice = engine.getClass().getClassLoader().loadClass(LoopChoice.class.getName());
            var chosen = choice.getDeclaredField("CHOSEN");
            chosen.setAccessible(true);
            return chosen.get(null).toString();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("no loops for " + vectorBits, e);
        }
    }

    private static final class OwnClasses extends ClassLoader {

        /** Packages that lead from an engine to its loops. */
        private static final List<String> OWN = List.of(
                FusedEngine.class.getPackageName() + ".",
                Layer.class.getPackageName() + ".",
                LoopChoice.class.getPackageName() + ".");

        OwnClasses() {
            super(IsolatedEngines.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (OWN.stream().noneMatch(name::startsWith)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
