package dev.millrace.pipeline;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The rules of histories and of branches of the model. */
final class BranchProblemTable {

    private static final String FILE = "history.yaml";

    private BranchProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "per: customer_id, last: 3, within",
                        "last: 3, within",
                        "features[0].last makes sense with per only; add the entity, e.g. per: customer_id, or remove it\n"
                                + "features[0].within makes sense with per only; add the entity, e.g. per: customer_id, or remove it\n"
                                + "features[0].fields[1] must be a text, got a mapping; write the name of a declared field\n"
                                + "features[0].fields[2] must be a field of type number or boolean where nothing is made of it, got timestamp 'time'; add cyclic: [hour-of-day, day-of-week]"),
                new Change(
                        FILE,
                        "last: 3",
                        "last: 0",
                        "features[0].last must be at least 1, got 0; set it to the number of steps, e.g. 10"),
                new Change(
                        FILE,
                        "last: 3",
                        "last: 1001",
                        "features[0].last must be at most 1000, got 1001; set it to the number of steps, e.g. 10"),
                new Change(
                        FILE,
                        "last: 3",
                        "last: few",
                        "features[0].last must be a whole number, got few; set it to the number of steps, e.g. 10"),
                new Change(
                        FILE,
                        "within: 30d",
                        "within: 0s",
                        "features[0].within must be above 0, got 0s; set it to how old a step may be, e.g. 30d, or remove it"),
                new Change(
                        FILE,
                        "within: 30d",
                        "within: 3651d",
                        "features[0].within must be at most 3650d, got 3651d; set it to how old a step may be, e.g. 30d, or remove it"),
                new Change(
                        FILE,
                        "within: 30d",
                        "within: 30d, name: past",
                        "features[0].name makes no sense with last; remove it, or write a feature of its own"),
                new Change(
                        FILE,
                        "within: 30d",
                        "windows: [30d]",
                        "features[0].windows makes no sense with last; remove it, or write a feature of its own"),
                new Change(
                        FILE,
                        "within: 30d",
                        "transform: [log1p]",
                        "features[0].transform makes no sense with last; write it with its field, e.g. {amount: [log1p]}"),
                new Change(
                        FILE,
                        "last: 2, fields: [balance]",
                        "last: 2",
                        "features[3].fields must be stated; list what is seen of each event, e.g. [amount, time] or [{amount: [log1p]}, time]"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [" + clips(21) + "]",
                        "features[3].fields must list at most 20, got 21; leave out what says least"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: []",
                        "features[3].fields must not be empty; list what is seen of each event, e.g. [amount, time] or [{amount: [log1p]}, time]"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [balanc]",
                        "features[3].fields[0] must be one of the declared fields, got balanc; did you mean 'balance'?"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [{balanc: [log1p]}]",
                        "features[3].fields[0] must be one of the declared fields, got balanc; did you mean 'balance'?"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [{balance: [log]}]",
                        "features[3].fields[0].balance[0] must be one of log1p, clip, got log; did you mean 'log1p'?"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [opened]",
                        "features[3].fields[0] must be a field of type number, got timestamp 'opened'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [{time: [log1p]}]",
                        "features[3].fields[0].time cannot be transformed: a step says ln(1 + seconds) since its event; write time"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [fraud]",
                        "features[3].fields[0] must not be the label, which nobody knows when an event is scored, got fraud; take another field"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [{balance: [log1p], amount: [log1p]}]",
                        "features[3].fields[0] must be one field and its transforms, got a mapping; write {amount: [log1p]}"),
                new Change(
                        FILE,
                        "fields: [balance]",
                        "fields: [balance, balance]",
                        "features[3].fields[1] must be listed once, got balance; remove one of the two, or transform one"),
                new Change(
                        FILE,
                        "per: terminal_id, last: 2",
                        "per: customer_id, last: 2",
                        "features[3].last must be the only history of its entity, but features[0].last is one; put the fields of both into one"),
                new Change(
                        FILE,
                        "{per: terminal_id, last: 2, fields: [balance]}",
                        "{per: terminal_id, fields: [balance], windows: [1d], of: [since-last]}",
                        "features[3].fields makes sense with last only; add last, the number of events, e.g. 10, or remove it"),
                new Change(
                        FILE,
                        "{per: terminal_id, last: 2, fields: [balance]}",
                        "{per: terminal_id}",
                        "features[3] must say what to know; write windows and of for statistics, last and fields for a history"),
                new Change(
                        FILE,
                        "online: boolean",
                        "\"terminal_id.last[2].present\": boolean",
                        "features[3].last must not be called as a declared field is, got terminal_id.last[2].present; give the declared field another name"),
                new Change(
                        FILE,
                        "fields: [balance]}",
                        "fields: [balance], into: terminl}",
                        "features[3].into must be a branch of the model, got terminl; did you mean 'terminal'?"),
                new Change(
                        FILE,
                        "fields: [balance]}",
                        "fields: [balance], into: terminal}",
                        "features[3].into must not lead to other inputs beside a history, got terminal; give the history a branch of its own"),
                new Change(
                        FILE,
                        "  branches: {terminal: [{dense: 2}], history: [{gru: 8}]}\n  join: concat\n",
                        "",
                        "features[0].into must be a branch of the model, got history; state it, e.g. branches: {history: [{dense: 16}]} in model, or remove it\n"
                                + "features[2].into must be a branch of the model, got terminal; state it, e.g. branches: {terminal: [{dense: 16}]} in model, or remove it\n"
                                + "features[4].into must be a branch of the model, got terminal; state it, e.g. branches: {terminal: [{dense: 16}]} in model, or remove it"),
                new Change(
                        FILE,
                        "{terminal: [{dense: 2}], history",
                        "{terminal: [{dense: 2}], more: [], history",
                        "model.branches.more must have features that go into it; write into: more at a feature, or remove the branch"),
                new Change(
                        FILE,
                        "{terminal: [{dense: 2}], history",
                        "{terminal: [{dense: 2}], '': [], history",
                        "model.branches. must have a name, got a list; name a branch and its layers, e.g. {history: [{gru: 32}]}, or remove it"),
                new Change(
                        "minimal.yaml",
                        "layers: []",
                        "layers: [], branches: {}",
                        "model.branches must not be empty; name a branch and its layers, e.g. {history: [{gru: 32}]}, or remove it"),
                new Change(
                        "minimal.yaml",
                        "layers: []",
                        "layers: [], join: concat",
                        "model.join makes sense with branches only, got concat; remove it"),
                new Change(
                        FILE,
                        "join: concat",
                        "join: dot",
                        "model cannot be built (model.join of dot needs branches of one width at their ends, got 2 of terminal, 8 of history; end each in a dense layer of the same width); change its layers or the features"),
                new Change(
                        FILE,
                        "join: concat",
                        "join: fm",
                        "model cannot be built (model.join of fm needs branches of one width at their ends, got 2 of terminal, 8 of history; end each in a dense layer of the same width); change its layers or the features"),
                new Change(
                        FILE,
                        "{terminal: [{dense: 2}], history: [{gru: 8}]}\n  join: concat\n",
                        "{terminal: [{dense: 2}], history: [{gru: 8}], more: []}\n  join: dot\n",
                        "model.branches.more must have features that go into it; write into: more at a feature, or remove the branch\n"
                                + "model.join must have exactly two branches for dot, not 3; name the two that it multiplies, or join more by fm"),
                new Change(
                        FILE,
                        "{terminal: [{dense: 2}], history: [{gru: 8}]}\n  join: concat\n",
                        "{terminal: [{dense: 2}]}\n  join: fm\n",
                        "features[0].into must be a branch of the model, got history; write one of terminal\n"
                                + "model.join must have at least two branches for fm, not 1; name those that it multiplies"),
                new Change(
                        FILE,
                        "join: concat",
                        "join: sum",
                        "model.join must be one of concat, dot, fm, got sum; did you mean 'fm'?"),
                new Change(
                        FILE,
                        "[{gru: 8}]",
                        "[]",
                        "model.branches.history must not be empty for a history; write e.g. [{gru: 32}], or [flatten]"),
                new Change(
                        FILE,
                        "[{gru: 8}]",
                        "[{sequence: {steps: 3}}, {gru: 8}]",
                        "model.branches.history[0].sequence must come before the layers for sequences; remove it"),
                new Change(
                        FILE,
                        "[{gru: 8}]",
                        "[{gru: 0}]",
                        "model.branches.history[0].gru must be at least 1, got 0; set it to the width of the layer, e.g. 32"),
                new Change(
                        FILE,
                        "[{gru: 8}]",
                        "[{residual: [{gru: 8}]}]",
                        "model cannot be built (model.branches.history[1].residual must end in the shape it begins with, got 3 steps of 3 and 3 steps of 8; make its last layer as wide as the layer before it); change its layers or the features"),
                new Change(
                        FILE,
                        "{dense: 2}",
                        "{gru: 2}",
                        "model.branches.terminal[0].gru needs a sequence; begin the layers with {sequence: {steps: 10}}, or use dense layers"));
    }

    /** So many different channels. */
    private static String clips(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(max -> "{balance: [{clip: {min: 0, max: " + max + "}}]}")
                .collect(Collectors.joining(", "));
    }
}
