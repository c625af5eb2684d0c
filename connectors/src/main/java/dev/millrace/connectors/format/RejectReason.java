package dev.millrace.connectors.format;

/** Why a record cannot be used. The codes are part of dead letters and metric names: they never change. */
public enum RejectReason {
    /** No value, or one of white space alone. */
    EMPTY("empty"),
    /** Not the declared format: cut, followed by something else, binary, not UTF-8, too many or too few columns. */
    MALFORMED("malformed"),
    /** Nested deeper than {@link RecordLimits#depth}. */
    TOO_DEEP("too-deep"),
    /** More bytes than {@link RecordLimits#recordBytes}, or one text, name or number longer than allowed. */
    OVERSIZED("oversized"),
    /** A declared field is written twice. */
    DUPLICATE_FIELD("duplicate-field"),
    /** A value of another type than declared. */
    WRONG_TYPE("wrong-type"),
    /** A number in quotes where the format has numbers without. */
    NUMBER_AS_TEXT("number-as-text"),
    /** NaN or an infinity. */
    NOT_FINITE("not-finite"),
    /** A number that a float cannot hold. */
    BEYOND_FLOAT_RANGE("beyond-float-range"),
    /** The field of the id is absent or empty. */
    MISSING_ID("missing-id"),
    /** The field of the time is absent or empty, or the Kafka record has no timestamp where that is the time. */
    MISSING_TIME("missing-time"),
    /** A timestamp that is not written as declared, or lies beyond all calendars. */
    UNREADABLE_TIME("unreadable-time"),
    /** A time further beyond the timestamp of the Kafka record than the layout allows. */
    TIME_TOO_FAR_AHEAD("time-too-far-ahead"),
    /** A record of a label topic without a label. */
    MISSING_LABEL("missing-label"),
    /** A label that is none of the classes, or beyond the range of a regression. */
    LABEL_OUT_OF_RANGE("label-out-of-range"),
    /** A weight in training below 0. */
    NEGATIVE_WEIGHT("negative-weight"),
    /** A request without a user. */
    MISSING_USER("missing-user"),
    /** A request that does not say how many items it wants. */
    MISSING_K("missing-k"),
    /** A request for no item, or for too many. */
    K_OUT_OF_RANGE("k-out-of-range"),
    /** A request with an empty list to choose from. */
    NO_CANDIDATES("no-candidates"),
    /** The parser itself failed: a fault of this software, worth a report with the dead letter. */
    PARSER_FAILED("parser-failed");

    private final String code;

    RejectReason(String code) {
        this.code = code;
    }

    /** Lower case words with hyphens. */
    public String code() {
        return code;
    }
}
