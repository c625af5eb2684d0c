package dev.millrace.connectors.format;

/**
 * A record does not fit its layout.
 *
 * <p>Has no stack trace: it says everything about the record and nothing about the code, and a flood of malformed
 * records must not slow the good ones down.
 */
public final class RecordRejectedException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_CHARACTERS = 64;

    private final RejectReason reason;

    RecordRejectedException(RejectReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public RejectReason reason() {
        return reason;
    }

    /** Names the field, the rule and the value, shortened. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** A value for an error text: in quotes, shortened, control characters replaced. */
    static String shown(String value) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(value.length(), SHOWN_CHARACTERS); i++) {
            char character = value.charAt(i);
            shown.append(Character.isISOControl(character) || Character.isSurrogate(character) ? '?' : character);
        }
        return shown.append(value.length() > SHOWN_CHARACTERS ? "…' (" + value.length() + " characters)" : "'")
                .toString();
    }
}
