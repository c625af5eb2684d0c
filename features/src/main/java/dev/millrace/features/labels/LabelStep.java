package dev.millrace.features.labels;

import dev.millrace.events.ResolvedLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link LabelCase}.
 *
 * @param next the case from now on; null once it is forgotten
 * @param resolved what to tell the shard, in order
 * @param outcomes what to count
 */
public record LabelStep(@Nullable LabelCase next, List<ResolvedLabel> resolved, List<LabelOutcome> outcomes) {}
