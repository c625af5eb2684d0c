package dev.millrace.networks.dl4j;

import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A matrix in native memory that outlives calls, and the way in and out of it: its numbers in the order in which they lie there. */
final class NativeMatrix implements AutoCloseable {

    private final INDArray array;
    private final FloatPointer memory;
    private final int count;

    private NativeMatrix(int rows, int columns, char order) {
        this.array = Nd4j.create(DataType.FLOAT, new long[] {rows, columns}, order);
        this.memory = new FloatPointer(array.data().addressPointer());
        this.count = rows * columns;
    }

    static NativeMatrix rowMajor(int rows, int columns) {
        return new NativeMatrix(rows, columns, 'c');
    }

    static NativeMatrix columnMajor(int rows, int columns) {
        return new NativeMatrix(rows, columns, 'f');
    }

    INDArray array() {
        return array;
    }

    void write(float[] source, int offset) {
        memory.put(source, offset, count);
    }

    void read(float[] target, int offset) {
        memory.get(target, offset, count);
    }

    /** Any number of times; afterwards reading and writing fail. */
    @Override
    public void close() {
        if (!array.wasClosed()) {
            memory.setNull();
            array.close();
        }
    }
}
