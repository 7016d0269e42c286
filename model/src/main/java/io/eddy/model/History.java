package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What the recent values of a series say: their level, scale and season, what the {@link Experts} look at, and the network's inputs.
 *
 * <p>Deviations are those from s, the mean of the last three values of the season's slot, or the running level where there is no season. All sums
 * see the past only.
 */
final class History {
    /** Numbers that {@link #inputs} fills. */
    static final int INPUTS = 10;
    /** Which of them says whether the step had a value. */
    static final int HAS_VALUE = 3;
    /** Values that the level is a mean of. */
    static final int LEVEL_WINDOW = 50;

    private static final double[] SEASON_WEIGHTS = {0.5, 0.3, 0.2};
    private static final int WINDOW = 500;
    /** A value that has stayed for so many steps is how the series is: it says nothing of what the next change will be like. */
    static final int STILL = 144;
    /** After so many deviations from the season half of one may be taken to last for a step: what was hardly seen is not. */
    private static final double YOUNG = 2;
    /** Counts stay there. */
    private static final int MANY = Integer.MAX_VALUE - 1;

    SeasonFinder seasons = new SeasonFinder();
    SlotMeans slots = new SlotMeans();
    private Ring ring = new Ring(Ring.CAPACITY);
    private int observed;
    private int seasonal;
    private double last = Double.NaN;
    private double level;
    private float meanAbs;
    private float meanChange;
    private float meanSeasonalChange;
    private double covariance;
    private double variance;
    private float deviation;
    private boolean lastObserved;
    private float lastChange;

    /** Steps seen, those without a value too. */
    long steps() {
        return ring.pushed();
    }

    /** Values seen, missing ones not counted. */
    int observed() {
        return observed;
    }

    /** The last value that was seen; NaN before the first. */
    double last() {
        return last;
    }

    /** Running mean. */
    double level() {
        return level;
    }

    /** The value some steps ago, 0 being the newest; NaN where there is none. */
    double ago(int lag) {
        return ring.ago(lag);
    }

    /** A power of two near the scale that changes seldom, in which halves keep their digits, see {@link Ring}. */
    double unit() {
        return ring.unit();
    }

    /** Takes in the value of the next step; NaN is a step without a value. */
    void observe(double y, long timeMillis) {
        seasons.observeTime(timeMillis);
        lastObserved = !Double.isNaN(y);
        if (!lastObserved) {
            ring.push(Double.NaN);
            slots.observe(ring, seasons.day(), scale());
            lastChange = 0;
            return;
        }
        if (observed == 0) {
            level = y;
        }
        boolean moves = y != last || !ring.isSame(STILL);
        observed = Math.min(observed + 1, MANY);
        meanAbs = Ewma.next(meanAbs, Math.abs(y), observed, WINDOW);
        lastChange = Double.isNaN(last) ? 0 : Ewma.single(y - last);
        if (observed > 1 && moves) {
            meanChange = learnChange(meanChange, Math.abs(lastChange), observed - 1);
        }
        last = y;
        slots.follow(ring, level, scale());
        ring.push(y);
        if (seasons.observe(this)) {
            seasonal = 0;
            covariance = 0;
            variance = 0;
            meanSeasonalChange = 0;
        }
        double before = deviation;
        deviation = Ewma.single(y - expectation());
        level = Ewma.next(level, y, observed, LEVEL_WINDOW);
        seasonal = Math.min(seasonal + 1, MANY);
        meanSeasonalChange =
                moves ? learnChange(meanSeasonalChange, Math.abs(deviation), seasonal) : meanSeasonalChange;
        double limit = 10 * scale();
        double now = Math.max(-limit, Math.min(limit, deviation));
        double then = Math.max(-limit, Math.min(limit, before));
        if (seasonal > 1) {
            covariance = Ewma.next(covariance, now * then, seasonal, WINDOW);
            variance = Ewma.next(variance, then * then, seasonal, WINDOW);
        }
        slots.observe(ring, seasons.day(), scale());
    }

    /** Moves all of the past by so much, as if the series had always had its new level. */
    void shift(double distance) {
        ring.shift(distance);
        last += distance;
        level += distance;
    }

    /** A mean of absolute changes that one wild value cannot carry away; where there never was a change the first is the best guess. */
    private static float learnChange(float mean, double change, int count) {
        if (mean == 0 && count > STILL) {
            return Ewma.single(change);
        }
        double limited = count > 10 && mean > 0 ? Math.min(change, 10 * mean) : change;
        return Ewma.next(mean, limited, count, WINDOW);
    }

    /** s(t): the mean of the values one, two and three seasons before, the newer the weightier; the level where there is none. */
    private double expectation() {
        int season = seasons.season();
        if (season == 0) {
            return level;
        }
        double sum = 0;
        double weights = 0;
        for (int k = 0; k < SEASON_WEIGHTS.length; k++) {
            double value = ago((k + 1) * season);
            if (!Double.isNaN(value)) {
                sum += SEASON_WEIGHTS[k] * value;
                weights += SEASON_WEIGHTS[k];
            }
        }
        return weights == 0 ? level : sum / weights;
    }

    /** The typical size of a change, in the unit of the values; always above 0. What is far from 0 beside its changes is judged like what is near. */
    double scale() {
        double change = seasons.season() == 0
                ? meanChange
                : (12 * meanChange + seasonal * meanSeasonalChange) / (12 + seasonal);
        return change + Math.min(1e-3 * meanAbs, change) + 1e-9 * (1 + meanAbs);
    }

    /** Lag-1 autocorrelation of the deviations from {@link #expectation}, 0 to 1; 1 before it is known. */
    double persistence() {
        return seasonal < 8 || variance <= 0 ? 1 : Math.max(0, Math.min(1, covariance / variance));
    }

    /** Fills what the experts look at. */
    void fill(Past past) {
        past.take(ring);
        past.profile.look(slots);
        past.left = ring.left();
        past.newest = lastObserved ? last : Double.NaN;
        seasons.fill(past);
        past.level = level;
        past.scale = scale();
        double most = seasons.season() > 0 ? seasonal / (seasonal + YOUNG) : 1;
        past.fade(Math.min(persistence(), most));
    }

    /** Fills the seasonal-naive forecast: the value one season before, the last value where there is no season. */
    void seasonalNaive(double[] out, int steps) {
        int season = seasons.season();
        if (season == 0) {
            Arrays.fill(out, 0, steps, last);
            return;
        }
        int lag = season;
        for (int h = 0; h < steps; h++) {
            lag = lag == 0 ? season - 1 : lag - 1;
            double before = ago(lag);
            out[h] = Double.isNaN(before) ? last : before;
        }
    }

    /**
     * Fills the network's usual inputs of the newest step; {@link Inputs#fill} adds the others.
     *
     * @param x [{@link #INPUTS} or more]
     * @param calendar of the time of that step
     */
    void inputs(float[] x, Calendar calendar) {
        double scale = scale();
        x[0] = Asinh.of(lastChange / scale);
        x[1] = lastObserved ? Asinh.of(deviation / scale) : 0;
        x[2] = lastObserved ? Asinh.of((last - level) / scale) : 0;
        x[HAS_VALUE] = lastObserved ? 1 : 0;
        System.arraycopy(calendar.angles, 0, x, 4, Calendar.ANGLES);
        x[8] = (float) persistence();
        x[9] = seasons.season() == 0 ? 0 : 1;
    }

    /** Makes the usual inputs of the newest step those that it would have had, nearly, were its value higher by a distance. */
    void raise(float[] x, double distance) {
        double scale = scale();
        x[0] = Asinh.of((lastChange + distance) / scale);
        x[1] = Asinh.of((deviation + distance) / scale);
        x[2] = Asinh.of((last - level + distance) / scale);
    }

    void write(DataOutput out) throws IOException {
        seasons.write(out);
        ring.write(out);
        slots.write(out);
        Bulk.writeSmall(out, steps() - observed);
        Bulk.writeSmall(out, observed - seasonal);
        out.writeDouble(last);
        out.writeDouble(level);
        out.writeDouble(covariance);
        out.writeDouble(variance);
        out.writeFloat(meanAbs);
        out.writeFloat(meanChange);
        out.writeFloat(meanSeasonalChange);
        out.writeFloat(deviation);
        out.writeFloat(lastChange);
        out.writeBoolean(lastObserved);
    }

    void read(DataInput in, int format) throws IOException {
        boolean wide = format < 5;
        seasons.read(in, format);
        if (format == 1) {
            readFirst(in);
            return;
        }
        ring.read(in, format);
        if (format > 8) {
            slots.read(in, format);
        }
        observed = format < 9 ? Bulk.readCount(in, wide) : (int) (steps() - Bulk.readSmall(in));
        seasonal = format < 9 ? Bulk.readCount(in, wide) : (int) (observed - Bulk.readSmall(in));
        if (wide) {
            readFourth(in);
        } else {
            last = in.readDouble();
            level = in.readDouble();
            covariance = in.readDouble();
            variance = in.readDouble();
            meanAbs = in.readFloat();
            meanChange = in.readFloat();
            meanSeasonalChange = in.readFloat();
            deviation = in.readFloat();
            lastChange = in.readFloat();
            lastObserved = in.readBoolean();
        }
    }

    /** Reads the first format, whose ring held single precision. */
    private void readFirst(DataInput in) throws IOException {
        float[] distances = Bulk.readFloats(in, Ring.CAPACITY, 1);
        long pushed = in.readLong();
        observed = Bulk.readCount(in, true);
        seasonal = Bulk.readCount(in, true);
        double origin = in.readDouble();
        readFourth(in);
        ring.take(distances, pushed, origin, scale());
    }

    /** Reads the statistics of the first four formats. */
    private void readFourth(DataInput in) throws IOException {
        last = in.readDouble();
        level = in.readDouble();
        meanAbs = (float) in.readDouble();
        meanChange = (float) in.readDouble();
        meanSeasonalChange = (float) in.readDouble();
        covariance = in.readDouble();
        variance = in.readDouble();
        deviation = (float) in.readDouble();
        lastChange = (float) in.readDouble();
        lastObserved = in.readBoolean();
    }
}
