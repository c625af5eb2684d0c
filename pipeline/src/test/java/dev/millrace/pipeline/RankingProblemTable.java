package dev.millrace.pipeline;

import java.util.List;

/** The rules of rankings. */
final class RankingProblemTable {

    private static final String FILE = "ranking.yaml";

    private RankingProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "  user: user\n",
                        "",
                        "ranking.user must be stated; name the field that says who took the item, e.g. user_id"),
                new Change(
                        FILE,
                        "  item: movie\n",
                        "",
                        "ranking.item must be stated; name the field that says what was taken, e.g. item_id"),
                new Change(
                        FILE,
                        "  item: movie\n",
                        "  item: user\n",
                        "ranking.item must be another field than ranking.user, got user; take another field"),
                new Change(
                        FILE,
                        "  item: movie\n",
                        "  item: film\n",
                        "ranking.item must be one of the declared fields, got film; write one of user, movie, rating, at"),
                new Change(
                        FILE,
                        "  item: movie\n",
                        "  item: at\n",
                        "ranking.item must be a field of type number or id or string, got timestamp 'at'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "[last-pairs, similarity, count]",
                        "[]",
                        "ranking.inputs must not be empty; list what the model sees of an item, e.g. [last-pairs, count]"),
                new Change(
                        FILE,
                        "[last-pairs, similarity, count]",
                        "[last-pairs, similarity, counts]",
                        "ranking.inputs[2] must be one of last-pairs, history-pairs, count, age, history-length, similarity, got counts; did you mean 'count'?"),
                new Change(
                        FILE,
                        "[last-pairs, similarity, count]",
                        "[last-pairs, similarity, last-pairs]",
                        "ranking.inputs[2] must be listed once, got last-pairs; remove one of the two"),
                new Change(
                        FILE,
                        "[last-pairs, similarity, count]",
                        "[last-pairs, count]",
                        "ranking.vectors makes sense with the input similarity only; add similarity to ranking.inputs, or remove it"),
                new Change(
                        FILE,
                        "  vectors: 8\n",
                        "",
                        "ranking.vectors must be stated; set it to the dimensions of the vectors that similarity compares, e.g. 16"),
                new Change(
                        FILE,
                        "vectors: 8",
                        "vectors: 1025",
                        "ranking.vectors must be at most 1024, got 1025; set it to the dimensions of the vectors that similarity compares, e.g. 16"),
                new Change(
                        FILE,
                        "last: 3",
                        "last: 0",
                        "ranking.last must be at least 1, got 0; set it to how many of a user's newest items count most, e.g. 5"),
                new Change(
                        FILE,
                        "last: 3",
                        "last: 101",
                        "ranking.last must be at most 100, got 101; set it to how many of a user's newest items count most, e.g. 5"),
                new Change(
                        FILE,
                        "history: 10",
                        "history: 2",
                        "ranking.history must be at least ranking.last (3), got 2; set it to how many of a user's newest items count at all, e.g. 20"),
                new Change(
                        FILE,
                        "history: 10",
                        "history: 1001",
                        "ranking.history must be at most 1000, got 1001; set it to how many of a user's newest items count at all, e.g. 20"),
                new Change(
                        FILE,
                        "negatives: 12",
                        "negatives: 1001",
                        "ranking.negatives must be at most 1000, got 1001; set it to the number of items drawn beside the one that was taken, e.g. 30"),
                new Change(
                        FILE,
                        "measure: 0.25",
                        "measure: 0",
                        "ranking.measure must be above 0 and at most 1, got 0; set it to the share of events that all items are ranked for, e.g. 0.1; it learns from all"),
                new Change(
                        FILE,
                        "baselines: true",
                        "baselines: yes",
                        "ranking.baselines must be true or false, got yes; write true to see what counting alone would rank"),
                new Change(
                        FILE,
                        "requests: {topic: film-requests}",
                        "requests: film-requests",
                        "ranking.requests must be a mapping, got film-requests; write requests: {topic: NAME}"),
                new Change(
                        FILE,
                        "requests: {topic: film-requests}",
                        "requests: {}",
                        "ranking.requests.topic must be stated; write the name of the Kafka topic that requests come by"),
                new Change(
                        FILE,
                        "requests: {topic: film-requests}",
                        "requests: {topic: ratings}",
                        "ranking.requests.topic must be another topic than events.topic, got ratings; give each its own topic"),
                new Change(
                        FILE,
                        "  requests: {topic: film-requests}\n",
                        "",
                        "output.recommendations makes sense where requests are answered only; state ranking.requests, the topic that they come by, or remove it"),
                new Change(
                        FILE,
                        "{topic: film-recommendations}",
                        "{topic: film-requests}",
                        "output.recommendations.topic must be another topic than ranking.requests.topic, got film-requests; give each its own topic"),
                new Change(
                        FILE,
                        "shard-by: user",
                        "shard-by: movie",
                        "training.shard-by must be ranking.user (user) where requests are answered, got movie; remove it: a request names its user, and nothing else tells its shard"),
                new Change(
                        FILE,
                        "shards: 2",
                        "shards: 2, batch: 8",
                        "training.batch makes no sense in a ranking, where one event is one update; remove it"),
                new Change(
                        FILE,
                        "shards: 2",
                        "shards: 2, max-delay: 1h",
                        "training.max-delay makes no sense in a ranking, where one event is one update; remove it"),
                new Change(
                        FILE,
                        "shards: 2",
                        "shards: 2, negatives: 0.1",
                        "training.negatives makes no sense in a ranking, where one event is one update; remove it; ranking.negatives is the number of items drawn beside the one taken"),
                new Change(
                        FILE,
                        "shards: 2",
                        "shards: 2, weight: rating",
                        "training.weight makes no sense in a ranking, where one event is one update; remove it"),
                new Change(
                        FILE,
                        "task: ranking",
                        "task: regression",
                        "ranking needs the task ranking; set model.task to ranking, or remove it\nmodel.loss must be mean-squared-error, mean-absolute-error or huber for a regression, got listwise-softmax; change it, remove it, or change model.task"),
                new Change(
                        FILE,
                        "task: ranking",
                        "task: ranking\n  join: fm",
                        "model.join makes no sense in a ranking, whose inputs are no features; remove it"),
                new Change(
                        FILE,
                        "task: ranking",
                        "task: ranking\n  branches: {a: []}",
                        "model.branches makes no sense in a ranking, whose inputs are no features; remove it"),
                new Change(
                        FILE,
                        "task: ranking",
                        "task: ranking\n  embeddings: {l2: 0.1}",
                        "model.embeddings makes no sense in a ranking, whose inputs are no features; remove it; similarity among ranking.inputs compares learned vectors"),
                new Change(
                        FILE,
                        "loss: listwise-softmax",
                        "loss: huber",
                        "model.loss must be listwise-softmax for a ranking, got huber; change it, remove it, or change model.task"),
                new Change(
                        FILE,
                        "layers: [{dense: 8}]",
                        "layers: [{sequence: {steps: 1, mask: true}}, {gru: 2}, {pool: last}]",
                        "model.layers[0].sequence.mask needs marks that are not standardised, got last-pairs; begin each step with a boolean field"),
                new Change(
                        FILE,
                        "model:\n",
                        "label: {field: rating}\nmodel:\n",
                        "label makes no sense in a ranking, where every event is an interaction; remove it; events.where chooses the events that count, e.g. rating >= 4"),
                new Change(
                        FILE,
                        "model:\n",
                        "features: [{field: rating}]\nmodel:\n",
                        "features makes no sense in a ranking, whose model sees what its users took; remove it; ranking.inputs says what it sees of that"),
                new Change(
                        FILE,
                        "output:\n",
                        "output:\n  alerts: {by: user}\n",
                        "output.alerts needs a binary task: an alert's score is a probability; remove it, or change model.task"),
                new Change(
                        "every-key-regression.yaml",
                        "task: regression",
                        "task: ranking",
                        "ranking must be stated; name the fields that hold user and item, or change model.task\n"
                                + "label makes no sense in a ranking, where every event is an interaction; remove it; events.where chooses the events that count, e.g. rating >= 4\n"
                                + "features makes no sense in a ranking, whose model sees what its users took; remove it; ranking.inputs says what it sees of that\n"
                                + "model.loss must be listwise-softmax for a ranking, got mean-absolute-error; change it, remove it, or change model.task"),
                new Change(
                        "minimal.yaml",
                        "label:",
                        "ranking: {user: amount}\nlabel:",
                        "ranking needs the task ranking; set model.task to ranking, or remove it"));
    }
}
