package dev.millrace.pipeline;

import dev.millrace.events.FieldLayout;
import dev.millrace.events.FieldType;
import dev.millrace.events.LabelLayout;
import dev.millrace.events.LabelRange;
import dev.millrace.networks.Task;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code classes} and {@code range} of a label and the fields that hold one, which must suit each other and the task.
 *
 * @param classes texts; empty where labels are numbers
 * @param count number of classes; 0 for a regression
 * @param range of a regression: of the numbers, those that can be; null: all
 * @param types a field that holds a label must be one of these
 */
record LabelClasses(List<String> classes, int count, @Nullable LabelRange range, Set<FieldType> types) {

    private static final int MOST_CLASSES = 10_000;

    private static final Set<FieldType> TEXTS = EnumSet.of(FieldType.ID, FieldType.STRING);
    private static final Set<FieldType> CLASS_NUMBERS = EnumSet.of(FieldType.NUMBER, FieldType.BOOLEAN);
    private static final Set<FieldType> TARGETS = EnumSet.of(FieldType.NUMBER);

    /**
     * Null, and a problem, where there must be none.
     *
     * @param task null where it is missing or wrong: then only what holds for every task is checked
     */
    static @Nullable LabelClasses read(Section label, @Nullable Task task) {
        Place classesPlace = label.optional("classes");
        List<String> classes = List.of();
        int count = task == Task.BINARY ? 2 : 0;
        if (task == Task.REGRESSION && classesPlace != null) {
            classesPlace.problem("makes no sense for a regression", "remove it, or change model.task");
            return null;
        }
        if (classesPlace != null && classesPlace.isScalar()) {
            count = classesPlace.integer(
                    2,
                    2,
                    MOST_CLASSES,
                    "list the classes, e.g. [DOWN, UP], or state how many numbers from 0 there are");
        } else if (classesPlace != null) {
            String remedy = "list the texts of all classes, e.g. [DOWN, UP]";
            classes = classesPlace.texts(remedy);
            count = classes.size();
            if (count == 1 && classesPlace.items(remedy).size() == 1) {
                classesPlace.problems().addWithoutValue(classesPlace, "must be at least two", remedy);
            }
        }
        if (task == Task.BINARY && classesPlace != null && count > 2) {
            classesPlace
                    .problems()
                    .add(new Problem(
                            classesPlace.path(),
                            classesPlace.line(),
                            Integer.toString(count),
                            "must be two for a binary task",
                            "remove some, or set model.task to multiclass"));
        }
        if (task == Task.MULTICLASS && classesPlace == null) {
            label.required(
                    "classes",
                    "list the classes, e.g. [low, middle, high], or state how many numbers from 0 there are");
        }
        Set<FieldType> types = !classes.isEmpty() ? TEXTS : task == Task.REGRESSION ? TARGETS : CLASS_NUMBERS;
        return new LabelClasses(classes, count, LabelRangeReader.read(label, task), types);
    }

    /**
     * Null, and a problem, where the field cannot hold one of the classes.
     *
     * @param id field of the id, which cannot be the label too; null: none
     */
    @Nullable
    LabelLayout field(Place place, @Nullable String id, Fields fields) {
        FieldLayout field = readField(place, types, id, fields);
        return field == null ? null : new LabelLayout(field.name(), classes, count, range);
    }

    private static @Nullable FieldLayout readField(
            Place place, Set<FieldType> types, @Nullable String id, Fields fields) {
        FieldLayout field = fields.layout(place, EnumSet.allOf(FieldType.class));
        if (field == null) {
            return null;
        }
        if (field.name().equals(id)) {
            place.problem("must be another field than the id", "name the field that holds the label");
            return null;
        }
        if (!types.contains(field.type())) {
            boolean text = TEXTS.contains(field.type());
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            Fields.written(field.type()) + " '" + field.name() + "'",
                            types == TEXTS
                                    ? "must be a field of type string or id where label.classes lists texts"
                                    : "must be a field of type "
                                            + (types == TARGETS
                                                    ? "number for a regression"
                                                    : "number or boolean without label.classes"),
                            text && types != TARGETS
                                    ? "list the texts in label.classes, the negative first, e.g. [DOWN, UP]"
                                    : "declare it so, or take another field"));
            return null;
        }
        return field;
    }
}
