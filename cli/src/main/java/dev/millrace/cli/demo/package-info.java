/** The demo of card fraud: a simulator feeds an embedded pipeline, and a terminal shows what it learns. */
@NullMarked
package dev.millrace.cli.demo;

import org.jspecify.annotations.NullMarked;
