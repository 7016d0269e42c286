package io.eddy.model;

import io.eddy.model.network.Quantiles;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The forecast for the next step, waiting for its actual, and what was realised of earlier ones.
 *
 * <p>Intervals are widened or narrowed by one factor per level until they cover what they promise (adaptive conformal inference, Gibbs and
 * Candes 2021, on the logarithm of the width).
 */
final class Pending {
    private static final double RATE = 0.05;
    private static final int WINDOW = 200;

    boolean known;
    double yhat;
    double scale;
    double seasonalNaive;
    /** The quantiles: distances from {@link #yhat}, in {@link #scale}s. */
    private float lower95;

    private float lower80;
    private float upper80;
    private float upper95;

    private int count;
    private float meanError;
    private float meanNaiveError;
    private float covered80;
    private float covered95;
    private float logWidth80;
    private float logWidth95;
    NetworkSpread spread = new NetworkSpread();

    /**
     * Waits for the next value.
     *
     * @param forecast that begins with the quantiles for it, [{@link Quantiles#COUNT} or more]
     * @param scale typical size of a change, above 0
     */
    void issue(double[] forecast, double scale, double seasonalNaive) {
        this.scale = scale;
        this.seasonalNaive = seasonalNaive;
        yhat = forecast[Quantiles.MEDIAN];
        lower95 = distance(forecast[Quantiles.LOWER_95]);
        lower80 = distance(forecast[Quantiles.LOWER_80]);
        upper80 = distance(forecast[Quantiles.UPPER_80]);
        upper95 = distance(forecast[Quantiles.UPPER_95]);
    }

    private float distance(double quantile) {
        return (float) ((quantile - yhat) / scale);
    }

    /**
     * Learns from the actual value of the step that was forecast.
     *
     * @param still whether the series stands still: widths stay as they are then
     */
    void realise(double y, boolean still) {
        count = Math.min(count + 1, Integer.MAX_VALUE - 1);
        meanError = Ewma.next(meanError, Math.abs(y - yhat), count, WINDOW);
        meanNaiveError = Ewma.next(meanNaiveError, Math.abs(y - seasonalNaive), count, WINDOW);
        double distance = (y - yhat) / scale;
        boolean in80 = lower80 <= distance && distance <= upper80;
        boolean in95 = lower95 <= distance && distance <= upper95;
        covered80 = Ewma.next(covered80, in80 ? 1 : 0, count, WINDOW);
        covered95 = Ewma.next(covered95, in95 ? 1 : 0, count, WINDOW);
        if (still) {
            return;
        }
        spread.learn(in95 ? 0 : distance < lower95 ? -1 : 1, count);
        logWidth80 = widen(logWidth80, in80, 0.2);
        logWidth95 = widen(logWidth95, in95, 0.05);
    }

    private static float widen(float logWidth, boolean inside, double outsideShare) {
        return (float) Math.max(-3, Math.min(3, logWidth + RATE * ((inside ? 0 : 1) - outsideShare)));
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
        return meanNaiveError <= 0 ? 0 : 1 - (double) meanError / meanNaiveError;
    }

    double covered80() {
        return covered80;
    }

    double covered95() {
        return covered95;
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(known);
        out.writeDouble(yhat);
        out.writeFloat(lower95);
        out.writeFloat(lower80);
        out.writeFloat(upper80);
        out.writeFloat(upper95);
        Bulk.writeSmall(out, count);
        out.writeFloat(meanError);
        out.writeFloat(meanNaiveError);
        out.writeFloat(covered80);
        out.writeFloat(covered95);
        out.writeFloat(logWidth80);
        out.writeFloat(logWidth95);
        spread.write(out);
    }

    /** @param history of the series: its scale and its seasonal-naive forecast were those of the forecast that waits */
    void read(DataInput in, int format, History history) throws IOException {
        known = in.readBoolean();
        if (format < 5) {
            readFourth(in);
            return;
        }
        yhat = in.readDouble();
        if (format < 9) {
            in.skipBytes(2 * Double.BYTES);
        }
        scale = history.scale();
        double[] next = new double[1];
        history.seasonalNaive(next, 1);
        seasonalNaive = next[0];
        lower95 = in.readFloat();
        lower80 = in.readFloat();
        in.skipBytes(format < 9 ? Float.BYTES : 0); // a median's distance from itself
        upper80 = in.readFloat();
        upper95 = in.readFloat();
        count = Bulk.readCount(in, format);
        meanError = Bulk.readNumber(in, format < 9);
        meanNaiveError = Bulk.readNumber(in, format < 9);
        readShares(in, false);
        if (format > 8) {
            spread.read(in);
        }
    }

    private void readShares(DataInput in, boolean wide) throws IOException {
        covered80 = Bulk.readNumber(in, wide);
        covered95 = Bulk.readNumber(in, wide);
        logWidth80 = Bulk.readNumber(in, wide);
        logWidth95 = Bulk.readNumber(in, wide);
    }

    /** The first four formats held double precision, and what the network and the experts had said of the next value and how it came. */
    private void readFourth(DataInput in) throws IOException {
        yhat = in.readDouble();
        scale = in.readDouble();
        in.skipBytes(2 * Double.BYTES);
        seasonalNaive = in.readDouble();
        lower95 = distance(in.readDouble());
        lower80 = distance(in.readDouble());
        in.skipBytes(Double.BYTES);
        upper80 = distance(in.readDouble());
        upper95 = distance(in.readDouble());
        count = Bulk.readCount(in, true);
        in.skipBytes(Long.BYTES);
        meanError = (float) in.readDouble();
        in.skipBytes(2 * Double.BYTES);
        meanNaiveError = (float) in.readDouble();
        readShares(in, true);
    }
}
