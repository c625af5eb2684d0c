/** What a model that ranks items sees of a candidate. */
@NullMarked
package dev.millrace.features.ranking;

import org.jspecify.annotations.NullMarked;
