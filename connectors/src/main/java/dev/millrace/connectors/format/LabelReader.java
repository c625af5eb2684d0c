package dev.millrace.connectors.format;

import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import java.util.HashMap;
import java.util.Map;

/** Turns the value of a label field into a class index or a regression target. */
final class LabelReader {

    private final LabelLayout layout;
    private final Map<String, Integer> indexByText = new HashMap<>();
    /** Where classes are named by numbers, 1.0 and 1 are the same class. */
    private final Map<Double, Integer> indexByNumber = new HashMap<>();

    LabelReader(LabelLayout layout) {
        this.layout = layout;
        for (int i = 0; i < layout.classes().size(); i++) {
            String text = layout.classes().get(i);
            indexByText.put(text, i);
            double number = DecimalText.parse(text);
            if (Double.isFinite(number)) {
                indexByNumber.put(number + 0.0, i);
            }
        }
    }

    /** @param number finite and within the range of floats */
    float ofNumber(double number) throws RecordRejectedException {
        if (!layout.classes().isEmpty()) {
            // -0.0 + 0.0 is 0.0
            Integer index = indexByNumber.get(number + 0.0);
            if (index == null) {
                throw outOfRange(Double.toString(number));
            }
            return index;
        }
        if (layout.classCount() > 0 && !(number >= 0 && number < layout.classCount() && number == Math.rint(number))) {
            throw outOfRange(Double.toString(number));
        }
        LabelRange range = layout.range();
        if (range != null && !range.contains(number)) {
            throw outOfRange(Double.toString(number));
        }
        return (float) number + 0f;
    }

    float ofBoolean(boolean value) throws RecordRejectedException {
        return layout.classes().isEmpty() ? ofNumber(value ? 1 : 0) : ofText(Boolean.toString(value));
    }

    float ofText(String text) throws RecordRejectedException {
        if (!layout.classes().isEmpty()) {
            Integer index = indexByText.get(text);
            if (index == null) {
                throw outOfRange(text);
            }
            return index;
        }
        double number = DecimalText.parse(text);
        if (Double.isNaN(number) || Float.isInfinite((float) number)) {
            throw outOfRange(text);
        }
        return ofNumber(number);
    }

    private RecordRejectedException outOfRange(String value) {
        return new RecordRejectedException(
                RejectReason.LABEL_OUT_OF_RANGE,
                "label '" + layout.field() + "' must be " + rule() + ", got " + RecordRejectedException.shown(value));
    }

    private String rule() {
        if (!layout.classes().isEmpty()) {
            return "one of " + layout.classes();
        }
        LabelRange range = layout.range();
        if (range != null) {
            return "from " + range.min() + " to " + range.max();
        }
        return layout.classCount() > 0 ? "an integer from 0 to " + (layout.classCount() - 1) : "a number";
    }
}
