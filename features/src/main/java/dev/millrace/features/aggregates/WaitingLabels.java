package dev.millrace.features.aggregates;

import java.util.Arrays;

/** Labels that came before their events, in the order in which they came; of several for one event the last. */
final class WaitingLabels {

    private static final long[] NONE = {};

    int count;
    long[] eventTimes = NONE;
    long[] ids = NONE;
    long[] labelTimes = NONE;
    byte[] labels = {};

    boolean isEmpty() {
        return count == 0;
    }

    void put(long eventTime, long id, byte label, long labelTime) {
        int at = find(eventTime, id);
        if (at < 0) {
            if (count == eventTimes.length) {
                resize(Math.max(4, 2 * count));
            }
            at = count++;
            eventTimes[at] = eventTime;
            ids[at] = id;
        }
        labels[at] = label;
        labelTimes[at] = labelTime;
    }

    /** Index of an event's label, -1 if none waits. */
    int find(long eventTime, long id) {
        for (int i = 0; i < count; i++) {
            if (eventTimes[i] == eventTime && ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    void remove(int at) {
        int rest = count - at - 1;
        System.arraycopy(eventTimes, at + 1, eventTimes, at, rest);
        System.arraycopy(ids, at + 1, ids, at, rest);
        System.arraycopy(labels, at + 1, labels, at, rest);
        System.arraycopy(labelTimes, at + 1, labelTimes, at, rest);
        count--;
        if (count == 0) {
            resize(0);
        }
    }

    /** Gives up those whose event is before a time; how many. */
    int dropBefore(long time) {
        int before = count;
        for (int i = count - 1; i >= 0; i--) {
            if (eventTimes[i] < time) {
                remove(i);
            }
        }
        return before - count;
    }

    /** Time of the newest event that is waited for; {@link Long#MIN_VALUE} if there is none. */
    long newest() {
        long newest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            newest = Math.max(newest, eventTimes[i]);
        }
        return newest;
    }

    private void resize(int capacity) {
        eventTimes = Arrays.copyOf(eventTimes, capacity);
        ids = Arrays.copyOf(ids, capacity);
        labelTimes = Arrays.copyOf(labelTimes, capacity);
        labels = Arrays.copyOf(labels, capacity);
    }
}
