package io.eddy.model.network;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gates and the cells of a {@link LstmLayer} with the JDK's Vector API (incubating, JEP 414), to the same bits. Of loops over arrays as short as these the
 * JIT leaves the first and the last numbers to be computed one by one, and they take longer than all between. The lines of {@link Activations#tanh} stand in
 * both loops: a vector that a method of our own returns becomes an object as soon as the JIT does not inline it. Nothing here can be called where
 * {@link Vectors#THERE} is false.
 */
final class VectorCells {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private VectorCells() {}

    /** z = slope tanh(slope z) + offset, of the first numbers; the result is how many of them were whole vectors. */
    static int activate(float[] z, float[] slope, float[] offset) {
        int whole = SPECIES.loopBound(slope.length);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector steep = FloatVector.fromArray(SPECIES, slope, j);
            FloatVector x = steep.mul(FloatVector.fromArray(SPECIES, z, j))
                    .min(Activations.LIMIT)
                    .max(-Activations.LIMIT);
            FloatVector s = x.mul(x);
            FloatVector p = s.fma(Activations.P13, Activations.P11);
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P9));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P7));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P5));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P3));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P1));
            FloatVector q = s.fma(Activations.Q6, Activations.Q4);
            q = q.fma(s, FloatVector.broadcast(SPECIES, Activations.Q2));
            q = q.fma(s, FloatVector.broadcast(SPECIES, Activations.Q0));
            steep.fma(x.mul(p).div(q), FloatVector.fromArray(SPECIES, offset, j))
                    .intoArray(z, j);
        }
        return whole;
    }

    /**
     * c = f c + i g; h = o tanh(c); the result is as above.
     *
     * @param z [4 * hidden or more]: i, f, g and o
     */
    static int update(float[] z, float[] h, float[] c) {
        int hidden = h.length;
        int whole = SPECIES.loopBound(hidden);
        for (int j = 0; j < whole; j += LANES) {
            FloatVector fresh =
                    FloatVector.fromArray(SPECIES, z, j).mul(FloatVector.fromArray(SPECIES, z, 2 * hidden + j));
            FloatVector cell =
                    FloatVector.fromArray(SPECIES, z, hidden + j).fma(FloatVector.fromArray(SPECIES, c, j), fresh);
            cell.intoArray(c, j);
            FloatVector x = cell.min(Activations.LIMIT).max(-Activations.LIMIT);
            FloatVector s = x.mul(x);
            FloatVector p = s.fma(Activations.P13, Activations.P11);
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P9));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P7));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P5));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P3));
            p = p.fma(s, FloatVector.broadcast(SPECIES, Activations.P1));
            FloatVector q = s.fma(Activations.Q6, Activations.Q4);
            q = q.fma(s, FloatVector.broadcast(SPECIES, Activations.Q2));
            q = q.fma(s, FloatVector.broadcast(SPECIES, Activations.Q0));
            x.mul(p)
                    .div(q)
                    .mul(FloatVector.fromArray(SPECIES, z, 3 * hidden + j))
                    .intoArray(h, j);
        }
        return whole;
    }
}
