/** Behind the learners: the alerts of all shards of a model become those of the day. */
@NullMarked
package dev.millrace.operators.alerts;

import org.jspecify.annotations.NullMarked;
