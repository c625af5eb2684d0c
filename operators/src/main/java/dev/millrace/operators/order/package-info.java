/** The base of every keyed operator: in which order it handles records, and when event time makes something due. */
@NullMarked
package dev.millrace.operators.order;

import org.jspecify.annotations.NullMarked;
