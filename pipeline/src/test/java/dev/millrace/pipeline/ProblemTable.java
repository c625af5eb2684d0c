package dev.millrace.pipeline;

import java.util.List;

/** The rules of the file, in the order of its sections. */
final class ProblemTable {

    private static final String EVERY_KEY = "every-key.yaml";
    private static final String DELAYED = "every-key-delayed.yaml";
    private static final String MINIMAL = "minimal.yaml";
    private static final String STREAMS = "label-streams.yaml";

    private ProblemTable() {}

    static List<Change> rows() {
        return List.of(
                new Change(
                        EVERY_KEY,
                        "name: card-fraud",
                        "name: card fraud",
                        "name must be 1 to 200 letters, digits, '.', '_' or '-', the first a letter or digit, got card fraud; choose a short one, e.g. card-fraud"),
                new Change(
                        EVERY_KEY,
                        "name: card-fraud",
                        "name: card-fraud\nname: other",
                        "name must be written once; remove one of the two"),
                new Change(
                        EVERY_KEY,
                        "security.protocol: SSL",
                        "security.protocol: [SSL]",
                        "kafka.security.protocol must be a text or a number, got a list; write one value, as Kafka's documentation states it"),
                new Change(
                        EVERY_KEY,
                        "security.protocol: SSL",
                        "enable.auto.commit: true",
                        "kafka.enable.auto.commit is set by the pipeline itself; remove it"),
                new Change(
                        EVERY_KEY,
                        "security.protocol: SSL",
                        "bootstrap.servers: x",
                        "kafka.bootstrap.servers has another name here; write it as bootstrap-servers"),
                new Change(
                        EVERY_KEY,
                        "\"one:9092,two:9092\"",
                        "\"\"",
                        "kafka.bootstrap-servers must be a text, got nothing; write host:port, several separated by commas"),
                new Change(
                        EVERY_KEY,
                        "topic: transactions\n",
                        "topic: my topic\n",
                        "events.topic must be the name of a Kafka topic: 1 to 249 letters, digits, '.', '_' or '-', got my topic; write the name of the topic, e.g. transactions"),
                new Change(
                        EVERY_KEY,
                        "topic: transactions\n",
                        "topic: ..\n",
                        "events.topic must be the name of a Kafka topic: 1 to 249 letters, digits, '.', '_' or '-', got ..; write the name of the topic, e.g. transactions"),
                new Change(
                        EVERY_KEY,
                        "  topic: transactions\n",
                        "",
                        "events.topic must be stated; write the name of the Kafka topic"),
                new Change(
                        EVERY_KEY,
                        "topic: transactions\n",
                        "topic: fraud-labels\n",
                        "label.topic must be another topic than events.topic, got fraud-labels; give each its own topic"),
                new Change(
                        EVERY_KEY,
                        "{topic: fraud-metrics}",
                        "{topic: transactions}",
                        "output.metrics.topic must be another topic than events.topic, got transactions; give each its own topic"),
                new Change(
                        EVERY_KEY,
                        "format: json",
                        "format: avro",
                        "events.format avro is not supported by this release; convert the records to json or csv"),
                new Change(
                        EVERY_KEY,
                        "format: json",
                        "format: xml",
                        "events.format must be json or {csv: [columns]}, got xml; write json, or list the columns of the CSV in order"),
                new Change(
                        MINIMAL,
                        "topic: orders\n",
                        "topic: orders\n  format: {csv: [amount]}\n",
                        "events.fields.late must be one of the CSV columns, got late; write one of amount"),
                new Change(
                        EVERY_KEY,
                        "{csv: [id, outcome, at]}",
                        "{csv: [id, outcome, at, id]}",
                        "label.format.csv[3] must be listed once, got id; remove one of the two"),
                new Change(
                        EVERY_KEY,
                        "amount: number",
                        "amount: numbr",
                        "events.fields.amount must be one of number, boolean, timestamp, id, string, got numbr; did you mean 'number'?"),
                new Change(
                        EVERY_KEY,
                        "amount: number",
                        "amount: {number: card..amount}",
                        "events.fields.amount.number must be keys separated by single dots, got card..amount; write it like card.limit"),
                new Change(
                        EVERY_KEY,
                        "amount: number",
                        "amount: {}",
                        "events.fields.amount must name a type, got a mapping; write a type, or {type: path}, e.g. {number: card.limit}"),
                new Change(
                        EVERY_KEY,
                        "amount: number",
                        "amount: number\n    amount: number",
                        "events.fields.amount must be written once; remove one of the two"),
                new Change(
                        EVERY_KEY,
                        "{timestamp: iso, path: meta.time}",
                        "timestamp",
                        "events.fields.time must say how the time is written, got timestamp; write {timestamp: iso} or another form"),
                new Change(
                        EVERY_KEY,
                        "\"dd.MM.yyyy HH:mm\"",
                        "\"dd.MM.bbb\"",
                        "events.fields.opened.timestamp.pattern must be a pattern of java.time.format.DateTimeFormatter, got dd.MM.bbb; write iso, seconds, millis, micros, nanos or {pattern: \"dd.MM.yyyy HH:mm\", zone: Europe/Berlin}"),
                new Change(
                        EVERY_KEY,
                        "HH:mm\", zone: Europe/Berlin",
                        "HH:mm\", zone: Europe/Berlln",
                        "events.fields.opened.timestamp.zone must be a time zone, got Europe/Berlln; write a name such as Europe/Berlin, or an offset such as +01:00"),
                new Change(
                        EVERY_KEY,
                        "  id: transaction_id\n",
                        "  id: amount\n",
                        "events.id must be a field of type id or string, got number 'amount'; declare it so, or take another field"),
                new Change(
                        EVERY_KEY,
                        "  id: transaction_id\n",
                        "",
                        "label.topic needs events that have an id of their own; state events.id, the field that the labels refer to"),
                new Change(
                        EVERY_KEY,
                        "  time: time\n",
                        "  time: hour\n",
                        "events.time must be a field of type timestamp, got number 'hour'; declare it so, or take another field"),
                new Change(
                        EVERY_KEY,
                        "max-out-of-orderness: 30s",
                        "max-out-of-orderness: -1s",
                        "events.max-out-of-orderness must be a duration: a whole number and a unit of ms, s, m, h or d, got -1s; set it to how late an event may come, e.g. 5s"),
                new Change(
                        EVERY_KEY,
                        "max-out-of-orderness: 30s",
                        "max-out-of-order: 30s",
                        "events.max-out-of-order is not a known key; did you mean 'max-out-of-orderness'?"),
                new Change(
                        EVERY_KEY,
                        "max-ahead: 2h",
                        "max-ahead: never",
                        "events.max-ahead must be a duration: a whole number and a unit of ms, s, m, h or d, got never; write off, or how far clocks may differ, e.g. 1d"),
                new Change(
                        EVERY_KEY,
                        "  topic: fraud-labels\n",
                        "  topic: fraud-labels\n  field: online\n",
                        "label must have only one of topic, streams and field; write topic for labels that come on their own, streams for several such topics, field for labels inside the event"),
                new Change(
                        MINIMAL,
                        "label: {field: late}",
                        "label: {classes: 2}",
                        "label must have a topic, streams or a field; write topic for labels that come on their own, streams for several such topics, field for labels inside the event"),
                new Change(
                        EVERY_KEY,
                        "  id: id\n",
                        "",
                        "label.id must be stated; name the field that holds the id of the labelled event"),
                new Change(
                        EVERY_KEY,
                        "  time: at\n",
                        "  time: id\n",
                        "label.time must be a field of type timestamp, got string 'id'; declare it so, or take another field"),
                new Change(
                        EVERY_KEY,
                        "  value: outcome\n",
                        "",
                        "label.value must be stated; name the field that holds the label"),
                new Change(
                        EVERY_KEY,
                        "value: outcome",
                        "value: outcom",
                        "label.value must be one of the declared fields, got outcom; did you mean 'outcome'?"),
                new Change(
                        EVERY_KEY,
                        "value: outcome",
                        "value: id",
                        "label.value must be another field than the id, got id; name the field that holds the label"),
                new Change(
                        EVERY_KEY,
                        "outcome: string",
                        "outcome: number",
                        "label.value must be a field of type string or id where label.classes lists texts, got number 'outcome'; declare it so, or take another field"),
                new Change(
                        EVERY_KEY,
                        "  classes: [genuine, fraud]\n",
                        "",
                        "label.value must be a field of type number or boolean without label.classes, got string 'outcome'; list the texts in label.classes, the negative first, e.g. [DOWN, UP]"),
                new Change(
                        EVERY_KEY,
                        "[genuine, fraud]",
                        "[genuine, suspicious, fraud]",
                        "label.classes must be two for a binary task, got 3; remove some, or set model.task to multiclass"),
                new Change(
                        EVERY_KEY,
                        "[genuine, fraud]",
                        "[fraud]",
                        "label.classes must be at least two; list the texts of all classes, e.g. [DOWN, UP]"),
                new Change(
                        MINIMAL,
                        "{field: late}",
                        "{field: late, classes: 1}",
                        "label.classes must be at least 2, got 1; list the classes, e.g. [DOWN, UP], or state how many numbers from 0 there are"),
                new Change(
                        MINIMAL,
                        "task: binary",
                        "task: multiclass",
                        "label.classes must be stated; list the classes, e.g. [low, middle, high], or state how many numbers from 0 there are"),
                new Change(
                        MINIMAL,
                        "{field: late}\nfeatures: [{field: amount}]\nmodel: {task: binary",
                        "{field: late, classes: 2}\nfeatures: [{field: amount}]\nmodel: {task: regression",
                        "label.classes makes no sense for a regression, got 2; remove it, or change model.task"),
                new Change(
                        MINIMAL,
                        "late: number}\nlabel: {field: late}\nfeatures: [{field: amount}]\nmodel: {task: binary",
                        "late: boolean}\nlabel: {field: late}\nfeatures: [{field: amount}]\nmodel: {task: regression",
                        "label.field must be a field of type number for a regression, got boolean 'late'; declare it so, or take another field"),
                new Change(
                        MINIMAL,
                        "{field: late}",
                        "{field: lat}",
                        "label.field must be one of the declared fields, got lat; did you mean 'late'?"),
                new Change(
                        MINIMAL,
                        "{field: late}",
                        "{field: late, value: late}",
                        "label.value makes no sense for a label inside the event; remove it; field and events say all of that"),
                new Change(
                        MINIMAL,
                        "{field: late}",
                        "{field: late, missing: drop}",
                        "label.missing makes no sense for a label that is known with its event; remove it, or state the delay after which labels really come"),
                new Change(
                        MINIMAL,
                        "{field: late}",
                        "{field: late, delay: 0s}",
                        "label.delay must be above 0, got 0s; set it to how late labels really come, e.g. 7d, or remove it"),
                new Change(
                        EVERY_KEY,
                        "  wait: 7d\n",
                        "",
                        "label.wait must be stated; set it to how long a label may take before it counts as missing, e.g. 7d"),
                new Change(
                        EVERY_KEY,
                        "keep: 30d",
                        "keep: 6d",
                        "label.keep must be at least label.wait (7d), got 6d; labels that come after keep are lost: raise it, or remove it"),
                new Change(
                        DELAYED,
                        "keep: 14d",
                        "keep: 6d",
                        "label.keep must be at least label.delay (7d), got 6d; labels that come after keep are lost: raise it, or remove it"),
                new Change(
                        EVERY_KEY,
                        "missing: negative",
                        "missing: positive",
                        "label.missing must be one of negative, drop, got positive; choose one of them"),
                new Change(
                        DELAYED,
                        "late: boolean}\nlabel:\n  field: late\n  delay: 7d\n  wait: 3d\n  keep: 14d\n  missing: drop\nfeatures: [{field: amount}]\nmodel:\n  task: binary",
                        "late: number}\nlabel:\n  field: late\n  delay: 7d\n  missing: negative\nfeatures: [{field: amount}]\nmodel:\n  task: regression",
                        "label.missing must be drop unless model.task is binary, got negative; write drop"),
                new Change(
                        MINIMAL,
                        "features: [{field: amount}]",
                        "features: []",
                        "features must not be empty; list what the model sees of an event, e.g. - {field: amount}"),
                new Change(
                        MINIMAL,
                        "features: [{field: amount}]",
                        "features: [{field: late}]",
                        "features[0].field must not be the label, which nobody knows when an event is scored, got late; take another field"),
                new Change(
                        MINIMAL,
                        "features: [{field: amount}]",
                        "features: [{field: amount}, {field: amount}]",
                        "features[1].field must not bring an input that features[0].field brings, got input 'amount'; remove one of the two, or give one another name"),
                new Change(
                        MINIMAL,
                        "features: [{field: amount}]",
                        "features: [{fields: [amount, amount]}]",
                        "features[0].fields[1] must not bring an input that features[0].fields[0] brings, got input 'amount'; remove one of the two, or give one another name"),
                new Change(
                        MINIMAL,
                        "features: [{field: amount}]",
                        "features: [{transform: [log1p]}]",
                        "features[0] must have a field; write field for one, fields for a list of several"),
                new Change(
                        EVERY_KEY,
                        "{fields: [amount, limit], transform",
                        "{fields: [amount, limit], name: both, transform",
                        "features[0].name makes no sense for several fields, got both; remove it, or write each field on its own"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: customer_id}",
                        "features[3].field must be a field of type number or boolean where nothing is made of it, got id 'customer_id'; add hash: 256, or one-hot: [its values]"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: opened}",
                        "features[3].field must be a field of type number or boolean where nothing is made of it, got timestamp 'opened'; add cyclic: [hour-of-day, day-of-week]"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: online, transform: [log1p]}",
                        "features[3].field must be a field of type number to be transformed, got boolean 'online'; write the field alone, without further keys"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: hour, hash: 4, one-hot: [a]}",
                        "features[3] must be of one kind; write transform, cyclic, one-hot or hash; a second feature may have another"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: hour, transform: log1p}",
                        "features[3].transform must be a list, got log1p; list transforms in their order, e.g. [log1p]"),
                new Change(
                        EVERY_KEY,
                        ", log1p]}",
                        ", log]}",
                        "features[0].transform[1] must be one of log1p, clip, got log; did you mean 'log1p'?"),
                new Change(
                        EVERY_KEY,
                        "{min: 0, max: 1000}",
                        "{min: 1000, max: 1000}",
                        "features[0].transform[0].clip.max must be above min (1000.0), got 1000; exchange or widen the two"),
                new Change(
                        EVERY_KEY,
                        "{clip: {min: 0, max: 1000}}",
                        "{clip: {}}",
                        "features[0].transform[0].clip must have min or max; write {clip: {min: 0, max: 1000}}, or one of the two"),
                new Change(
                        EVERY_KEY,
                        "{clip: {min: 0, max: 1000}}",
                        "clip",
                        "features[0].transform[0] clip must have min or max, got clip; write {clip: {min: 0, max: 1000}}, or one of the two"),
                new Change(
                        EVERY_KEY,
                        "{period: 24}",
                        "{period: 0}",
                        "features[2].cyclic.period must be above 0, got 0; write {period: 24} for a number that starts anew every 24"),
                new Change(
                        EVERY_KEY,
                        "day-of-month, ",
                        "day-of-moon, ",
                        "features[4].cyclic[2] must be one of hour-of-day, day-of-week, day-of-month, month-of-year, got day-of-moon; did you mean 'day-of-month'?"),
                new Change(
                        EVERY_KEY,
                        "month-of-year], zone: Europe/Berlin",
                        "month-of-year], zone: Mars",
                        "features[4].zone must be a time zone, got Mars; write a name such as Europe/Berlin, or an offset such as +01:00"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{field: online, zone: UTC}",
                        "features[3].zone makes sense with cyclic only; remove it"),
                new Change(
                        EVERY_KEY,
                        "one-hot: [web, shop]",
                        "one-hot: [web, web]",
                        "features[5].one-hot[1] must be listed once, got web; remove one of the two"),
                new Change(
                        EVERY_KEY,
                        "hash: 256",
                        "hash: 0",
                        "features[6].hash must be at least 1, got 0; set it to the number of buckets, e.g. 256"),
                new Change(
                        EVERY_KEY,
                        "hash: 256",
                        "hash: 1000000",
                        "features[6].hash must be at most 65536, got 1000000; set it to the number of buckets, e.g. 256"),
                new Change(
                        EVERY_KEY,
                        "hash: 256",
                        "embedding: 0",
                        "features[6].embedding must be at least 1, got 0; write the number of dimensions, e.g. 16, or {dimensions: 16, expire: 90d}"),
                new Change(
                        EVERY_KEY,
                        "{field: online}",
                        "{cross: [customer_id, terminal_id]}",
                        "features[3].cross makes sense with embedding only; add embedding: 16, or remove it"),
                new Change(
                        EVERY_KEY,
                        "task: binary",
                        "task: binry",
                        "model.task must be one of binary, multiclass, regression, ranking, got binry; did you mean 'binary'?"),
                new Change(
                        DELAYED,
                        "  layers: []\n",
                        "",
                        "model.layers must be stated; list the hidden layers, e.g. [{dense: 32}]; [] is a linear model"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{dense: 32.5}",
                        "model.layers[2].dense must be a whole number, got 32.5; set it to the width of the layer, e.g. 64"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{gru: 32}",
                        "model.layers[2].gru needs a sequence; begin the layers with {sequence: {steps: 10}}, or use dense layers"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{dropout: 0.1}",
                        "model.layers[2] must not be dropout after dropout; write one with the joint rate"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{activation: relu}",
                        "model.layers[2] must be one of dense, dropout, sequence, lstm, gru, convolution, attention, pool, flatten, normalize, residual; write e.g. {dense: 32, activation: relu} or {dropout: 0.2}"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{rnn: 32}",
                        "model.layers[2].rnn is not supported by this release; use one of dense, dropout, sequence, lstm, gru, convolution, attention, pool, flatten, normalize, residual"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{pool: mean}",
                        "model.layers[2].pool needs a sequence; begin the layers with {sequence: {steps: 10}}, or use dense layers"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "flatten",
                        "model.layers[2] needs a sequence; begin the layers with {sequence: {steps: 10}}, or use dense layers"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}",
                        "model.layers must not end in a sequence; add {pool: last} or flatten at the end"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {mask: true}}, flatten",
                        "model.layers[2].sequence.steps must be stated; write {steps: 10}, the number of steps in a row"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {sequence: {steps: 2}}, flatten",
                        "model.layers[3].sequence must come before the layers for sequences; remove it"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {lstm: {unit: 3, units: 3}}, flatten",
                        "model.layers[3].lstm.unit is not a known key; remove it"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {convolution: {filters: 3}}, flatten",
                        "model.layers[3].convolution.width must be stated; write {filters: 16, width: 3}"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {attention: {heads: 2, units: 5}}, flatten",
                        "model.layers[3].attention must have as many units in each head; write {heads: 2, units: 32}, units a multiple of heads"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {gru: 4, activation: tanh}, flatten",
                        "model.layers[3].activation makes no sense for gru; move it to the dense layer before"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{normalize: rows}",
                        "model.layers[2].normalize must be one of layer, batch, got rows; choose one of them"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{residual: []}",
                        "model.layers[2].residual must not be empty; list the layers whose result is added to their input, e.g. [{dense: 32}]"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 2}}, {residual: [{pool: max}]}, flatten",
                        "model.layers[3].residual must end in the shape it begins with; move the last layer behind it"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{residual: [{dense: 9}]}",
                        "model cannot be built (model.layers[2].residual must end in the shape it begins with, got 64 and 9; make its last layer as wide as the layer before it); change its layers or the features"),
                new Change(
                        EVERY_KEY,
                        "{dense: 32}",
                        "{sequence: {steps: 63}}, flatten",
                        "model cannot be built (model.layers[2].sequence.steps must divide the 64 values before it into steps of one or more channels, got 63; count the inputs of a step); change its layers or the features"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: 0.002, schedule: {}",
                        "model.optimizer.adamw.schedule must have one of step, exponential, inverse, cosine; write e.g. {warm-up: 1000, cosine: {updates: 100000, floor: 0.01}}"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: 0.002, schedule: {step: {factor: 2, every: 10}}",
                        "model.optimizer.adamw.schedule.step.factor must be above 0 and at most 1, got 2; set it to what remains of the learning rate, e.g. 0.5"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: 0.002, schedule: {cosine: {floor: 0.1}}",
                        "model.optimizer.adamw.schedule.cosine.updates must be stated; set it to a number of updates, e.g. 10000"),
                new Change(
                        EVERY_KEY,
                        "positive-weight: 10",
                        "label-smoothing: 1",
                        "model.loss.cross-entropy.label-smoothing must be at least 0 and below 1, got 1; 0.1 is usual"),
                new Change(
                        EVERY_KEY,
                        "seed: 7",
                        "max-norm: 0",
                        "model.max-norm must be above 0, got 0; remove it, or set it to the longest, e.g. 3"),
                new Change(
                        EVERY_KEY,
                        "seed: 7",
                        "initial-weights: {hidden: zeros}",
                        "model.initial-weights.hidden must be one of auto, xavier-uniform, xavier-normal, he-uniform, he-normal, lecun-uniform, lecun-normal, orthogonal, got zeros; choose one of them"),
                new Change(
                        EVERY_KEY,
                        "dropout: 0.2",
                        "dropout: 1",
                        "model.layers[1].dropout must be at least 0 and below 1, got 1; set it to the share of values to drop, e.g. 0.2"),
                new Change(
                        EVERY_KEY,
                        "activation: tanh",
                        "activation: than",
                        "model.layers[0].activation must be one of sigmoid, tanh, relu, softmax, identity, leaky-relu, elu, gelu, got than; did you mean 'tanh'?"),
                new Change(
                        EVERY_KEY,
                        "adamw:",
                        "adm:",
                        "model.optimizer must be one of sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, amsgrad, ftrl, got adm; did you mean 'adam'?"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: 0",
                        "model.optimizer.adamw.learning-rate must be above 0 and at most 1000, got 0; the usual value is 0.001"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: 1e-60",
                        "model.optimizer.adamw.learning-rate must be above 0 and at most 1000, got 1e-60; the usual value is 0.001"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning-rate: \"0.002\"",
                        "model.optimizer.adamw.learning-rate must be a number, got 0.002; the usual value is 0.001"),
                new Change(
                        EVERY_KEY,
                        "learning-rate: 0.002",
                        "learning_rate: 0.002",
                        "model.optimizer.adamw.learning_rate is not a known key; did you mean 'learning-rate'?"),
                new Change(
                        EVERY_KEY,
                        "beta1: 0.8",
                        "beta1: 1",
                        "model.optimizer.adamw.beta1 must be at least 0 and below 1, got 1; the usual value is 0.9"),
                new Change(
                        EVERY_KEY,
                        "weight-decay: 0.05",
                        "weight-decay: 600",
                        "model.optimizer.adamw.weight-decay must be at least 0 and below 1 / learning-rate, got 600; the usual value is 0.01"),
                new Change(
                        EVERY_KEY,
                        "{cross-entropy: {positive-weight: 10}}",
                        "mean-squared-error",
                        "model.loss must be cross-entropy, delayed-feedback, focal or hinge for a binary task, got mean-squared-error; change it, remove it, or change model.task"),
                new Change(
                        MINIMAL,
                        "layers: []}",
                        "layers: [], loss: cross-entropie}",
                        "model.loss must be one of cross-entropy, delayed-feedback, focal, hinge, huber, listwise-softmax, mean-absolute-error, mean-squared-error, got cross-entropie; did you mean 'cross-entropy'?"),
                new Change(
                        EVERY_KEY,
                        "positive-weight: 10",
                        "positive-weight: 0",
                        "model.loss.cross-entropy.positive-weight must be above 0 and at most 1000000, got 0; set it to the factor of the loss of positives, at most negatives / positives"),
                new Change(
                        EVERY_KEY,
                        "l1: 0.001",
                        "l1: -1",
                        "model.l1 must be from 0 to 1, got -1; 0 leaves it out, 0.0001 is usual"),
                new Change(
                        EVERY_KEY,
                        "{value: 5, norm: 1}",
                        "{}",
                        "model.gradient-clipping must have value or norm; write {norm: 1} to shorten long gradients, {value: 1} to cut each component"),
                new Change(
                        EVERY_KEY,
                        "{value: 5, norm: 1}",
                        "{value: 0, norm: 1}",
                        "model.gradient-clipping.value must be above 0, got 0; write {norm: 1} to shorten long gradients, {value: 1} to cut each component"),
                new Change(
                        EVERY_KEY,
                        "seed: 7",
                        "seed: lucky",
                        "model.seed must be a whole number, got lucky; write any whole number, e.g. 42"),
                new Change(
                        EVERY_KEY,
                        "engine: dl4j",
                        "engine: cuda",
                        "model.engine must be one of auto, dl4j, fused, got cuda; choose one of them"),
                new Change(
                        EVERY_KEY,
                        "shards: 4",
                        "shards: 100001",
                        "training.shards must be at most 100000, got 100001; set it to the number of models that share the events out, e.g. 4"),
                new Change(
                        EVERY_KEY,
                        "shards: 4",
                        "shards: 0",
                        "training.shards must be at least 1, got 0; set it to the number of models that share the events out, e.g. 4"),
                new Change(
                        EVERY_KEY,
                        "shard-by: customer_id",
                        "shard-by: customer",
                        "training.shard-by must be one of the declared fields, got customer; write one of transaction_id, customer_id, terminal_id, amount, limit, hour, online, channel, time, opened"),
                new Change(
                        EVERY_KEY,
                        "batch: 128",
                        "batch: 0",
                        "training.batch must be at least 1, got 0; set it to the number of rows per update, e.g. 256"),
                new Change(
                        EVERY_KEY,
                        "batch: 128",
                        "batch: many",
                        "training.batch must be a whole number, got many; set it to the number of rows per update, e.g. 256"),
                new Change(
                        EVERY_KEY,
                        "max-delay: 1h",
                        "max-delay: 0s",
                        "training.max-delay must be above 0, got 0s; write off, or an event time such as 1h"),
                new Change(
                        EVERY_KEY,
                        "delivery: exactly-once",
                        "delivery: exactly_once",
                        "output.delivery must be one of at-least-once, exactly-once, got exactly_once; did you mean 'exactly-once'?"),
                new Change(
                        EVERY_KEY,
                        "per-day: 50",
                        "per-day: 0",
                        "output.alerts.per-day must be at least 1, got 0; set it to the number of cards that are looked at a day, e.g. 100"),
                new Change(
                        EVERY_KEY,
                        "per-day: 50",
                        "per-day: 10001",
                        "output.alerts.per-day must be at most 10000, got 10001; set it to the number of cards that are looked at a day, e.g. 100"),
                new Change(
                        EVERY_KEY,
                        "per-day: 50",
                        "perday: 50",
                        "output.alerts.perday is not a known key; did you mean 'per-day'?"),
                new Change(
                        EVERY_KEY,
                        "zone: Europe/Berlin, above",
                        "zone: Berlin, above",
                        "output.alerts.zone must be a time zone, got Berlin; write a name such as Europe/Berlin, or an offset such as +01:00"),
                new Change(
                        EVERY_KEY,
                        "above: 0.9",
                        "above: 1",
                        "output.alerts.above must be above 0 and below 1, got 1; set it to the score beyond which nobody should wait, e.g. 0.9, or remove it"),
                new Change(
                        EVERY_KEY,
                        "by: customer_id, reasons",
                        "by: card_id, reasons",
                        "output.alerts.by must be one of the declared fields, got card_id; write one of transaction_id, customer_id, terminal_id, amount, limit, hour, online, channel, time, opened"),
                new Change(
                        EVERY_KEY,
                        "reasons: 3",
                        "reasons: -1",
                        "output.alerts.reasons must be at least 0, got -1; set it to the number of features that explain a score, e.g. 5"),
                new Change(
                        EVERY_KEY,
                        "{topic: fraud-alerts,",
                        "{topic: fraud-metrics,",
                        "output.alerts.topic must be another topic than output.metrics.topic, got fraud-metrics; give each its own topic"),
                new Change(
                        MINIMAL,
                        "model:",
                        "output: {alerts: {per-day: 10}}\nmodel:",
                        "output.alerts.by must be stated; name the field that says what is alerted, e.g. a card or a customer"),
                new Change(
                        MINIMAL,
                        "model: {task: binary",
                        "output: {alerts: {by: amount}}\nmodel: {task: regression",
                        "output.alerts needs a binary task: an alert's score is a probability; remove it, or change model.task"),
                new Change(
                        MINIMAL,
                        "model:",
                        "output: {alerts: everything}\nmodel:",
                        "output.alerts must be a mapping, got everything; write alerts: {by: customer_id, per-day: 100}"),
                new Change(
                        EVERY_KEY,
                        "{topic: fraud-metrics}",
                        "fraud-metrics",
                        "output.metrics must be a mapping, got fraud-metrics; write metrics: {topic: card-fraud-metrics}"),
                new Change(
                        EVERY_KEY,
                        "{topic: fraud-metrics}",
                        "{}",
                        "output.metrics.topic must be stated; write the name of the topic"),
                new Change(
                        EVERY_KEY,
                        "[genuine, fraud]",
                        "[fraud, fraud]",
                        "label.classes[1] must be listed once, got fraud; remove one of the two"),
                new Change(
                        EVERY_KEY,
                        "  topic: fraud-labels\n",
                        "  topic: fraud-labels\n  delay: 7d\n",
                        "label.delay makes no sense for a label with a topic of its own; remove it: the label's time says how late it came"),
                new Change(
                        MINIMAL,
                        "topic: orders",
                        "topic: minimal-metrics",
                        "output.metrics.topic must be another topic than events.topic, got minimal-metrics; give each its own topic"),
                new Change(
                        EVERY_KEY,
                        "  id: transaction_id\n",
                        "  id: transactionid\n",
                        "events.id must be one of the declared fields, got transactionid; did you mean 'transaction_id'?"),
                new Change(
                        STREAMS,
                        "label:\n",
                        "label:\n  topic: cases\n",
                        "label must have only one of topic, streams and field; write topic for labels that come on their own, streams for several such topics, field for labels inside the event"),
                new Change(
                        STREAMS,
                        "  wait: 1d\n",
                        "  wait: 1d\n  value: finding\n",
                        "label.value makes no sense beside streams; state it of each stream"),
                new Change(
                        STREAMS,
                        "  wait: 1d\n",
                        "  wait: 1d\n  delay: 1d\n",
                        "label.delay makes no sense for a label with a topic of its own; remove it: the label's time says how late it came"),
                new Change(
                        STREAMS,
                        "    chargebacks:\n",
                        "    charge_backs:\n",
                        "label.streams.charge_backs must have a name of 1 to 40 small letters, digits or '-', the first a letter or digit; choose a short one, e.g. chargebacks"),
                new Change(
                        STREAMS,
                        "    chargebacks:\n",
                        "    feedback:\n",
                        "label.streams.feedback must be written once; remove one of the two"),
                new Change(
                        STREAMS,
                        "topic: chargebacks",
                        "topic: cases",
                        "label.streams.chargebacks.topic must be another topic than label.streams.feedback.topic, got cases; give each its own topic"),
                new Change(
                        STREAMS,
                        "      id: reference\n",
                        "",
                        "label.streams.chargebacks.id must be stated; name the field that holds the id of the labelled event"),
                new Change(
                        STREAMS,
                        "value: verdict",
                        "value: finding",
                        "label.streams.chargebacks.value must be one of the declared fields, got finding; write one of reference, verdict"),
                new Change(
                        STREAMS,
                        "verdict: string}",
                        "verdict: number}",
                        "label.streams.chargebacks.value must be a field of type string or id where label.classes lists texts, got number 'verdict'; declare it so, or take another field"),
                new Change(
                        STREAMS,
                        "      time: closed\n",
                        "      time: closed\n      wait: 1d\n",
                        "label.streams.feedback.wait is not a known key; write one of format"),
                new Change(
                        STREAMS,
                        "  id: payment\nlabel:",
                        "label:",
                        "label.streams needs events that have an id of their own; state events.id, the field that the labels refer to"),
                new Change(
                        STREAMS,
                        "[genuine, fraud]",
                        "[genuine, unclear, fraud]",
                        "label.classes must be two for a binary task, got 3; remove some, or set model.task to multiclass"),
                new Change(
                        STREAMS,
                        "  missing: negative\n",
                        "  missing: drop\n",
                        "model.loss needs labels that count as negative while they are missing, got delayed-feedback; set label.missing to negative, or write cross-entropy"),
                new Change(
                        STREAMS,
                        "positive-weight: 3",
                        "positive-weight: 0",
                        "model.loss.delayed-feedback.positive-weight must be above 0 and at most 1000000, got 0; set it to the factor of the loss of positives, at most negatives / positives"),
                new Change(
                        STREAMS,
                        "negatives: 0.1",
                        "negatives: 0",
                        "training.negatives must be above 0 and at most 1, got 0; set it to the share of negatives that is learned from, e.g. 0.1"),
                new Change(
                        MINIMAL,
                        "late: number}\nlabel: {field: late}\nfeatures: [{field: amount}]\nmodel: {task: binary",
                        "late: number}\ntraining: {negatives: 0.5}\nlabel: {field: late}\nfeatures: [{field: amount}]\nmodel: {task: regression",
                        "training.negatives makes sense for a binary task only, got 0.5; remove it"));
    }
}
