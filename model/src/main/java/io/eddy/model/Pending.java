package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The forecast for the next step, waiting for its actual, and what was realised of earlier ones.
 *
 * <p>Intervals are widened or narrowed by one factor per level until they cover what they promise (adaptive conformal inference, Gibbs and
 * Candes 2021, on the logarithm of the width). The network and the base forecast are mixed by their realised errors, so that a
 * series is not worse off for having a network.
 */
final class Pending {
    private static final double RATE = 0.05;
    private static final int WINDOW = 200;

    boolean known;
    double yhat;
    double scale;
    double base;
    double network;
    double seasonalNaive;
    final double[] quantiles = new double[Quantiles.COUNT];

    private long count;
    private long networkCount;
    private double meanError;
    private double meanBaseError;
    private double meanNetworkError;
    private double meanNaiveError;
    private double covered80;
    private double covered95;
    private double logWidth80;
    private double logWidth95;

    /** Learns from the actual value of the step that was forecast. */
    void realise(double y) {
        count++;
        meanError = Ewma.next(meanError, Math.abs(y - yhat), count, WINDOW);
        meanNaiveError = Ewma.next(meanNaiveError, Math.abs(y - seasonalNaive), count, WINDOW);
        meanBaseError = Ewma.next(meanBaseError, Math.abs(y - base), count, WINDOW);
        if (!Double.isNaN(network)) {
            networkCount++;
            // Both sides of the mixture are compared over the same points.
            meanNetworkError = networkCount == 1
                    ? meanBaseError
                    : Ewma.next(meanNetworkError, Math.abs(y - network), count, WINDOW);
        }
        boolean in80 = quantiles[Quantiles.LOWER_80] <= y && y <= quantiles[Quantiles.UPPER_80];
        boolean in95 = quantiles[Quantiles.LOWER_95] <= y && y <= quantiles[Quantiles.UPPER_95];
        covered80 = Ewma.next(covered80, in80 ? 1 : 0, count, WINDOW);
        covered95 = Ewma.next(covered95, in95 ? 1 : 0, count, WINDOW);
        logWidth80 = widen(logWidth80, in80, 0.2);
        logWidth95 = widen(logWidth95, in95, 0.05);
    }

    private static double widen(double logWidth, boolean inside, double outsideShare) {
        return Math.max(-3, Math.min(3, logWidth + RATE * ((inside ? 0 : 1) - outsideShare)));
    }

    /** The share of the network in the forecast, 0 to 1, by realised error. */
    double networkShare() {
        double base = fourthPower(meanBaseError);
        double network = fourthPower(meanNetworkError);
        return base + network <= 0 ? 0.5 : base / (base + network);
    }

    private static double fourthPower(double x) {
        return x * x * x * x;
    }

    /** Fills the factors on the half-width of each quantile, [{@link Quantiles#COUNT}]. */
    void widths(double[] out) {
        double width80 = Math.exp(logWidth80);
        double width95 = Math.exp(logWidth95);
        out[Quantiles.MEDIAN] = 1;
        out[Quantiles.LOWER_80] = width80;
        out[Quantiles.UPPER_80] = width80;
        out[Quantiles.LOWER_95] = width95;
        out[Quantiles.UPPER_95] = width95;
    }

    /** Forecasts whose actual is known. */
    long count() {
        return count;
    }

    /** Mean absolute error of late of the one-step forecast, in the unit of the values. */
    double meanError() {
        return meanError;
    }

    /** 1 - error / error of the seasonal-naive forecast: 0 is as good, 1 perfect. */
    double skill() {
        return meanNaiveError <= 0 ? 0 : 1 - meanError / meanNaiveError;
    }

    double covered80() {
        return covered80;
    }

    double covered95() {
        return covered95;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(known);
        for (double value : new double[] {yhat, scale, base, network, seasonalNaive}) {
            out.writeDouble(value);
        }
        for (double value : quantiles) {
            out.writeDouble(value);
        }
        out.writeLong(count);
        out.writeLong(networkCount);
        for (double value : new double[] {
            meanError, meanBaseError, meanNetworkError, meanNaiveError, covered80, covered95, logWidth80, logWidth95
        }) {
            out.writeDouble(value);
        }
    }

    void read(DataInput in) throws IOException {
        known = in.readBoolean();
        yhat = in.readDouble();
        scale = in.readDouble();
        base = in.readDouble();
        network = in.readDouble();
        seasonalNaive = in.readDouble();
        for (int i = 0; i < quantiles.length; i++) {
            quantiles[i] = in.readDouble();
        }
        count = in.readLong();
        networkCount = in.readLong();
        meanError = in.readDouble();
        meanBaseError = in.readDouble();
        meanNetworkError = in.readDouble();
        meanNaiveError = in.readDouble();
        covered80 = in.readDouble();
        covered95 = in.readDouble();
        logWidth80 = in.readDouble();
        logWidth95 = in.readDouble();
    }
}
