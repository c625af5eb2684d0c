package dev.millrace.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An item of {@code of}: the name of a statistic and, in parentheses, what it is of: {@code count}, {@code mean(amount)},
 * {@code unusual(amount, 4, 90d)}.
 *
 * @param arguments as many as the kind has, each a place of its own
 */
record Statistic(Kind kind, List<Place> arguments) {

    private static final Pattern WRITTEN = Pattern.compile("\\s*([^\\s(),]+)\\s*(\\([^()]*\\))?\\s*");

    /** The word that stands for the label, whatever its field is called. */
    private static final String LABEL = "label";

    /** What there is, and how each is written. */
    enum Kind {
        COUNT("count", "count"),
        SUM("sum(field)", "sum(amount)"),
        MEAN("mean(field)", "mean(amount)"),
        MAX("max(field)", "max(amount)"),
        DEVIATION("deviation(field)", "deviation(amount)"),
        DISTINCT("distinct(field)", "distinct(terminal_id)"),
        SINCE_LAST("since-last", "since-last"),
        RATE("rate(label)", "rate(label)"),
        POSITIVES("positives(label)", "positives(label)"),
        SINCE_POSITIVE("since-positive(label)", "since-positive(label)"),
        POSITIVES_AMONG_LAST("positives-among-last(count)", "positives-among-last(10)"),
        RATIO("ratio(field)", "ratio(amount)"),
        LOG_RATIO("log-ratio(field)", "log-ratio(amount)"),
        Z_SCORE("z-score(field)", "z-score(amount)"),
        UNUSUAL("unusual(field, deviations, past)", "\"unusual(amount, 4, 90d)\", in quotes");

        private static final Map<String, Kind> BY_WORD = new LinkedHashMap<>();

        static {
            for (Kind kind : values()) {
                BY_WORD.put(kind.word(), kind);
            }
        }

        private final String form;
        private final String example;

        Kind(String form, String example) {
            this.form = form;
            this.example = example;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Place argument(int index) {
        return arguments.get(index);
    }

    /** Null, and a problem, where it is none. */
    static @Nullable Statistic read(Place place) {
        String text = place.text("write e.g. count or mean(amount)");
        if (text == null) {
            return null;
        }
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            place.problem(
                    "must be a statistic and, in parentheses, what it is of",
                    "write e.g. count or mean(amount), and in quotes what has a comma: \"unusual(amount, 4, 90d)\"");
            return null;
        }
        String word = matcher.group(1);
        Kind kind = Kind.BY_WORD.get(word);
        if (kind == null) {
            place.problem(
                    "must be one of " + String.join(", ", Kind.BY_WORD.keySet()),
                    Suggestion.remedy(word, Kind.BY_WORD.keySet(), "choose one of them"));
            return null;
        }
        List<String> arguments = arguments(text);
        List<String> wanted = arguments(kind.form);
        boolean fits = arguments.size() == wanted.size()
                && arguments.stream().noneMatch(String::isEmpty)
                && (!wanted.contains(LABEL) || arguments.contains(LABEL));
        if (!fits) {
            place.problem("must be written as " + kind.form, "write e.g. " + kind.example);
            return null;
        }
        return new Statistic(
                kind,
                arguments.stream().map(argument -> place.part(word, argument)).toList());
    }

    /** What stands between the parentheses; empty where there are none. */
    private static List<String> arguments(String written) {
        List<String> arguments = new ArrayList<>();
        int open = written.indexOf('(');
        if (open >= 0) {
            for (String argument :
                    written.substring(open + 1, written.indexOf(')')).split(",", -1)) {
                arguments.add(argument.strip());
            }
        }
        return arguments;
    }
}
