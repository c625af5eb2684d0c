package dev.millrace.events;

import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link SideTable}. The arrays are shared, not copied: nobody changes them.
 *
 * @param numbers of its numeric fields, in order; NaN where the value is missing
 * @param texts of its other fields, in order; null where the value is missing
 */
@SuppressWarnings("ArrayRecordComponent") // looked up and copied on; nobody compares rows
public record TableRow(double[] numbers, @Nullable String[] texts) {}
