package dev.millrace.pipeline;

import java.util.List;

/** The rules of numbers that are missing or out of range. */
final class GapProblemTable {

    private static final String FILE = "gaps.yaml";

    private GapProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "missing: 18",
                        "missing: zero",
                        "features[0].missing must be mean or a number, got zero; write mean, or what a missing value counts as, e.g. 0"),
                new Change(
                        FILE,
                        "missing: 18",
                        "missing: \"18\"",
                        "features[0].missing must be mean or a number, got 18; write mean, or what a missing value counts as, e.g. 0"),
                new Change(
                        FILE,
                        "missing: 18",
                        "missing: 1e16",
                        "features[0].missing must be from -1000000000000000 to 1000000000000000, got 1e16; take another number, or write mean"),
                new Change(
                        FILE,
                        "indicator: false",
                        "indicator: yes",
                        "features[1].indicator must be true or false, got yes; write true for an input that says where the value is missing"),
                new Change(
                        FILE,
                        "range: [0, 1000]",
                        "range: 1000",
                        "features[0].range must be a list, got 1000; write the least and the greatest value, e.g. [0, 1000]"),
                new Change(
                        FILE,
                        "range: [0, 1000]",
                        "range: []",
                        "features[0].range must not be empty; write the least and the greatest value, e.g. [0, 1000]"),
                new Change(
                        FILE,
                        "range: [0, 1000]",
                        "range: [0]",
                        "features[0].range must be two numbers, got a list; write the least and the greatest value, e.g. [0, 1000]"),
                new Change(
                        FILE,
                        "range: [0, 1000]",
                        "range: [0, many]",
                        "features[0].range[1] must be a number, got many; write the least and the greatest value, e.g. [0, 1000]"),
                new Change(
                        FILE,
                        "range: [0, 1000]",
                        "range: [0, 0]",
                        "features[0].range[1] must be above the least value (0.0), got 0; exchange or widen the two"),
                new Change(
                        FILE,
                        "outside: clip",
                        "outside: clipp",
                        "features[0].outside must be one of missing, clip, got clipp; did you mean 'clip'?"),
                new Change(
                        FILE,
                        "range: [0, 1000], ",
                        "",
                        "features[0].outside makes sense with range only, got clip; state the range, e.g. range: [0, 1000], or remove it"),
                new Change(
                        FILE,
                        "{field: online}",
                        "{field: online, missing: mean}",
                        "features[4].field must be a field of type number for missing, indicator, range, outside, got boolean 'online'; write the field alone, without further keys"),
                new Change(
                        FILE,
                        "hash: 4",
                        "hash: 4, indicator: true",
                        "features[5].indicator makes sense for plain numbers only; remove it"),
                new Change(
                        FILE,
                        "hash: 4",
                        "hash: 4, one-hot: [a], indicator: true",
                        "features[5] must be of one kind; write transform, cyclic, one-hot or hash; a second feature may have another"),
                new Change(
                        FILE,
                        "last: 2,",
                        "last: 2, missing: 0,",
                        "features[3].missing makes no sense with last; remove it: what a step lacks is missing"),
                new Change(
                        FILE,
                        "missing: 604800",
                        "missing: week",
                        "features[2].missing must be mean or a number, got week; write mean, or what a missing value counts as, e.g. 0"));
    }
}
