package dev.millrace.jobs;

import dev.millrace.connectors.Ingested;
import dev.millrace.events.LabelRecord;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What is read of one topic of labels.
 *
 * @param name of the stream in the pipeline file; empty for the only one of a pipeline that gives it none
 */
record LabelInput(String name, DataStream<Ingested<LabelRecord>> labels) {

    String uid() {
        return uidOf(name);
    }

    String text() {
        return textOf(name);
    }

    /** What the uids of its operators begin with. */
    static String uidOf(String name) {
        return name.isEmpty() ? "labels" : "labels-" + name;
    }

    /** In the names of its operators. */
    static String textOf(String name) {
        return name.isEmpty() ? "labels" : name + " labels";
    }
}
