package io.eddy.train;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** ND4J's arrays as plain memory, column by column (the first dimension fastest), and products of such matrices. */
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

    private static boolean isFortran(INDArray array) {
        long[] strides = new long[array.rank()];
        long stride = 1;
        for (int d = 0; d < strides.length; d++) {
            strides[d] = stride;
            stride *= array.size(d);
        }
        return Arrays.equals(strides, array.stride());
    }

    /** result = a b + keep * result with a [m, k] and b [k, n], each stored transposed where it says so. */
    static void multiply(
            boolean transposeA,
            boolean transposeB,
            int m,
            int n,
            int k,
            FloatPointer a,
            FloatPointer b,
            float keep,
            FloatPointer result) {
        cblas_sgemm(
                CblasColMajor,
                transposeA ? CblasTrans : CblasNoTrans,
                transposeB ? CblasTrans : CblasNoTrans,
                m,
                n,
                k,
                1,
                a,
                transposeA ? k : m,
                b,
                transposeB ? n : k,
                keep,
                result,
                m);
    }
}
