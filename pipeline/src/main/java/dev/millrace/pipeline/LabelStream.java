package dev.millrace.pipeline;

import dev.millrace.events.RecordLayout;
import java.io.Serializable;

/**
 * One topic of labels.
 *
 * @param name tells it from the others, also in the uids of its operators; empty for the only one of a pipeline that gives
 *     it none
 * @param layout of the label records: its id field names the event, its label is never null
 */
public record LabelStream(String name, String topic, RecordLayout layout) implements Serializable {

    /** The file's path of its topic: what people call it by. */
    public String path() {
        return name.isEmpty() ? "label.topic" : "label.streams." + name + ".topic";
    }
}
