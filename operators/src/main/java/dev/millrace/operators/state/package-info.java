/** Keyed state that is folded into record by record, for every operator that needs it. */
@NullMarked
package dev.millrace.operators.state;

import org.jspecify.annotations.NullMarked;
