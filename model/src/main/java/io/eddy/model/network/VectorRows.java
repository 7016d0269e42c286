package io.eddy.model.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One weight matrix for several series at once, with the JDK's Vector API (incubating, JEP 414): a block of columns stays in registers while
 * all rows pass, and each weight that is loaded serves four series. Nothing here can be called where {@link Vectors#THERE} is false.
 *
 * <p>The sums are taken in the order of {@link LstmLayer#accumulate}, so that both give the same bits.
 */
final class VectorRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int BLOCK = 2 * LANES;

    private final float[][] rows;
    /** [ceil(columns / BLOCK)][rows * BLOCK]: the columns of a block, row by row; zero beyond the last column. */
    private final float[][] blocks;

    /** @param rows [rows][columns] */
    VectorRows(float[][] rows) {
        this.rows = rows;
        int columns = rows[0].length;
        blocks = new float[(columns + BLOCK - 1) / BLOCK][rows.length * BLOCK];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * BLOCK;
            for (int k = 0; k < rows.length; k++) {
                System.arraycopy(rows[k], from, blocks[block], k * BLOCK, Math.min(BLOCK, columns - from));
            }
        }
    }

    /** The length of z that {@link #accumulate} needs: the columns, rounded up. */
    int width() {
        return blocks.length * BLOCK;
    }

    /**
     * z[i] += rows^T x[i] for i below n.
     *
     * @param x [n or more][rows]
     * @param z [n or more][{@link #width}]; what is beyond the columns stays as it is
     */
    void accumulate(float[][] x, float[][] z, int n) {
        int i = 0;
        for (; i + 3 < n; i += 4) {
            for (int block = 0; block < blocks.length; block++) {
                addBlock(
                        blocks[block],
                        block * BLOCK,
                        x[i],
                        x[i + 1],
                        x[i + 2],
                        x[i + 3],
                        z[i],
                        z[i + 1],
                        z[i + 2],
                        z[i + 3]);
            }
        }
        for (; i < n; i++) {
            LstmLayer.accumulate(rows, x[i], z[i]);
        }
    }

    /** One block of columns for four series. The index must be a multiple of the counter, or the JIT keeps its bounds checks. */
    private static void addBlock(
            float[] w,
            int at,
            float[] xa,
            float[] xb,
            float[] xc,
            float[] xd,
            float[] za,
            float[] zb,
            float[] zc,
            float[] zd) {
        FloatVector a0 = FloatVector.fromArray(SPECIES, za, at);
        FloatVector a1 = FloatVector.fromArray(SPECIES, za, at + LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, zb, at);
        FloatVector b1 = FloatVector.fromArray(SPECIES, zb, at + LANES);
        FloatVector c0 = FloatVector.fromArray(SPECIES, zc, at);
        FloatVector c1 = FloatVector.fromArray(SPECIES, zc, at + LANES);
        FloatVector d0 = FloatVector.fromArray(SPECIES, zd, at);
        FloatVector d1 = FloatVector.fromArray(SPECIES, zd, at + LANES);
        int rows = xa.length;
        for (int k = 0; k < rows; k++) {
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, k * BLOCK);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, k * BLOCK + LANES);
            FloatVector x = FloatVector.broadcast(SPECIES, xa[k]);
            a0 = w0.fma(x, a0);
            a1 = w1.fma(x, a1);
            x = FloatVector.broadcast(SPECIES, xb[k]);
            b0 = w0.fma(x, b0);
            b1 = w1.fma(x, b1);
            x = FloatVector.broadcast(SPECIES, xc[k]);
            c0 = w0.fma(x, c0);
            c1 = w1.fma(x, c1);
            x = FloatVector.broadcast(SPECIES, xd[k]);
            d0 = w0.fma(x, d0);
            d1 = w1.fma(x, d1);
        }
        a0.intoArray(za, at);
        a1.intoArray(za, at + LANES);
        b0.intoArray(zb, at);
        b1.intoArray(zb, at + LANES);
        c0.intoArray(zc, at);
        c1.intoArray(zc, at + LANES);
        d0.intoArray(zd, at);
        d1.intoArray(zd, at + LANES);
    }
}
