package dev.millrace.events;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The entities that an event belongs to, one id per kind of entity of the pipeline, in the order in which their aggregates
 * are added; null where the event names none.
 */
public final class EntityIds {

    /** Of a pipeline without aggregates. */
    public static final EntityIds NONE = new EntityIds(new String[0]);

    private final @Nullable String[] ids;

    private EntityIds(@Nullable String[] ids) {
        this.ids = ids;
    }

    /** Takes the array over: the caller does not change it afterwards. */
    public static EntityIds of(@Nullable String... ids) {
        return ids.length == 0 ? NONE : new EntityIds(ids);
    }

    /** Number of kinds. */
    public int count() {
        return ids.length;
    }

    /** Null where the event names no entity of this kind. */
    public @Nullable String id(int kind) {
        return ids[kind];
    }

    @Nullable
    String[] ids() {
        return ids;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof EntityIds other && Arrays.equals(ids, other.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
