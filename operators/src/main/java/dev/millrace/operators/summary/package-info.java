/** What a bounded run has done, told once at its end: the digest of the weights and what became of the labels. */
@NullMarked
package dev.millrace.operators.summary;

import org.jspecify.annotations.NullMarked;
