package dev.millrace.features;

import dev.millrace.events.Event;
import dev.millrace.events.EventSchema;
import dev.millrace.events.FieldType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the ids of one embedding from an event. */
final class IdsOf {

    private static final String[] NONE = {};
    /** Stands in no text that people write. */
    private static final char BETWEEN = '\u001f';

    private final Feature.Embedding feature;
    private final FeatureCounts counts;
    private final Category[] categories;
    private final boolean[] flags;

    IdsOf(EventSchema schema, Feature.Embedding feature, FeatureCounts counts) {
        this.feature = feature;
        this.counts = counts;
        int fields = feature.fields().size();
        this.categories = new Category[fields];
        this.flags = new boolean[fields];
        for (int i = 0; i < fields; i++) {
            categories[i] = new Category(schema, feature.fields().get(i));
            flags[i] = schema.type(feature.fields().get(i)) == FieldType.BOOLEAN;
        }
    }

    String[] of(Event event) {
        String[] ids = read(event);
        if (ids.length == 0) {
            counts.countMissing();
        }
        return ids;
    }

    private String[] read(Event event) {
        Feature.Ids kind = feature.ids();
        if (kind instanceof Feature.Ids.One) {
            String id = checked(categories[0].of(event));
            return id == null ? NONE : new String[] {id};
        } else if (kind instanceof Feature.Ids.Parts parts) {
            return parts(event, parts.separator());
        } else if (kind instanceof Feature.Ids.Cross) {
            String id = cross(event);
            return id == null ? NONE : new String[] {id};
        } else if (kind instanceof Feature.Ids.Bag) {
            return bag(event);
        }
        throw new AssertionError("no ids of " + kind);
    }

    private String[] parts(Event event, String separator) {
        String text = categories[0].of(event);
        if (text == null) {
            return NONE;
        }
        List<String> ids = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int to = text.indexOf(separator, from);
            String part = text.substring(from, to < 0 ? text.length() : to).strip();
            String id = part.isEmpty() ? null : checked(part);
            if (id != null) {
                ids.add(id);
            }
            from = to < 0 ? text.length() + 1 : to + separator.length();
        }
        return ids.toArray(NONE);
    }

    private @Nullable String cross(Event event) {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < categories.length; i++) {
            String value = categories[i].of(event);
            if (value == null) {
                return null;
            }
            if (i > 0) {
                id.append(BETWEEN);
            }
            id.append(value);
        }
        return checked(id.toString());
    }

    private String[] bag(Event event) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < categories.length; i++) {
            String value = categories[i].of(event);
            String field = feature.fields().get(i);
            if (flags[i] && "1".equals(value)) {
                ids.add(field);
            } else if (!flags[i] && value != null) {
                String id = checked(field + BETWEEN + value);
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids.toArray(NONE);
    }

    /** Null where there is none or it is no id. */
    private @Nullable String checked(@Nullable String id) {
        if (id != null && id.length() > Feature.Embedding.LONGEST_ID) {
            counts.countOutOfRange();
            return null;
        }
        return id;
    }
}
