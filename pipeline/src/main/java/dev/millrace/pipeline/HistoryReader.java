package dev.millrace.pipeline;

import dev.millrace.events.FieldType;
import dev.millrace.features.Transform;
import dev.millrace.features.aggregates.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code last}, {@code within} and {@code fields}: the last events of an entity. */
final class HistoryReader {

    private static final int MOST_STEPS = 1_000;
    private static final int MOST_CHANNELS = 20;
    private static final String REMEDY =
            "list what is seen of each event, e.g. [amount, time] or [{amount: [log1p]}, time]";

    private static final Set<FieldType> NUMBERS = EnumSet.of(FieldType.NUMBER);

    private final Fields fields;
    /** The field that holds the time of the events; null for none. */
    private final @Nullable String timeField;

    HistoryReader(Fields fields, @Nullable String timeField) {
        this.fields = fields;
        this.timeField = timeField;
    }

    /** Null only if a problem was found. */
    @Nullable
    History read(Section section, Place lastPlace) {
        int last = lastPlace.integer(0, 1, MOST_STEPS, "set it to the number of steps, e.g. 10");
        Duration within = readWithin(section.optional("within"));
        List<History.Channel> channels = readChannels(section.required("fields", REMEDY));
        return last == 0 || within == null || channels == null ? null : new History(last, within, channels);
    }

    private static @Nullable Duration readWithin(@Nullable Place place) {
        if (place == null) {
            return Defaults.HISTORY_WITHIN;
        }
        String remedy = "set it to how old a step may be, e.g. 30d, or remove it";
        Duration within = place.duration(EntitiesReader.LONGEST_REACH, remedy);
        if (within != null && within.isZero()) {
            place.problem("must be above 0", remedy);
            return null;
        }
        return within;
    }

    private @Nullable List<History.Channel> readChannels(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        List<History.Channel> channels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<Place> items = place.items(REMEDY);
        for (Place item : items) {
            History.Channel channel = item.isMapping() ? readTransformed(item) : readChannel(item, List.of());
            if (channel != null && !names.add(channel.name())) {
                item.problems()
                        .add(new Problem(
                                item.path(),
                                item.line(),
                                channel.name(),
                                "must be listed once",
                                "remove one of the two, or transform one"));
            } else if (channel != null) {
                channels.add(channel);
            }
        }
        if (items.size() > MOST_CHANNELS) {
            place.problems()
                    .add(new Problem(
                            place.path(),
                            place.line(),
                            Integer.toString(items.size()),
                            "must list at most " + MOST_CHANNELS,
                            "leave out what says least"));
            return null;
        }
        return items.isEmpty() || channels.size() < items.size() ? null : channels;
    }

    private History.@Nullable Channel readTransformed(Place item) {
        Section section = item.section(REMEDY);
        Map<String, Place> entries = section == null ? Map.of() : section.all();
        if (entries.size() != 1) {
            item.problem("must be one field and its transforms", "write {amount: [log1p]}");
            return null;
        }
        Map.Entry<String, Place> entry = entries.entrySet().iterator().next();
        if (entry.getKey().equals(timeField)) {
            entry.getValue()
                    .problems()
                    .addWithoutValue(
                            entry.getValue(),
                            "cannot be transformed: a step says ln(1 + seconds) since its event",
                            "write " + timeField);
            return null;
        }
        List<Transform> transforms = TransformsReader.read(entry.getValue());
        return transforms == null ? null : readChannel(item.named(entry.getKey()), transforms);
    }

    private History.@Nullable Channel readChannel(Place place, List<Transform> transforms) {
        if (timeField != null && place.is(timeField)) {
            return new History.Age();
        }
        String field = fields.name(place, NUMBERS);
        return field == null ? null : new History.Value(field, transforms);
    }
}
