package dev.millrace.cli.cards;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.evaluation.cards.WeekScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Weeks and their means, for people and as JSON.
 *
 * @param budget k of card precision@k
 * @param stretches groups of weeks; a mean is told of each that has several
 */
public record CardTable(int budget, List<List<WeekScore>> stretches) {

    private static final String ROW = "%-16s %9s %8s %9s %19s %20s%n";

    public CardTable {
        stretches = stretches.stream().map(List::copyOf).toList();
    }

    /** For people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(row("week from", "events", "frauds", "ROC AUC", "average precision", "card precision@" + budget));
        for (List<WeekScore> weeks : stretches) {
            for (WeekScore week : weeks) {
                text.append(row(
                        week.firstDay().toString(),
                        String.format(Locale.ROOT, "%,d", week.events()),
                        String.format(Locale.ROOT, "%,d", week.frauds()),
                        measure(week.rocAuc()),
                        measure(week.averagePrecision()),
                        measure(OptionalDouble.of(week.cardPrecision()))));
            }
            if (weeks.size() > 1) {
                text.append(row(
                        "mean of " + weeks.size() + " weeks",
                        "",
                        "",
                        measure(mean(weeks, WeekScore::rocAuc)),
                        measure(mean(weeks, WeekScore::averagePrecision)),
                        measure(mean(weeks, week -> OptionalDouble.of(week.cardPrecision())))));
            }
        }
        return text.toString();
    }

    /** One object with fixed keys; a measure that is not defined is null. */
    public String toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("budget", budget);
        ArrayNode rows = json.putArray("weeks");
        ArrayNode means = json.putArray("means");
        for (List<WeekScore> weeks : stretches) {
            for (WeekScore week : weeks) {
                ObjectNode row = rows.addObject();
                row.put("first_day", week.firstDay().toString());
                row.put("events", week.events());
                row.put("frauds", week.frauds());
                put(row, week.rocAuc(), week.averagePrecision(), OptionalDouble.of(week.cardPrecision()));
            }
            if (weeks.size() > 1) {
                ObjectNode row = means.addObject();
                row.put("first_day", weeks.get(0).firstDay().toString());
                row.put("weeks", weeks.size());
                put(
                        row,
                        mean(weeks, WeekScore::rocAuc),
                        mean(weeks, WeekScore::averagePrecision),
                        mean(weeks, week -> OptionalDouble.of(week.cardPrecision())));
            }
        }
        return json.toPrettyString() + "\n";
    }

    private static void put(
            ObjectNode row, OptionalDouble rocAuc, OptionalDouble averagePrecision, OptionalDouble cardPrecision) {
        row.put("roc_auc", boxed(rocAuc));
        row.put("average_precision", boxed(averagePrecision));
        row.put("card_precision", boxed(cardPrecision));
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    /** Of the weeks where it is defined. */
    private static OptionalDouble mean(List<WeekScore> weeks, Function<WeekScore, OptionalDouble> measure) {
        List<Double> values = new ArrayList<>();
        weeks.forEach(week -> measure.apply(week).ifPresent(values::add));
        return values.stream().mapToDouble(Double::doubleValue).average();
    }

    private static String row(String... cells) {
        return String.format(Locale.ROOT, ROW, (Object[]) cells).stripTrailing() + System.lineSeparator();
    }

    private static String measure(OptionalDouble value) {
        return value.isEmpty() ? "-" : String.format(Locale.ROOT, "%.4f", value.getAsDouble());
    }
}
