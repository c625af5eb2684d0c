package dev.millrace.modelstate;

import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.State;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.internal.InternalKvState;

/**
 * Many entries under one key, each an entry of its own in the backend: the key is the shard, the namespace is the entry.
 * A map state would be one entry in the heap backend, copied as a whole when it is touched during a snapshot.
 *
 * <p>The cast to Flink's internal state stands here and nowhere else.
 *
 * @param <N> names an entry
 * @param <S> the kind of state an entry is
 */
public final class NamespacedState<N, S extends State> {

    private final S state;
    private final InternalKvState<?, N, ?> positioned;

    @SuppressWarnings("unchecked") // every state of a keyed backend is one, with the namespace it was created with
    private NamespacedState(
            KeyedStateBackend<?> backend, TypeSerializer<N> namespaceSerializer, StateDescriptor<S, ?> descriptor)
            throws Exception {
        state = backend.getOrCreateKeyedState(namespaceSerializer, descriptor);
        positioned = (InternalKvState<?, N, ?>) state;
    }

    public static <N, T> NamespacedState<N, ValueState<T>> values(
            KeyedStateBackend<?> backend, TypeSerializer<N> namespaceSerializer, ValueStateDescriptor<T> descriptor)
            throws Exception {
        return new NamespacedState<>(backend, namespaceSerializer, descriptor);
    }

    public static <N, T> NamespacedState<N, ListState<T>> lists(
            KeyedStateBackend<?> backend, TypeSerializer<N> namespaceSerializer, ListStateDescriptor<T> descriptor)
            throws Exception {
        return new NamespacedState<>(backend, namespaceSerializer, descriptor);
    }

    /** The state of the current key's entry {@code namespace}; valid until the next call. */
    public S at(N namespace) {
        positioned.setCurrentNamespace(namespace);
        return state;
    }
}
