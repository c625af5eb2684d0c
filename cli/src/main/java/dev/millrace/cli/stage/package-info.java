/** All that a pipeline needs around it, in this JVM: what demo, evaluate and embedded runs stand on. */
@NullMarked
package dev.millrace.cli.stage;

import org.jspecify.annotations.NullMarked;
