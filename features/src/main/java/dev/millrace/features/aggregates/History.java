package dev.millrace.features.aggregates;

import dev.millrace.features.Transform;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The last events of an entity as a sequence, the event itself being its last step: of each step whether there is one, then
 * its channels.
 *
 * @param last number of steps, at least 1; the event itself is one of them
 * @param within how old an event may be and still be a step: less than this, as in a window of this width
 * @param channels what is seen of each event, at least one
 */
public record History(int last, Duration within, List<Channel> channels) implements Serializable {

    public History {
        channels = List.copyOf(channels);
        if (last < 1 || channels.isEmpty()) {
            throw new IllegalArgumentException("a history needs at least one step and one channel, got " + last
                    + " steps and " + channels.size() + " channels");
        }
    }

    /** What a step says of its event. */
    public sealed interface Channel extends Serializable {

        String name();
    }

    /** The value of a numeric field after its transforms; NaN where it is missing. */
    public record Value(String field, List<Transform> transforms) implements Channel {
        public Value {
            transforms = List.copyOf(transforms);
        }

        @Override
        public String name() {
            String written = field;
            for (Transform transform : transforms) {
                written = transform.of(written);
            }
            return written;
        }
    }

    /** ln(1 + seconds) from the step's event to the event that is scored; 0 for that one itself. */
    public record Age() implements Channel {
        @Override
        public String name() {
            return "age";
        }
    }

    /** Names of the numbers of one step, {@code present} first; step 1 is the oldest. */
    public List<String> names(String entity, int step) {
        String prefix = entity + ".last[" + step + "].";
        return Stream.concat(Stream.of("present"), channels.stream().map(Channel::name))
                .map(name -> prefix + name)
                .toList();
    }
}
