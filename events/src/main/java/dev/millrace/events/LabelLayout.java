package dev.millrace.events;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a record writes a label.
 *
 * @param field name of the field that holds it
 * @param classes the texts of the classes in the order of their index; empty where the label is written as a number
 * @param classCount number of classes: a label is an integer from 0 below it; 0 for regression: any finite number
 * @param range for regression: of the numbers, those that can be; null: all
 */
public record LabelLayout(String field, List<String> classes, int classCount, @Nullable LabelRange range)
        implements Serializable {
    public LabelLayout {
        classes = List.copyOf(classes);
        if (range != null && classCount > 0) {
            throw new IllegalArgumentException("label '" + field + "' has " + classCount
                    + " classes and a range of numbers; it can have one only");
        }
    }

    /** Any label of its kind. */
    public LabelLayout(String field, List<String> classes, int classCount) {
        this(field, classes, classCount, null);
    }
}
