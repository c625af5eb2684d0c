package dev.millrace.pipeline;

import dev.millrace.evaluation.alerts.AlertRules;
import java.io.Serializable;

/**
 * The alerts that a pipeline raises.
 *
 * @param topic where they go
 * @param by field of the events that names what is alerted, e.g. a card
 * @param reasons features that are named as reasons at most, 0 to 100
 */
public record AlertOutput(String topic, AlertRules rules, String by, int reasons) implements Serializable {}
