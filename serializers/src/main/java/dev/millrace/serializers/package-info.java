/** Flink's view of what flows: one serializer and one type information over every {@link dev.millrace.events.Codec}. */
@NullMarked
package dev.millrace.serializers;

import org.jspecify.annotations.NullMarked;
