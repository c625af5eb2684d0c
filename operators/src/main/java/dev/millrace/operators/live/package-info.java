/** State that is live between two snapshots, for operators that fold every record into one value a key. */
@NullMarked
package dev.millrace.operators.live;

import org.jspecify.annotations.NullMarked;
