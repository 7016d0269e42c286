package io.eddy.model;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The distances of {@link Analogs} with the JDK's Vector API (incubating, JEP 414), to the same bits: it reads one array at several places, of which the JIT
 * makes no vectors. Nothing here can be called where {@link LstmLayer#VECTORS} is false.
 */
final class VectorMoments {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private static final int APART = Analogs.APART;

    private VectorMoments() {}

    /**
     * Fills the squared distances of six values of each moment from those of another.
     *
     * @param values from the oldest value of the first moment on
     * @param now the other moment
     * @param distances [moments], a multiple of eight
     */
    static void measure(double[] values, int now, double[] distances) {
        DoubleVector now0 = DoubleVector.broadcast(SPECIES, values[now + 5 * APART]);
        DoubleVector now1 = DoubleVector.broadcast(SPECIES, values[now + 4 * APART]);
        DoubleVector now2 = DoubleVector.broadcast(SPECIES, values[now + 3 * APART]);
        DoubleVector now3 = DoubleVector.broadcast(SPECIES, values[now + 2 * APART]);
        DoubleVector now4 = DoubleVector.broadcast(SPECIES, values[now + APART]);
        DoubleVector now5 = DoubleVector.broadcast(SPECIES, values[now]);
        for (int i = 0; i < distances.length; i += LANES) {
            DoubleVector d0 = now0.sub(DoubleVector.fromArray(SPECIES, values, i + 5 * APART));
            DoubleVector d1 = now1.sub(DoubleVector.fromArray(SPECIES, values, i + 4 * APART));
            DoubleVector d2 = now2.sub(DoubleVector.fromArray(SPECIES, values, i + 3 * APART));
            DoubleVector d3 = now3.sub(DoubleVector.fromArray(SPECIES, values, i + 2 * APART));
            DoubleVector d4 = now4.sub(DoubleVector.fromArray(SPECIES, values, i + APART));
            DoubleVector d5 = now5.sub(DoubleVector.fromArray(SPECIES, values, i));
            d0.mul(d0)
                    .add(d1.mul(d1))
                    .add(d2.mul(d2))
                    .add(d3.mul(d3))
                    .add(d4.mul(d4))
                    .add(d5.mul(d5))
                    .intoArray(distances, i);
        }
    }
}
