package dev.millrace.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Pipeline files of the tests. */
final class Resources {

    private Resources() {}

    static Path path(String name) {
        return Path.of("src", "test", "resources", name);
    }

    static String text(String name) throws IOException {
        return Files.readString(path(name));
    }
}
