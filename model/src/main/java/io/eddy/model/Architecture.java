package io.eddy.model;

/**
 * The shape of a network: what must agree between the weights, the memory of a series and a job.
 *
 * @param inputs numbers that enter at every step, at least 1
 * @param hidden size of the hidden and of the cell state of each layer, a multiple of 4 from 4 to 1024
 * @param layers stacked LSTM layers, 1 to 4
 * @param horizon steps ahead that are forecast at once, 1 to 1024
 * @param quantiles values per horizon step, at least 1
 */
public record Architecture(int inputs, int hidden, int layers, int horizon, int quantiles) {

    public Architecture {
        check("inputs", inputs, 1, 1024);
        check("hidden", hidden, 4, 1024);
        check("layers", layers, 1, 4);
        check("horizon", horizon, 1, 1024);
        check("quantiles", quantiles, 1, 99);
        if (hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden: expected a multiple of 4, found " + hidden);
        }
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number from " + from + " to " + to + ", found " + value);
        }
    }

    /** Numbers that the network puts out per step: horizon x quantiles, quantile fastest. */
    public int outputs() {
        return horizon * quantiles;
    }

    /** Inputs of the given layer, 0 being the lowest. */
    public int inputsOf(int layer) {
        return layer == 0 ? inputs : hidden;
    }
}
