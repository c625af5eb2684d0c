package dev.millrace.events;

import java.io.Serializable;
import java.util.List;

/** How the records of a topic are written. */
public sealed interface RecordFormat extends Serializable {

    /** One JSON object a record, UTF-8. */
    record Json() implements RecordFormat {}

    /**
     * One CSV line a record, UTF-8, RFC 4180 quoting, without a header.
     *
     * @param columns the name of each column, in order
     */
    record Csv(List<String> columns) implements RecordFormat {
        public Csv {
            columns = List.copyOf(columns);
        }
    }
}
