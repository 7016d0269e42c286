package io.eddy.cli.evaluate;

import java.util.List;
import java.util.Map;

/**
 * Errors of one forecaster on one series, by step ahead.
 *
 * <p>MASE and MSIS as in M4 (Makridakis et al. 2020): scaled by the mean absolute seasonal difference before the judged part; sMAPE in percent, 0
 * to 200.
 */
final class ErrorSums {
    /** [horizon]. */
    private final double[] absolute;

    private final double[] squared;
    private final long[] count;
    private double smape;
    private double size;

    ErrorSums(int horizon) {
        absolute = new double[horizon];
        squared = new double[horizon];
        count = new long[horizon];
    }

    /** @param h steps ahead, from 1 */
    void add(int h, double y, double forecast) {
        double error = Math.abs(y - forecast);
        absolute[h - 1] += error;
        squared[h - 1] += error * error;
        count[h - 1]++;
        double sum = Math.abs(y) + Math.abs(forecast);
        smape += sum == 0 ? 0 : 200 * error / sum;
        size += Math.abs(y);
    }

    long count() {
        long all = 0;
        for (long one : count) {
            all += one;
        }
        return all;
    }

    double absolute() {
        double all = 0;
        for (double one : absolute) {
            all += one;
        }
        return all;
    }

    /** Sum of |y| over what was judged. */
    double size() {
        return size;
    }

    /**
     * Puts the metrics in, by name.
     *
     * @param scale of MASE, in the unit of the values
     * @param variance unit of the squared errors; NaN: they are left out
     * @param horizons squared errors are the mean over the steps up to each of these
     * @param steps root mean squared errors (NRMSE) are those of just these steps
     */
    void metrics(double scale, double variance, List<Integer> horizons, List<Integer> steps, Map<String, Double> into) {
        long all = count();
        into.put("mase", absolute() / all / scale);
        into.put("smape", smape / all);
        if (!Double.isNaN(variance)) {
            horizons.forEach(horizon -> into.put("mse@" + horizon, meanSquare(0, horizon) / variance));
            steps.forEach(step -> into.put("nrmse@" + step, Math.sqrt(meanSquare(step - 1, step) / variance)));
        }
        into.put("wql", absolute() / size);
    }

    private double meanSquare(int from, int to) {
        double sum = 0;
        long pairs = 0;
        for (int h = from; h < to; h++) {
            sum += squared[h];
            pairs += count[h];
        }
        return sum / pairs;
    }
}
