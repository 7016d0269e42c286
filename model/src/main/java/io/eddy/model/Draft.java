package io.eddy.model;

/**
 * What a step of one series hands on to its network and to its {@link Fan}; used again and again.
 *
 * @param x [inputs]: what enters the network
 * @param base [horizon]: the mixture of the experts, in the unit of the values, as far as the answer is to have steps
 * @param apart [horizon]: how far apart the experts are, likewise
 */
record Draft(float[] x, double[] base, double[] apart) {
    Draft(int inputs, int horizon) {
        this(new float[inputs], new double[horizon], new double[horizon]);
    }
}
