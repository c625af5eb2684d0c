package dev.millrace.networks.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A row-major matrix in native memory that outlives calls, and the way in and out of native memory. */
final class NativeMatrix {

    private final INDArray array;
    private final FloatPointer memory;
    private final int rows;
    private final int count;

    NativeMatrix(int rows, int columns) {
        try (MemoryWorkspace none = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
            this.array = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, 'c');
        }
        this.memory = memoryOf(array);
        this.rows = rows;
        this.count = rows * columns;
    }

    int rows() {
        return rows;
    }

    INDArray array() {
        return array;
    }

    /** Fills the matrix with the values from {@code offset} on. */
    void write(float[] values, int offset) {
        memory.put(values, offset, count);
    }

    /** Copies a matrix to the start of {@code target}, row-major. */
    static void read(INDArray source, int rows, int columns, float[] target) {
        INDArray rowMajor = rows == 1 || columns == 1 || source.ordering() == 'c' ? source : source.dup('c');
        memoryOf(rowMajor).get(target, 0, rows * columns);
    }

    static FloatPointer memoryOf(INDArray array) {
        return new FloatPointer(array.data().addressPointer());
    }
}
