package io.eddy.train;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's arrays as plain memory, column by column (the first dimension fastest). */
final class Floats {
    private Floats() {}

    /** The numbers of an array: its own memory where that stands in this order already, else a copy. */
    static FloatPointer of(INDArray array) {
        boolean plain = array.dataType() == DataType.FLOAT && isFortran(array);
        INDArray ordered = plain ? array : array.castTo(DataType.FLOAT).dup('f');
        return (FloatPointer) ordered.data().addressPointer();
    }

    /**
     * The same for an array that is written to.
     *
     * @throws IllegalArgumentException if its memory stands in another order
     */
    static FloatPointer written(INDArray array) {
        if (!isFortran(array)) {
            throw new IllegalArgumentException("array: expected its first dimension to be the fastest, found "
                    + Arrays.toString(array.stride()) + " for " + Arrays.toString(array.shape()));
        }
        return of(array);
    }

    /**
     * A new array [batch, units, steps] to be filled as {@link #steps} reads it.
     *
     * @param type of the workspace that it is taken from
     */
    static INDArray sequences(LayerWorkspaceMgr workspaces, ArrayType type, long batch, long units, long steps) {
        return workspaces
                .createUninitialized(type, DataType.FLOAT, new long[] {units, batch, steps}, 'f')
                .permute(1, 0, 2);
    }

    /** The same of given numbers. */
    static INDArray sequences(float[] values, long batch, long units, long steps) {
        return array(values, units, batch, steps).permute(1, 0, 2);
    }

    /**
     * The numbers of an array [batch, units, steps] as our passes want them: the units of one window as neighbours, then its windows, then
     * the steps.
     */
    static FloatPointer steps(INDArray sequences) {
        return of(sequences.permute(1, 0, 2));
    }

    /** An array with the given numbers, which stand column by column. ND4J's own {@code create} puts them in one by one. */
    static INDArray array(float[] values, long... shape) {
        INDArray array = Nd4j.createUninitialized(DataType.FLOAT, shape, 'f');
        of(array).put(values);
        return array;
    }

    private static boolean isFortran(INDArray array) {
        long stride = 1;
        for (int d = 0; d < array.rank(); d++) {
            if (array.size(d) > 1 && array.stride(d) != stride) {
                return false;
            }
            stride *= array.size(d);
        }
        return true;
    }
}
