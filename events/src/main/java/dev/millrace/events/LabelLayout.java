package dev.millrace.events;

import java.io.Serializable;
import java.util.List;

/**
 * How a record writes a label.
 *
 * @param field name of the field that holds it
 * @param classes the texts of the classes in the order of their index; empty where the label is written as a number
 * @param classCount number of classes: a label is an integer from 0 below it; 0 for regression: any finite number
 */
public record LabelLayout(String field, List<String> classes, int classCount) implements Serializable {
    public LabelLayout {
        classes = List.copyOf(classes);
    }
}
