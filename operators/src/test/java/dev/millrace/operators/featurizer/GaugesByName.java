package dev.millrace.operators.featurizer;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.OperatorIOMetricGroup;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A metric group that remembers its gauges, and those of groups below it, as {@code group.key.value.name}. */
final class GaugesByName extends UnregisteredMetricsGroup implements OperatorMetricGroup {

    private final String prefix;
    private final Map<String, Gauge<?>> gauges;

    GaugesByName() {
        this("", new TreeMap<>());
    }

    private GaugesByName(String prefix, Map<String, Gauge<?>> gauges) {
        this.prefix = prefix;
        this.gauges = gauges;
    }

    /** Their values now. */
    Map<String, Object> values() {
        Map<String, Object> values = new TreeMap<>();
        gauges.forEach((name, gauge) -> values.put(name, gauge.getValue()));
        return values;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.put(prefix + name, gauge);
        return gauge;
    }

    @Override
    public MetricGroup addGroup(String name) {
        return new GaugesByName(prefix + name + ".", gauges);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
        return new GaugesByName(prefix + key + "." + value + ".", gauges);
    }

    @Override
    public OperatorIOMetricGroup getIOMetricGroup() {
        throw new UnsupportedOperationException("not asked for");
    }
}
