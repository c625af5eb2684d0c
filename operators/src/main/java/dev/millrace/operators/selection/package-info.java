/** The first stateless step behind a source: events that the pipeline is not about go no further. */
@NullMarked
package dev.millrace.operators.selection;

import org.jspecify.annotations.NullMarked;
