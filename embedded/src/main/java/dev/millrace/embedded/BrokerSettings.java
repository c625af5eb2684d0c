package dev.millrace.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of the embedded broker. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final String BROKER_LISTENER = "PLAINTEXT";

    private BrokerSettings() {}

    static Map<String, String> of(Path data, int brokerPort, int controllerPort, Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>();
        addRoles(settings, data, brokerPort, controllerPort);
        addUnboundedRetention(settings);
        addOneNodeTopics(settings);
        addSmallSize(settings);
        settings.putAll(overrides);
        return settings;
    }

    private static void addRoles(Map<String, String> settings, Path data, int brokerPort, int controllerPort) {
        String controller = FreePorts.LOOPBACK + ":" + controllerPort;
        String broker = BROKER_LISTENER + "://" + FreePorts.LOOPBACK + ":" + brokerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", BROKER_LISTENER);
        settings.put(
                "listener.security.protocol.map", CONTROLLER_LISTENER + ":PLAINTEXT," + BROKER_LISTENER + ":PLAINTEXT");
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
        settings.put("advertised.listeners", broker);
        settings.put("log.dirs", data.toString());
        settings.put("auto.create.topics.enable", "false");
    }

    /** Replayed records carry timestamps of any age. */
    private static void addUnboundedRetention(Map<String, String> settings) {
        String unbounded = Long.toString(Long.MAX_VALUE);
        settings.put("log.retention.ms", "-1");
        settings.put("log.retention.bytes", "-1");
        settings.put("log.message.timestamp.before.max.ms", unbounded);
        settings.put("log.message.timestamp.after.max.ms", unbounded);
        // Segments roll by record time: months of history would become a file a week.
        settings.put("log.roll.ms", unbounded);
        // Offsets of a group that nobody reads at the moment.
        settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    }

    private static void addOneNodeTopics(Map<String, String> settings) {
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
    }

    /** Threads, buffers and waits for one machine that also runs everything else. */
    private static void addSmallSize(Map<String, String> settings) {
        settings.put("metric.reporters", "");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("broker.heartbeat.interval.ms", "200");
        // There is no other broker to turn to when a busy machine keeps this one from its heartbeat.
        settings.put("broker.session.timeout.ms", "120000");
        settings.put("controller.quorum.election.timeout.ms", "200");
        settings.put("controller.quorum.fetch.timeout.ms", "2000");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "2");
        settings.put("background.threads", "2");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
    }
}
