package dev.millrace.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of the labels of a bounded run.
 *
 * @param remembered events whose labels could still come or change when the input ended
 * @param outcomes number of labels or events by outcome, by the outcome's name
 */
public record LabelCountsRow(String pipeline, String model, long remembered, SortedMap<String, Long> outcomes)
        implements ReportRow {

    public static final String KIND = "label-counts";

    public LabelCountsRow {
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return pipeline + "/" + model + "/" + KIND;
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("remembered", remembered);
        ObjectNode counts = json.putObject("outcomes");
        outcomes.forEach(counts::put);
    }

    static LabelCountsRow read(RowReader row) {
        TreeMap<String, Long> outcomes = new TreeMap<>();
        row.object("outcomes")
                .properties()
                .forEach(entry -> outcomes.put(entry.getKey(), entry.getValue().longValue()));
        return new LabelCountsRow(row.text("pipeline"), row.text("model"), row.number("remembered"), outcomes);
    }
}
