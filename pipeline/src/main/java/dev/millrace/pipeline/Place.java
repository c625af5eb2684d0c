package dev.millrace.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of the file and where it stands. Each reading method reports what does not fit and then returns null or the
 * fallback it was given, so that the reader goes on and finds the next problem.
 *
 * <p>Scalars are read as they are written: YAML's own guesses at types ({@code off} is false, {@code 1:30} is 90) do not
 * matter here.
 */
final class Place {

    private static final int LONGEST_SHOWN = 80;
    private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
    private static final Pattern INTEGER = Pattern.compile("[-+]?\\d{1,18}");

    private final Node node;
    private final String path;
    private final Problems problems;

    Place(Node node, String path, Problems problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    String path() {
        return path;
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    Problems problems() {
        return problems;
    }

    /** The path of a key below this place. */
    String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    Place at(String key, Node child) {
        return new Place(child, pathOf(key), problems);
    }

    /** A part of the text that is written here, as if it stood below a key. */
    Place part(String key, String text) {
        return new Place(named(text).node, pathOf(key), problems);
    }

    /** The same place, as if only a text stood there, such as the key of its mapping. */
    Place named(String text) {
        return new Place(
                new ScalarNode(Tag.STR, text, node.getStartMark(), node.getEndMark(), ScalarStyle.PLAIN),
                path,
                problems);
    }

    void problem(String rule, String remedy) {
        problems.add(this, rule, remedy);
    }

    /** The value in an error message. */
    String shown() {
        String text = scalar();
        if (text != null) {
            String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
            return shown.isEmpty() ? "nothing" : shown.replaceAll("\\s+", " ");
        }
        return isMapping() ? "a mapping" : "a list";
    }

    boolean isScalar() {
        return node instanceof ScalarNode;
    }

    boolean isMapping() {
        return node instanceof MappingNode;
    }

    @Nullable
    MappingNode mapping() {
        return node instanceof MappingNode mapping ? mapping : null;
    }

    /** As written; null for a mapping or list. */
    @Nullable
    String scalar() {
        return node instanceof ScalarNode scalar ? scalar.getValue() : null;
    }

    boolean is(String text) {
        return text.equals(scalar());
    }

    /** A text that is not blank. */
    @Nullable
    String text(String remedy) {
        String text = scalar();
        if (text == null || text.isBlank()) {
            problem("must be a text", remedy);
            return null;
        }
        return text;
    }

    /** A text that matches a pattern. */
    @Nullable
    String text(Pattern pattern, String rule, String remedy) {
        String text = scalar();
        if (text == null || !pattern.matcher(text).matches()) {
            problem(rule, remedy);
            return null;
        }
        return text;
    }

    boolean isNumber() {
        String text = plain();
        return text != null && NUMBER.matcher(text).matches();
    }

    double number(double fallback, Range range, String remedy) {
        String text = plain();
        if (text == null || !isNumber()) {
            problem("must be a number", remedy);
            return fallback;
        }
        return inRange(Double.parseDouble(text), fallback, range, remedy);
    }

    /** As {@link #number}; what counts is the nearest float, so that {@code 1e-60} is 0. */
    float real(float fallback, Range range, String remedy) {
        String text = plain();
        if (text == null || !isNumber()) {
            problem("must be a number", remedy);
            return fallback;
        }
        return (float) inRange(Float.parseFloat(text), fallback, range, remedy);
    }

    private double inRange(double number, double fallback, Range range, String remedy) {
        if (!range.contains(number)) {
            problem("must be " + range.rule(), remedy);
            return fallback;
        }
        return number;
    }

    /** The least and the greatest value, two different numbers; null, and a problem, where there is something else. */
    double @Nullable [] interval(String remedy) {
        List<Place> items = items(remedy);
        if (items.isEmpty()) {
            return null;
        }
        if (items.size() != 2) {
            problem("must be two numbers", remedy);
            return null;
        }
        double min = items.get(0).number(Double.NaN, Range.any(), remedy);
        double max = items.get(1).number(Double.NaN, Range.any(), remedy);
        if (min >= max) {
            items.get(1).problem("must be above the least value (" + min + ")", "exchange or widen the two");
        }
        return min < max ? new double[] {min, max} : null;
    }

    /** A whole number from {@code min} to {@code max}. */
    long integer(long fallback, long min, long max, String remedy) {
        String text = plain();
        if (text == null || !INTEGER.matcher(text).matches()) {
            problem("must be a whole number", remedy);
            return fallback;
        }
        long number = Long.parseLong(text);
        if (number < min) {
            problem("must be at least " + min, remedy);
            return fallback;
        }
        if (number > max) {
            problem("must be at most " + max, remedy);
            return fallback;
        }
        return number;
    }

    int integer(int fallback, int min, int max, String remedy) {
        return (int) integer((long) fallback, min, max, remedy);
    }

    @Nullable
    Duration duration(String remedy) {
        String text = scalar();
        Duration duration = text == null ? null : Durations.parse(text);
        if (duration == null) {
            problem(Durations.RULE, remedy);
        }
        return duration;
    }

    @Nullable
    Duration duration(Duration most, String remedy) {
        Duration duration = duration(remedy);
        if (duration != null && duration.compareTo(most) > 0) {
            problem("must be at most " + Durations.text(most), remedy);
            return null;
        }
        return duration;
    }

    /** One of a few words. */
    <T> @Nullable T choice(Map<String, T> choices) {
        String text = scalar();
        T chosen = text == null ? null : choices.get(text);
        if (chosen == null) {
            problem(
                    "must be one of " + String.join(", ", choices.keySet()),
                    Suggestion.remedy(text == null ? "" : text, choices.keySet(), "choose one of them"));
        }
        return chosen;
    }

    /** The items of a list that is not empty; none where it is something else. */
    List<Place> items(String remedy) {
        List<Place> items = itemsOrNone(remedy);
        if (items != null && items.isEmpty()) {
            problems.addWithoutValue(this, "must not be empty", remedy);
        }
        return items == null ? List.of() : items;
    }

    /** The items of a list; null where it is something else. */
    @Nullable
    List<Place> itemsOrNone(String remedy) {
        if (!(node instanceof SequenceNode sequence)) {
            problem("must be a list", remedy);
            return null;
        }
        List<Place> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Place(item, path + "[" + items.size() + "]", problems));
        }
        return items;
    }

    /** The different texts of a list that is not empty. */
    List<String> texts(String remedy) {
        List<String> texts = new ArrayList<>();
        for (Place item : items(remedy)) {
            String text = item.text(remedy);
            if (text != null && texts.contains(text)) {
                item.problem("must be listed once", "remove one of the two");
            } else if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** The keys below; null where there is no mapping. */
    @Nullable
    Section section(String remedy) {
        return Section.of(this, remedy);
    }

    /** A scalar without quotes: the only way to write a number. */
    private @Nullable String plain() {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
                ? scalar.getValue()
                : null;
    }
}
