package dev.millrace.networks.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An operation of ND4J on arrays that stay, made ready once and run any number of times.
 *
 * <p>Whatever else ND4J offers creates native objects at every call (a context with a random generator, shapes, scalars, some
 * thirty of them for a dense layer there and back) that wait for the garbage collector of a heap in which they weigh next to nothing.
 */
final class NativeCall {

    private final CustomOp operation;
    private final OpContext context;

    private NativeCall(CustomOp operation, OpContext context) {
        this.operation = operation;
        this.context = context;
    }

    /** @param numbers settings of the operation, as ND4J defines it; so are {@code integers} */
    static NativeCall of(String operation, List<INDArray> from, INDArray to, double[] numbers, long... integers) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        for (int i = 0; i < from.size(); i++) {
            context.setInputArray(i, from.get(i));
        }
        context.setOutputArray(0, to);
        if (numbers.length > 0) {
            context.setTArguments(numbers);
        }
        if (integers.length > 0) {
            context.setIArguments(integers);
        }
        return new NativeCall(DynamicCustomOp.builder(operation).build(), context);
    }

    static NativeCall of(String operation, List<INDArray> from, INDArray to) {
        return of(operation, from, to, new double[0]);
    }

    void run() {
        Nd4j.getExecutioner().exec(operation, context);
    }
}
