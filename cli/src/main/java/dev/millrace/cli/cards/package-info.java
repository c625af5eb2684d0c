/** Scores of events beside the cards they belong to: what `millrace card-report` reads and prints. */
@NullMarked
package dev.millrace.cli.cards;

import org.jspecify.annotations.NullMarked;
