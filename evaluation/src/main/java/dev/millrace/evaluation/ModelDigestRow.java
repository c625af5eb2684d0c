package dev.millrace.evaluation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of a model: how much it learned, and a fingerprint of its weights.
 *
 * @param shards number of shards that the digest is of
 * @param updates mini-batches trained, over all shards
 * @param trainedRows labelled examples trained, over all shards
 * @param partBatchRows labelled examples that wait in part-full mini-batches
 * @param weightsSha256 hexadecimal digest of the parameters of all shards in order, as big-endian floats
 * @param engine what computed
 * @param kernel the code path of the engine that made the bits
 */
public record ModelDigestRow(
        String pipeline,
        String model,
        int shards,
        long updates,
        long trainedRows,
        long partBatchRows,
        String weightsSha256,
        String engine,
        String kernel)
        implements ReportRow {

    public static final String KIND = "model-digest";

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return pipeline + "/" + model + "/" + KIND;
    }

    @Override
    public void describe(ObjectNode json) {
        json.put("shards", shards);
        json.put("updates", updates);
        json.put("trained_rows", trainedRows);
        json.put("part_batch_rows", partBatchRows);
        json.put("weights_sha256", weightsSha256);
        json.put("engine", engine);
        json.put("kernel", kernel);
    }

    static ModelDigestRow read(RowReader row) {
        return new ModelDigestRow(
                row.text("pipeline"),
                row.text("model"),
                row.smallNumber("shards"),
                row.number("updates"),
                row.number("trained_rows"),
                row.number("part_batch_rows"),
                row.text("weights_sha256"),
                row.text("engine"),
                row.text("kernel"));
    }
}
