/** Which events a pipeline is about: the others are skipped before anything else sees them. */
@NullMarked
package dev.millrace.features.selection;

import org.jspecify.annotations.NullMarked;
