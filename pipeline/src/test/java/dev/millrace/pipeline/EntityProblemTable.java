package dev.millrace.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of features of entities. */
final class EntityProblemTable {

    private static final String FILE = "entities.yaml";

    private static final String STATISTICS =
            "count, sum, mean, max, deviation, distinct, since-last, rate, positives, since-positive,"
                    + " positives-among-last, ratio, log-ratio, z-score, unusual";

    private EntityProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: terminalid,",
                        "features[2].per must be one of the declared fields, got terminalid; did you mean 'terminal_id'?"),
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: time,",
                        "features[2].per must be a field of type number or id or string, got timestamp 'time'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: fraud,",
                        "features[2].per must not be the label, which nobody knows when an event is scored, got fraud; take another field"),
                new Change(
                        FILE,
                        "{per: terminal_id, windows",
                        "{windows",
                        "features[2].windows makes sense with per only; add the entity, e.g. per: customer_id, or remove it\n"
                                + "features[2].of makes sense with per only; add the entity, e.g. per: customer_id, or remove it\n"
                                + "features[2].delay makes sense with per only; add the entity, e.g. per: customer_id, or remove it\n"
                                + "features[2] must have a field; write field for one, fields for a list of several"),
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: terminal_id, field: amount,",
                        "features[2].field makes no sense with per; remove it, or write a feature of its own"),
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: terminal_id, hash: 16,",
                        "features[2].hash makes no sense with per; remove it, or write a feature of its own"),
                new Change(
                        FILE,
                        "{per: terminal_id,",
                        "{per: terminal_id, window: [1d],",
                        "features[2].window is not a known key; write one of into, last, embedding, name, transform, missing, indicator, range, outside"),
                new Change(
                        FILE,
                        "{per: terminal_id, windows: [30d],",
                        "{per: terminal_id,",
                        "features[2].windows must be stated; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: []",
                        "features[2].windows must not be empty; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: 30d",
                        "features[2].windows must be a list, got 30d; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: [30]",
                        "features[2].windows[0] must be a duration: a whole number and a unit of ms, s, m, h or d, got 30; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: [0d]",
                        "features[2].windows[0] must be above 0, got 0d; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: [3651d]",
                        "features[2].windows[0] must be at most 3650d, got 3651d; list how far back to look, e.g. [1d, 7d, 30d]"),
                new Change(
                        FILE,
                        "windows: [30d]",
                        "windows: [1d, 24h]",
                        "features[2].windows[1] must be listed once, got 24h; remove one of the two"),
                new Change(
                        FILE,
                        "delay: 7d}\n  - {per: c",
                        "delay: -7d}\n  - {per: c",
                        "features[2].delay must be a duration: a whole number and a unit of ms, s, m, h or d, got -7d; set it to how long ago the windows end, e.g. 7d, or remove it"),
                new Change(
                        FILE,
                        "delay: 7d}\n  - {per: c",
                        "delay: 4000d}\n  - {per: c",
                        "features[2].delay must be at most 3650d, got 4000d; set it to how long ago the windows end, e.g. 7d, or remove it"),
                new Change(
                        FILE,
                        ", of: [count, rate(label)]",
                        "",
                        "features[2].of must be stated; list what is computed, e.g. [count, mean(amount)]"),
                new Change(
                        FILE,
                        "of: [count, rate(label)]",
                        "of: []",
                        "features[2].of must not be empty; list what is computed, e.g. [count, mean(amount)]"),
                new Change(
                        FILE,
                        "of: [count, rate(label)]",
                        "of: count",
                        "features[2].of must be a list, got count; list what is computed, e.g. [count, mean(amount)]"),
                new Change(
                        FILE,
                        "of: [count, rate(label)]",
                        "of: [{mean: amount}]",
                        "features[2].of[0] must be a text, got a mapping; write e.g. count or mean(amount)"),
                new Change(
                        FILE,
                        "rate(label)",
                        "averge(amount)",
                        "features[2].of[1] must be one of " + STATISTICS + ", got averge(amount); choose one of them"),
                new Change(
                        FILE,
                        "rate(label)",
                        "Distinkt(terminal_id)",
                        "features[2].of[1] must be one of " + STATISTICS
                                + ", got Distinkt(terminal_id); did you mean 'distinct'?"),
                new Change(
                        FILE,
                        "rate(label)",
                        "mean amount",
                        "features[2].of[1] must be a statistic and, in parentheses, what it is of, got mean amount; write e.g. count or mean(amount), and in quotes what has a comma: \"unusual(amount, 4, 90d)\""),
                new Change(
                        FILE,
                        "rate(label)",
                        "unusual(amount, 3)",
                        "features[2].of[1] must be a statistic and, in parentheses, what it is of, got unusual(amount; write e.g. count or mean(amount), and in quotes what has a comma: \"unusual(amount, 4, 90d)\"\n"
                                + "features[2].of[2] must be a statistic and, in parentheses, what it is of, got 3); write e.g. count or mean(amount), and in quotes what has a comma: \"unusual(amount, 4, 90d)\""),
                new Change(
                        FILE,
                        "rate(label)",
                        "count()",
                        "features[2].of[1] must be written as count, got count(); write e.g. count"),
                new Change(
                        FILE,
                        "rate(label)",
                        "mean",
                        "features[2].of[1] must be written as mean(field), got mean; write e.g. mean(amount)"),
                new Change(
                        FILE,
                        "rate(label)",
                        "rate(fraud)",
                        "features[2].of[1] must be written as rate(label), got rate(fraud); write e.g. rate(label)"),
                new Change(
                        FILE,
                        "rate(label)",
                        "unusual(amount)",
                        "features[2].of[1] must be written as unusual(field, deviations, past), got unusual(amount); write e.g. \"unusual(amount, 4, 90d)\", in quotes"),
                new Change(
                        FILE,
                        "rate(label)",
                        "\"mean(amount, balance)\"",
                        "features[2].of[1] must be written as mean(field), got mean(amount, balance); write e.g. mean(amount)"),
                new Change(
                        FILE,
                        "rate(label)",
                        "mean(amout)",
                        "features[2].of[1].mean must be one of the declared fields, got amout; did you mean 'amount'?"),
                new Change(
                        FILE,
                        "rate(label)",
                        "mean(fraud)",
                        "features[2].of[1].mean must not be the label, which nobody knows when an event is scored, got fraud; take another field"),
                new Change(
                        FILE,
                        "rate(label)",
                        "z-score(online)",
                        "features[2].of[1].z-score must be a field of type number, got boolean 'online'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "rate(label)",
                        "distinct(amount)",
                        "features[2].of[1].distinct must be a field of type id or string, got number 'amount'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "rate(label)",
                        "\"unusual(amount, 0, 90d)\"",
                        "features[2].of[1].unusual must be above 0 and at most 1000, got 0; set it to how many standard deviations above the mean are unusual, e.g. 4"),
                new Change(
                        FILE,
                        "rate(label)",
                        "\"unusual(amount, 4, 0d)\"",
                        "features[2].of[1].unusual must be above 0, got 0d; set it to how far back an event is compared, e.g. 90d"),
                new Change(
                        FILE,
                        "rate(label)",
                        "\"unusual(amount, 4, 90)\"",
                        "features[2].of[1].unusual must be a duration: a whole number and a unit of ms, s, m, h or d, got 90; set it to how far back an event is compared, e.g. 90d"),
                new Change(
                        FILE,
                        "positives-among-last(10)",
                        "positives-among-last(0)",
                        "features[4].of[2].positives-among-last must be at least 1, got 0; set it to how many of the newest labelled events count, e.g. 10"),
                new Change(
                        FILE,
                        "positives-among-last(10)",
                        "positives-among-last(1001)",
                        "features[4].of[2].positives-among-last must be at most 1000, got 1001; set it to how many of the newest labelled events count, e.g. 10"),
                new Change(
                        FILE,
                        "of: [count], name: events of the day",
                        "of: [count, since-last], name: events of the day",
                        "features[6].name makes no sense for several numbers, got events of the day; remove it, or write each statistic on its own"),
                new Change(
                        FILE,
                        ", name: events of the day",
                        ", transform: [log1p]",
                        "features[6].of[0] must not bring an input that features[1].of[0] brings, got input 'log1p(count(customer_id, 1d))'; remove one of the two, or give one another name"),
                new Change(
                        FILE,
                        "online: boolean",
                        "\"count(customer_id, 1d)\": boolean",
                        "features[1].of[0] must not be called as a declared field is, got count(customer_id, 1d); give the declared field another name\n"
                                + "features[6].of[0] must not be called as a declared field is, got count(customer_id, 1d); give the declared field another name"),
                new Change(
                        FILE,
                        "[ratio(amount), log-ratio(amount), z-score(amount), ",
                        "[" + unusual(64) + ", ",
                        "features[5].of[64] must not bring more than 64 times unusual to one entity; remove windows or fields"),
                new Change(
                        FILE,
                        "windows: [1d, 90m]",
                        "windows: [" + minutes(501) + "]",
                        "features[1].of[1] must not bring more than 1000 aggregates to one entity; remove windows or statistics"),
                new Change(
                        FILE,
                        "task: binary",
                        "task: regression",
                        "features[2].of[1] makes sense for a binary task only, where labels are positive or negative, got rate(label); remove it, or change model.task\n"
                                + "features[4].of[0] makes sense for a binary task only, where labels are positive or negative, got positives(label); remove it, or change model.task\n"
                                + "features[4].of[1] makes sense for a binary task only, where labels are positive or negative, got since-positive(label); remove it, or change model.task\n"
                                + "features[4].of[2] makes sense for a binary task only, where labels are positive or negative, got positives-among-last(10); remove it, or change model.task"));
    }

    private static String unusual(int count) {
        return IntStream.rangeClosed(3, count + 2)
                .mapToObj(deviations -> "\"unusual(amount, " + deviations + ", 90d)\"")
                .collect(Collectors.joining(", "));
    }

    private static String minutes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(minutes -> minutes + "m")
                .collect(Collectors.joining(", "));
    }
}
