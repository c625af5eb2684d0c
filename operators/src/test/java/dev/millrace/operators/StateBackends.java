package dev.millrace.operators;

import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;

/** The state backends that every stateful operator is tested on. */
public enum StateBackends {
    HASH_MAP {
        @Override
        public StateBackend create() {
            return new HashMapStateBackend();
        }
    },
    ROCKS_DB {
        @Override
        public StateBackend create() {
            Configuration configuration = new Configuration();
            configuration.setString("state.backend.rocksdb.memory.managed", "false");
            return new EmbeddedRocksDBStateBackend().configure(configuration, StateBackends.class.getClassLoader());
        }
    };

    public abstract StateBackend create();
}
