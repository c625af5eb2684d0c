package dev.millrace.connectors;

/** The headers of a dead letter; values are UTF-8 text, numbers in decimal. */
public final class DeadLetterHeaders {

    /** {@link dev.millrace.connectors.format.RejectReason#code}. */
    public static final String REASON = "millrace-reason";
    /** Names the field, the rule and the value. */
    public static final String DETAIL = "millrace-detail";
    /** Where the record was read. */
    public static final String TOPIC = "millrace-topic";

    public static final String PARTITION = "millrace-partition";
    public static final String OFFSET = "millrace-offset";
    /** Of the record that was read, milliseconds since the epoch; negative if it had none. */
    public static final String TIMESTAMP = "millrace-timestamp";
    /** Length of the value that was read; that of the dead letter is less if it had to be cut. */
    public static final String ORIGINAL_BYTES = "millrace-original-bytes";

    private DeadLetterHeaders() {}
}
