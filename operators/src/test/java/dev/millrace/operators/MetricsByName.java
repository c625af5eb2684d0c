package dev.millrace.operators;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that remembers its gauges and counters, and those of groups below it, as {@code group.key.value.name}. */
public final class MetricsByName extends UnregisteredMetricsGroup implements OperatorMetricGroup {

    private final String prefix;
    private final Map<String, Gauge<?>> metrics;

    public MetricsByName() {
        this("", new TreeMap<>());
    }

    private MetricsByName(String prefix, Map<String, Gauge<?>> metrics) {
        this.prefix = prefix;
        this.metrics = metrics;
    }

    /** Their values now. */
    public Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        metrics.forEach((name, metric) -> values.put(name, metric.getValue()));
        return values;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        metrics.put(prefix + name, gauge);
        return gauge;
    }

    @Override
    public Counter counter(String name) {
        Counter counter = new SimpleCounter();
        metrics.put(prefix + name, counter::getCount);
        return counter;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new MetricsByName(prefix + name + ".", metrics);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new MetricsByName(prefix + key + "." + value + ".", metrics);
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        throw new UnsupportedOperationException("not asked for");
    }
}
