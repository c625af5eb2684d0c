package dev.millrace.operators.summary;

import dev.millrace.evaluation.LabelCountsRow;
import dev.millrace.evaluation.ModelDigestRow;
import dev.millrace.evaluation.ReportRow;
import dev.millrace.features.labels.LabelOutcome;
import dev.millrace.modelstate.RowsDigest;
import dev.millrace.serializers.CodecSerializer;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Collects what the subtasks report at the end of a bounded input into one row each: the digest of all weights, and what
 * became of all labels. Runs at parallelism 1. A stream without an end never reaches it.
 *
 * <p>State: the reports so far, since the subtasks before it may end before and after a checkpoint. A subtask that is
 * restored at its end reports a second time: the last report of a shard counts.
 */
public final class RunSummary extends AbstractStreamOperator<ReportRow>
        implements OneInputStreamOperator<EndReport, ReportRow>, BoundedOneInput {

    private static final long serialVersionUID = 1L;
    private static final ListStateDescriptor<EndReport> REPORTS =
            new ListStateDescriptor<>("end-reports", new CodecSerializer<>(EndReport.CODEC));

    private final String pipeline;
    private final String model;

    private transient ListState<EndReport> saved;
    private transient List<EndReport> reports;

    @SuppressWarnings("NullAway.Init") // transient fields are built in initializeState
    public RunSummary(String pipeline, String model) {
        this.pipeline = pipeline;
        this.model = model;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        saved = context.getOperatorStateStore().getListState(REPORTS);
        reports = new ArrayList<>();
        saved.get().forEach(reports::add);
    }

    @Override
    public void processElement(StreamRecord<EndReport> element) {
        reports.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        saved.update(reports);
    }

    @Override
    public void endInput() {
        TreeMap<Integer, ModelSnapshot> models = new TreeMap<>();
        Map<Integer, LabelCounts> counts = new TreeMap<>();
        for (EndReport report : reports) {
            if (report instanceof ModelSnapshot snapshot) {
                models.put(snapshot.progress().shard(), snapshot);
            } else if (report instanceof LabelCounts labels) {
                counts.put(labels.subtask(), labels);
            }
        }
        if (!models.isEmpty()) {
            output.collect(new StreamRecord<>(digest(List.copyOf(models.values()))));
        }
        if (!counts.isEmpty()) {
            output.collect(new StreamRecord<>(sum(counts.values())));
        }
    }

    /** @param models in the order of their shards */
    private ModelDigestRow digest(List<ModelSnapshot> models) {
        MessageDigest sha256 = sha256();
        long updates = 0;
        long trainedRows = 0;
        long waitingRows = 0;
        for (ModelSnapshot snapshot : models) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * snapshot.parameters().length);
            bytes.asFloatBuffer().put(snapshot.parameters());
            sha256.update(bytes);
            update(sha256, snapshot.rows());
            updates += snapshot.updates();
            trainedRows += snapshot.progress().trainedRows();
            waitingRows += snapshot.waitingRows();
        }
        return new ModelDigestRow(
                pipeline,
                model,
                models.size(),
                updates,
                trainedRows,
                waitingRows,
                HexFormat.of().formatHex(sha256.digest()),
                models.get(0).engine(),
                models.get(0).kernel());
    }

    /** Nothing where there are no rows: so the digest of a model without embeddings is that of its parameters. */
    private static void update(MessageDigest sha256, RowsDigest rows) {
        if (rows.rows() > 0) {
            sha256.update(ByteBuffer.allocate(5 * Long.BYTES)
                    .putLong(rows.rows())
                    .putLong(rows.a())
                    .putLong(rows.b())
                    .putLong(rows.c())
                    .putLong(rows.d())
                    .array());
        }
    }

    private LabelCountsRow sum(Collection<LabelCounts> subtasks) {
        TreeMap<String, Long> outcomes = new TreeMap<>();
        for (LabelOutcome outcome : LabelOutcome.values()) {
            long sum =
                    subtasks.stream().mapToLong(counts -> counts.count(outcome)).sum();
            outcomes.put(outcome.name().toLowerCase(Locale.ROOT), sum);
        }
        long remembered = subtasks.stream().mapToLong(LabelCounts::remembered).sum();
        return new LabelCountsRow(pipeline, model, remembered, outcomes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
