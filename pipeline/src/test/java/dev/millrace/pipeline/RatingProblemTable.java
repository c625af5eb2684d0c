package dev.millrace.pipeline;

import java.util.List;

/** The rules of the range of labels and the weight of rows. */
final class RatingProblemTable {

    private static final String FILE = "ratings.yaml";

    private RatingProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "range: [1, 5]",
                        "range: 5",
                        "label.range must be a list, got 5; write the least and the greatest label, e.g. [1, 5]"),
                new Change(
                        FILE,
                        "range: [1, 5]",
                        "range: []",
                        "label.range must not be empty; write the least and the greatest label, e.g. [1, 5]"),
                new Change(
                        FILE,
                        "range: [1, 5]",
                        "range: [1, 3, 5]",
                        "label.range must be two numbers, got a list; write the least and the greatest label, e.g. [1, 5]"),
                new Change(
                        FILE,
                        "range: [1, 5]",
                        "range: [1, five]",
                        "label.range[1] must be a number, got five; write the least and the greatest label, e.g. [1, 5]"),
                new Change(
                        FILE,
                        "range: [1, 5]",
                        "range: [5, 1]",
                        "label.range[1] must be above the least value (5.0), got 1; exchange or widen the two"),
                new Change(
                        FILE,
                        "clip: false",
                        "clip: no",
                        "label.clip must be true or false, got no; write false for scores that may lie beyond the range"),
                new Change(
                        FILE,
                        "range: [1, 5], ",
                        "",
                        "label.clip makes sense with range only, got false; state the range, e.g. range: [1, 5], or remove it"),
                new Change(
                        FILE,
                        "task: regression",
                        "task: binary",
                        "label.range makes sense for a regression only; remove it, or set model.task to regression"),
                new Change(
                        FILE,
                        "weight: votes",
                        "weight: [votes]",
                        "training.weight must be a text, got a list; write the name of a declared field"),
                new Change(
                        FILE,
                        "weight: votes",
                        "weight: vote",
                        "training.weight must be one of the declared fields, got vote; did you mean 'votes'?"),
                new Change(
                        FILE,
                        "weight: votes",
                        "weight: user",
                        "training.weight must be a field of type number, got id 'user'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "weight: votes",
                        "weight: rating",
                        "training.weight must not be the label, which nobody knows when an event is scored, got rating; take another field"));
    }
}
