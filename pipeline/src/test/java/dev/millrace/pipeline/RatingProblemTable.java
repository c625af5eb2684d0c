package dev.millrace.pipeline;

import java.util.List;

/** The rules of the selection of events, side tables, the range of labels and the weight of rows. */
final class RatingProblemTable {

    private static final String FILE = "ratings.yaml";

    private RatingProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        FILE,
                        "  users: {file: users.csv, key: id, of: user, fields: {age: number, job: id}}",
                        "  Users: {file: users.csv, key: id, of: user, fields: {age: number, job: id}}",
                        "tables.Users must have a name of 1 to 40 small letters, digits, '-' or '_', the first a letter or digit; choose a short one, e.g. items\n"
                                + "features[1].fields[1] must be one of the declared fields, got users.age; did you mean 'Users.age'?\n"
                                + "features[4].per must be one of the declared fields, got users.job; did you mean 'Users.job'?"),
                new Change(
                        FILE,
                        "  users: {file: users.csv, key: id, of: user, fields: {age: number, job: id}}",
                        "  users: users.csv",
                        "tables.users must be a mapping, got users.csv; write file, key, of and fields below it"),
                new Change(
                        FILE,
                        "file: users.csv, ",
                        "",
                        "tables.users.file must be stated; name its CSV file, e.g. items.csv"),
                new Change(
                        FILE,
                        "file: users.csv",
                        "file: users.parquet",
                        "tables.users.file must end in .csv or .csv.gz, got users.parquet; name a CSV file, from the directory of the pipeline file, e.g. items.csv or items.csv.gz"),
                new Change(
                        FILE,
                        "file: users.csv",
                        "file: \"a\\0.csv\"",
                        "tables.users.file must be the path of a file, got a\0.csv; name a CSV file, from the directory of the pipeline file, e.g. items.csv or items.csv.gz"),
                new Change(
                        FILE,
                        "key: id, ",
                        "",
                        "tables.users.key must be stated; name the column that names a row, e.g. item_id"),
                new Change(
                        FILE,
                        "key: id",
                        "key: [id]",
                        "tables.users.key must be a text, got a list; write the name of a column"),
                new Change(
                        FILE,
                        "of: user",
                        "of: usr",
                        "tables.users.of must be one of the declared fields, got usr; did you mean 'user'?"),
                new Change(
                        FILE,
                        "of: user",
                        "of: at",
                        "tables.users.of must be a field of type number or id or string, got timestamp 'at'; declare it so, or take another field"),
                new Change(
                        FILE,
                        "of: user",
                        "of: rating",
                        "tables.users.of must not be the label, which nobody knows when an event is scored, got rating; take another field"),
                new Change(
                        FILE,
                        "of: user",
                        "of: movies.title",
                        "tables.users.of must be one of the declared fields, got movies.title; write one of user, movie, rating, votes, at"),
                new Change(
                        FILE,
                        "{age: number, job: id}",
                        "{age: numbr, job: id}",
                        "tables.users.fields.age must be one of number, boolean, timestamp, id, string, got numbr; did you mean 'number'?"),
                new Change(
                        FILE,
                        ", fields: {age: number, job: id}",
                        "",
                        "tables.users.fields must be stated; declare what is read of a row, e.g. {year: number}"),
                new Change(
                        FILE, "of: user", "of: user, format: csv", "tables.users.format is not a known key; remove it"),
                new Change(
                        FILE,
                        "votes: number",
                        "votes: number, users.age: number",
                        "tables.users must not bring a field that the events have, got users.age; rename one of the two"),
                new Change(
                        FILE,
                        "weight: votes",
                        "weight: users.age",
                        "training.weight must be one of the declared fields, got users.age; write one of user, movie, rating, votes, at"),
                new Change(
                        FILE,
                        "weight: votes",
                        "shard-by: users.job",
                        "training.shard-by must be one of the declared fields, got users.job; write one of user, movie, rating, votes, at"),
                new Change(
                        FILE,
                        "rating >= 1.1",
                        "users.age > 18",
                        "events.where must be one of the declared fields, got users.age; write one of user, movie, rating, votes, at"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "rating >= 1.1 or",
                        "events.where must be comparisons joined by and (and must stand where or stands), got rating >= 1.1 or votes in [1, 2.5] and user != \"it's 7\" and movie is present and…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "(rating >= 1.1) and",
                        "events.where must be comparisons joined by and (nothing of it begins with (), got (rating >= 1.1) and votes in [1, 2.5] and user != \"it's 7\" and movie is present …; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "rating and",
                        "events.where must be comparisons joined by and (a comparison must follow rating, not and), got rating and votes in [1, 2.5] and user != \"it's 7\" and movie is present and at < …; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "rating >= and",
                        "events.where must be comparisons joined by and (and must stand where votes stands), got rating >= and votes in [1, 2.5] and user != \"it's 7\" and movie is present and at…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "= 1.1 and",
                        "events.where must be comparisons joined by and (a field must stand where = stands), got = 1.1 and votes in [1, 2.5] and user != \"it's 7\" and movie is present and at < '…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1 and",
                        "rating = = and",
                        "events.where must be comparisons joined by and (a value must stand where = stands), got rating = = and votes in [1, 2.5] and user != \"it's 7\" and movie is present and a…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "[1, 2.5]",
                        "1",
                        "events.where must be comparisons joined by and ([ must stand where 1 stands), got rating >= 1.1 and votes in 1 and user != \"it's 7\" and movie is present and at < …; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "[1, 2.5]",
                        "[]",
                        "events.where must be comparisons joined by and (a value must stand where ] stands), got rating >= 1.1 and votes in [] and user != \"it's 7\" and movie is present and at <…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "[1, 2.5]",
                        "[1 2.5]",
                        "events.where must be comparisons joined by and (, must stand where 2.5 stands), got rating >= 1.1 and votes in [1 2.5] and user != \"it's 7\" and movie is present and…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "is present",
                        "is here",
                        "events.where must be comparisons joined by and (missing or present must follow is, not here), got rating >= 1.1 and votes in [1, 2.5] and user != \"it's 7\" and movie is here and a…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "at < '2001-09-09 01:46:40'",
                        "at <",
                        "events.where must be comparisons joined by and (it ends where a value must follow), got rating >= 1.1 and votes in [1, 2.5] and user != \"it's 7\" and movie is present an…; write it like amount > 0 and channel in [web, shop] and card is present; texts may be in quotes"),
                new Change(
                        FILE,
                        "rating >= 1.1",
                        "ratin >= 1.1",
                        "events.where must be one of the declared fields, got ratin; did you mean 'rating'?"),
                new Change(
                        FILE,
                        "rating >= 1.1",
                        "rating >= good",
                        "events.where must compare number 'rating' with a number, got good; write it without quotes, e.g. rating > 0"),
                new Change(
                        FILE,
                        "rating >= 1.1",
                        "rating >= '1'",
                        "events.where must compare number 'rating' with a number, got 1; write it without quotes, e.g. rating > 0"),
                new Change(
                        FILE,
                        "user != \"it's 7\"",
                        "user < 7",
                        "events.where must compare id 'user' by one of = != in, got <; write it like user = 7"),
                new Change(
                        FILE,
                        "movie is present",
                        "at in [2024-01-31]",
                        "events.where must compare timestamp 'at' by one of = != < <= > >=, got in; write it like at >= 2024-01-31 and at < 2024-02-28"),
                new Change(
                        FILE,
                        "'2001-09-09 01:46:40'",
                        "yesterday",
                        "events.where must compare timestamp 'at' with a time in ISO 8601, got yesterday; write it like 2024-01-31 or 2024-01-31T06:30:00Z, in quotes with a space instead of the T"),
                new Change(
                        FILE,
                        "  where: rating >= 1.1 and votes in [1, 2.5] and user != \"it's 7\" and movie is present and at < '2001-09-09 01:46:40'",
                        "  where: [rating]",
                        "events.where must be a text, got a list; write a comparison, e.g. amount > 0"),
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
                        "training.weight must not be the label, which nobody knows when an event is scored, got rating; take another field"),
                new Change(
                        "every-key.yaml",
                        "max-ahead: 2h",
                        "max-ahead: 2h\n  where: online > true",
                        "events.where must compare boolean 'online' by one of = !=, got >; write it like online = true"),
                new Change(
                        "every-key.yaml",
                        "max-ahead: 2h",
                        "max-ahead: 2h\n  where: online = yes",
                        "events.where must compare boolean 'online' with true or false, got yes; write online = true"));
    }
}
