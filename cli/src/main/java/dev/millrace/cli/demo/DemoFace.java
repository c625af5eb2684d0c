package dev.millrace.cli.demo;

import java.net.URI;
import java.util.List;

/** How the state of a demo is put into words. */
interface DemoFace {

    /** For a log. */
    String line(DemoState state);

    /** For a terminal, always of as many lines. */
    List<String> panel(DemoState state, URI webUi);
}
