package dev.millrace.pipeline;

import java.util.List;

/** The rules of embeddings and their tables. */
final class EmbeddingProblemTable {

    private static final String FILE = "embeddings.yaml";

    private EmbeddingProblemTable() {}

    static List<Change> rows() {
        return List.of(
                change(
                        "{field: user, embedding: 1}",
                        "{field: user, embedding: 5000}",
                        "features[0].embedding must be at most 4096, got 5000; write the number of dimensions, e.g. 16, or {dimensions: 16, expire: 90d}"),
                change(
                        "{field: user, embedding: 1}",
                        "{field: user, embedding: {table: users}}",
                        "features[0].embedding.dimensions must be stated; write the number of dimensions, e.g. 16, or {dimensions: 16, expire: 90d}"),
                change(
                        "{field: user, embedding: 1}",
                        "{field: action, embedding: 1}",
                        "features[0].field must be a field of type number or id or string, got boolean 'action'; declare it so, or take another field"),
                change(
                        "{field: user, embedding: 1}",
                        "{field: user, hash: 8, embedding: 1}",
                        "features[0].hash makes no sense with embedding; remove it; a second feature may have it"),
                change(
                        "{field: user, embedding: 1}",
                        "{field: user, missing: 0, embedding: 1}",
                        "features[0].missing makes sense for plain numbers only; write it below embedding, or remove it"),
                change(
                        "{field: user, embedding: 1}",
                        "{per: user, embedding: 1}",
                        "features[0].per makes no sense with embedding; remove it, or write a feature of its own\n"
                                + "features[0] must say what the ids are in one way; write one of field, fields, cross: [a, b] and bag: [a, b]"),
                change(
                        "[user, film], embedding: {dimensions: 8, initial",
                        "[user, film], name: both, embedding: {dimensions: 8, initial",
                        "features[1].name makes no sense for several fields, got both; remove it, or write each field on its own"),
                change(
                        "initial: 0.1",
                        "initial: 11",
                        "features[1].embedding.initial must be from 0 to 10, got 11; 0.05 is usual"),
                change(
                        "optimizer: sgd",
                        "optimizer: ftrl",
                        "features[1].embedding.optimizer must be one of sgd, adagrad, adam, got ftrl; choose one of them"),
                change(
                        "admit-after: 3",
                        "admit-after: 3, admit-with: 0.5",
                        "features[1].embedding.admit-with makes no sense beside admit-after, got 0.5; remove one of the two"),
                change(
                        "expire: 90d",
                        "expire: 0d",
                        "features[1].embedding.expire must be above 0, got 0d; write off, or an event time such as 90d"),
                change(
                        "table: films",
                        "table: \"embedding(film, 8)\"",
                        "features[2].embedding must say of table 'embedding(film, 8)' what features[1].embedding says; write the same dimensions and settings, or name another table"),
                change(
                        "pool: sum",
                        "pool: max",
                        "features[2].embedding.pool must be one of mean, sum, got max; did you mean 'mean'?"),
                change(
                        "split: \"|\"",
                        "split: \"\"",
                        "features[3].split must be the text between two ids, got nothing; write e.g. \"|\""),
                change(
                        "bag: [action, war]",
                        "bag: [action, action]",
                        "features[5].bag[1] must be listed once, got action; remove one of the two"),
                change(
                        "cross: [user, film]",
                        "cross: [user]",
                        "features[4].cross must list at least 2 fields; write field for one"),
                change(
                        "cross: [user, film]",
                        "split: \",\", cross: [user, film]",
                        "features[4].split makes sense with field only, got ,; remove it"),
                change(
                        "{field: age}",
                        "{field: genres, split: \"|\"}",
                        "features[6].split makes sense with embedding only; add embedding: 16, or remove it"),
                change(
                        "{field: user, embedding: 1}",
                        "{field: user, embedding: 2}",
                        "model cannot be built (model.join of fm needs branches of one width at their ends, got 2 of embedding(user, 2), 8 of embedding(user, 8), 8 of embedding(film, 8), 8 of last, 8 of embedding(genres, 8), 8 of embedding(user × film, 8), 8 of embedding(action × war, 8); end each in a dense layer of the same width); change its layers or the features"),
                change(
                        "task: regression",
                        "task: binary",
                        "features[7].of[0] makes sense for a regression only, got mean(label); write rate(label), or change model.task"),
                change(
                        "label: {field: rating}",
                        "label: {field: rating, delay: 1d}",
                        "features[7].of[0] needs labels that are known with their events, got mean(label); remove it, or name the field of the event that holds the label, without a delay"));
    }

    private static Change change(String written, String instead, String message) {
        return new Change(FILE, written, instead, message);
    }
}
