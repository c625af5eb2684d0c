package dev.millrace.modelstate;

import dev.millrace.networks.Seeds;
import dev.millrace.networks.embeddings.Admission;
import dev.millrace.networks.embeddings.EmbeddingSpec;
import dev.millrace.networks.embeddings.EmbeddingTable;
import dev.millrace.serializers.CodecSerializer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.jspecify.annotations.Nullable;

/**
 * The embedding rows of one subtask: each a state entry of its own (key: the shard, namespace: the row), those in use live.
 *
 * <p>An event reads some ten rows and a mini-batch rewrites thousands, mostly the same ones: ids follow a power law. So rows stay
 * live in a bounded, least-recently-used map, are learned there, and are written when they leave it and at the snapshot. A
 * million changed rows would stop the stream for seconds there, so no more than {@link #MOST_CHANGED} wait to be written.
 *
 * <p>A row is looked up by a hash of its id and holds the id. The rare id that meets another's row is told from it and has none.
 *
 * <p>All of it happens inside the sequence of records: {@link #settle} after each record makes room, between two records a row
 * that was handed out stays the one that is learned.
 */
public final class EmbeddingStore {

    static final ValueStateDescriptor<StoredRow> ROWS =
            new ValueStateDescriptor<>("embedding-rows", new CodecSerializer<>(StoredRow.CODEC));
    static final ListStateDescriptor<Long> EXPIRING =
            new ListStateDescriptor<>("embedding-rows-expiring", LongSerializer.INSTANCE);

    /** Of a live row without its values: objects, map entry, the text of the id. */
    private static final int ROW_OVERHEAD_BYTES = 300;

    private static final int MOST_CHANGED = 50_000;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final KeyContext keys;
    private final KeyedStateBackend<Integer> backend;
    private final EmbeddingSpec spec;
    private final long seed;
    private final int[] tableHashes;
    private final Map<Integer, Integer> tablesByHash = new HashMap<>();
    private final NamespacedState<RowName, ValueState<StoredRow>> rows;
    private final NamespacedState<RowName, ListState<Long>> expiring;
    private final LongConsumer schedule;
    private final int liveLimit;
    private final int changedLimit;
    private final EmbeddingCounts[] counts;

    private final LinkedHashMap<LiveName, LiveRow> live = new LinkedHashMap<>(16, 0.75f, true);
    /** The longest changed first; among them some that were written already, when they left the map. */
    private final ArrayDeque<LiveRow> changed = new ArrayDeque<>();

    private final List<LiveRow> learning = new ArrayList<>();
    private final ArrayDeque<float[]>[] spareGradients;

    /** Compared for every id of every event: the id's hash tells nearly all apart, so it goes first. */
    private record LiveName(Object key, RowName row) {

        @Override
        public boolean equals(@Nullable Object object) {
            return object instanceof LiveName other
                    && row.id() == other.row.id()
                    && row.table() == other.row.table()
                    && key.equals(other.key);
        }

        @Override
        public int hashCode() {
            return (int) (row.id() >>> 32) ^ 31 * row.table() ^ key.hashCode();
        }
    }

    /**
     * @param keys the operator, whose current key says whose rows are meant
     * @param seed of the model
     * @param liveBytes memory for live rows
     * @param schedule asks for {@link #expire} at an instant of the current key
     */
    public EmbeddingStore(
            KeyContext keys,
            KeyedStateBackend<Integer> backend,
            EmbeddingSpec spec,
            long seed,
            long liveBytes,
            LongConsumer schedule)
            throws Exception {
        this(keys, backend, spec, seed, liveLimit(spec, liveBytes), MOST_CHANGED, schedule);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    EmbeddingStore(
            KeyContext keys,
            KeyedStateBackend<Integer> backend,
            EmbeddingSpec spec,
            long seed,
            int liveLimit,
            int changedLimit,
            LongConsumer schedule)
            throws Exception {
        this.keys = keys;
        this.backend = backend;
        this.spec = spec;
        this.seed = seed;
        this.liveLimit = liveLimit;
        this.changedLimit = changedLimit;
        this.schedule = schedule;
        int tables = spec.tables().size();
        this.tableHashes = new int[tables];
        this.counts = new EmbeddingCounts[tables];
        this.spareGradients = new ArrayDeque[tables];
        for (int table = 0; table < tables; table++) {
            counts[table] = new EmbeddingCounts();
            spareGradients[table] = new ArrayDeque<>();
            tableHashes[table] = RowName.hashOfTable(spec.tables().get(table).name());
            if (tablesByHash.put(tableHashes[table], table) != null) {
                throw new IllegalArgumentException("embedding table '"
                        + spec.tables().get(table).name()
                        + "' must have a name whose hash no other table has; choose another name");
            }
        }
        this.rows = NamespacedState.values(backend, new CodecSerializer<>(RowName.CODEC), ROWS);
        this.expiring = NamespacedState.lists(backend, new CodecSerializer<>(RowName.CODEC), EXPIRING);
    }

    private static int liveLimit(EmbeddingSpec spec, long liveBytes) {
        long widest = spec.tables().stream()
                .mapToLong(table -> 4L * (table.dimensions() + table.slots()))
                .max()
                .orElse(0);
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, liveBytes / (ROW_OVERHEAD_BYTES + widest)));
    }

    /** Of one table, since the task began. */
    public EmbeddingCounts counts(int table) {
        return counts[table];
    }

    public int liveCount() {
        return live.size();
    }

    public int changedCount() {
        return changed.size();
    }

    /**
     * The row of an id that an event names, which counts as a use. The current key is that of {@code shard}.
     *
     * @param time of the event
     * @param event hash of its id, for admission by chance
     * @return null if the id has no row: it is not admitted yet, or meets the row of another id
     */
    public @Nullable LiveRow use(int shard, int table, String id, long time, long event) throws Exception {
        EmbeddingTable kind = spec.tables().get(table);
        RowName name = new RowName(tableHashes[table], RowName.hashOfId(id));
        LiveRow row = find(table, name);
        if (row == null || isExpired(kind, row, time)) {
            if (kind.admission() instanceof Admission.Chance chance
                    && !chance.admits(Seeds.mix(seed, name.id() ^ Seeds.mix(event)))) {
                counts[table].unadmitted++;
                return null;
            }
            if (row == null) {
                lookAgain(table, name, time);
            } else {
                // The hour that was to drop the row finds the new one.
                row.changed = false;
                counts[table].expired++;
            }
            row = create(table, name, id);
        } else if (!row.id().equals(id)) {
            counts[table].clashes++;
            return null;
        }
        row.countUse(time);
        change(row);
        if (!row.isAdmitted()) {
            if (kind.admission() instanceof Admission.After after && row.occurrences() < after.occurrences()) {
                counts[table].unadmitted++;
                return null;
            }
            row.admit(kind.initialRow(Seeds.ofShard(seed, shard), name.id()), kind.slots());
            counts[table].admitted++;
        }
        return row;
    }

    /**
     * A row that stands for other ids than its own, always admitted. It counts as used, so that it does not expire.
     *
     * @param id that no event has
     */
    public LiveRow useShared(int shard, int table, String id, long time) throws Exception {
        EmbeddingTable kind = spec.tables().get(table);
        RowName name = new RowName(tableHashes[table], RowName.hashOfId(id));
        LiveRow row = find(table, name);
        if (row == null) {
            lookAgain(table, name, time);
            row = create(table, name, id);
            row.admit(kind.initialRow(Seeds.ofShard(seed, shard), name.id()), kind.slots());
        }
        row.countUse(time);
        change(row);
        return row;
    }

    /** The row of an id as it stands, without counting a use. Null if the id has none. */
    public @Nullable LiveRow find(int table, String id) throws Exception {
        LiveRow row = find(table, new RowName(tableHashes[table], RowName.hashOfId(id)));
        return row != null && row.isAdmitted() && row.id().equals(id) ? row : null;
    }

    private @Nullable LiveRow find(int table, RowName name) throws Exception {
        Object key = keys.getCurrentKey();
        LiveName liveName = new LiveName(key, name);
        LiveRow row = live.get(liveName);
        if (row == null) {
            StoredRow stored = rows.at(name).value();
            if (stored == null) {
                return null;
            }
            EmbeddingTable kind = spec.tables().get(table);
            if (stored.values().length > 0 && stored.values().length != kind.dimensions()) {
                throw new IllegalStateException("row '" + stored.id() + "' of embedding table '" + kind.name()
                        + "' must have " + kind.dimensions() + " dimensions, got " + stored.values().length
                        + "; start with as many as it was trained with, or give the table another name");
            }
            counts[table].loaded++;
            row = new LiveRow(key, name, stored, kind.slots());
            live.put(liveName, row);
        }
        return row;
    }

    private LiveRow create(int table, RowName name, String id) {
        LiveRow row = new LiveRow(keys.getCurrentKey(), name, id);
        live.put(new LiveName(row.key, name), row);
        counts[table].created++;
        return row;
    }

    private static boolean isExpired(EmbeddingTable kind, LiveRow row, long time) {
        Duration expireAfter = kind.expireAfter();
        return expireAfter != null && row.lastUse() + expireAfter.toMillis() < time;
    }

    /** For each row that may expire there is one hour to come that looks at it. */
    private void lookAgain(int table, RowName name, long lastUse) throws Exception {
        Duration expireAfter = spec.tables().get(table).expireAfter();
        if (expireAfter != null) {
            long hourEnd = (Math.floorDiv(lastUse + expireAfter.toMillis(), HOUR) + 1) * HOUR;
            expiring.at(new RowName(name.table(), hourEnd)).add(name.id());
            schedule.accept(hourEnd);
        }
    }

    /** Drops the rows of the current key that were last used too long before {@code time}, a full hour that was asked for. */
    public void expire(long time) throws Exception {
        for (int table = 0; table < tableHashes.length; table++) {
            EmbeddingTable kind = spec.tables().get(table);
            Duration expireAfter = kind.expireAfter();
            RowName hour = new RowName(tableHashes[table], time);
            Iterable<Long> ids = expireAfter == null ? null : expiring.at(hour).get();
            if (expireAfter == null || ids == null) {
                continue;
            }
            List<Long> due = new ArrayList<>();
            ids.forEach(due::add);
            expiring.at(hour).clear();
            for (long id : due) {
                LiveRow row = find(table, new RowName(tableHashes[table], id));
                if (row != null && isExpired(kind, row, time)) {
                    forget(row);
                    counts[table].expired++;
                } else if (row != null) {
                    lookAgain(table, row.name, row.lastUse());
                }
                settle();
            }
        }
    }

    private void forget(LiveRow row) {
        live.remove(new LiveName(row.key, row.name));
        row.changed = false;
        rows.at(row.name).clear();
    }

    /**
     * Adds to the gradient of a row, from {@code offset} on, times {@code factor}.
     *
     * @param table of the row
     */
    public void addGradient(int table, LiveRow row, float[] gradients, int offset, float factor) {
        float[] sum = row.gradient();
        if (sum == null) {
            float[] spare = spareGradients[table].poll();
            sum = spare == null ? new float[row.values().length] : spare;
            row.setGradient(sum);
            learning.add(row);
        }
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * gradients[offset + i];
        }
    }

    /** Updates every row that has a gradient, in the order in which they got it. */
    public void learn() {
        for (LiveRow row : learning) {
            int table = tableOf(row);
            float[] gradient = row.gradient();
            if (gradient == null) {
                throw new AssertionError("row '" + row.id() + "' is learned twice");
            }
            spec.tables().get(table).learn(row.values(), row.slots(), gradient, row.nextUpdate());
            Arrays.fill(gradient, 0);
            spareGradients[table].add(gradient);
            row.setGradient(null);
            change(row);
        }
        learning.clear();
    }

    private int tableOf(LiveRow row) {
        Integer table = tablesByHash.get(row.name.table());
        if (table == null) {
            throw new AssertionError("row '" + row.id() + "' is of no table");
        }
        return table;
    }

    private void change(LiveRow row) {
        if (!row.changed) {
            row.changed = true;
            changed.add(row);
        }
    }

    /** Between two records: brings live and changed rows below their limits. The current key stays. */
    public void settle() throws Exception {
        if (live.size() <= liveLimit && changed.size() <= changedLimit) {
            return;
        }
        Object current = keys.getCurrentKey();
        while (changed.size() > changedLimit) {
            write(changed.remove());
        }
        Iterator<LiveRow> eldest = live.values().iterator();
        while (live.size() > liveLimit) {
            LiveRow row = eldest.next();
            eldest.remove();
            write(row);
        }
        keys.setCurrentKey(current);
    }

    /** Writes everything that has changed since the last time. Leaves another current key than it found. */
    public void flush() throws Exception {
        while (!changed.isEmpty()) {
            write(changed.remove());
        }
    }

    private void write(LiveRow row) throws Exception {
        if (row.changed) {
            row.changed = false;
            keys.setCurrentKey(row.key);
            rows.at(row.name).update(row.store());
        }
    }

    /** By the key of each shard what its rows are, all of which are in state after {@link #flush}. Changes the current key. */
    public Map<Integer, RowsDigest> digests() throws Exception {
        flush();
        Map<Integer, RowsDigest> digests = new HashMap<>();
        try (Stream<Tuple2<Integer, RowName>> names = backend.getKeysAndNamespaces(ROWS.getName())) {
            for (Iterator<Tuple2<Integer, RowName>> all = names.iterator(); all.hasNext(); ) {
                Tuple2<Integer, RowName> name = all.next();
                keys.setCurrentKey(name.f0);
                StoredRow row = rows.at(name.f1).value();
                if (row != null && row.values().length > 0) {
                    digests.merge(name.f0, RowsDigest.of(name.f1, row), RowsDigest::plus);
                }
            }
        }
        return digests;
    }
}
