package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one series into training windows: the network's inputs at each step and, once the actuals are known, the scaled deviations
 * from the base forecast, the mixture of the {@link Experts}, that it should have foretold. Inputs and base are made as in the forecast.
 */
public final class TrainingSeries {
    private static final int FORMAT = 10;
    /** The length of a step in what an earlier build wrote. */
    private static final long NOT_TOLD = -1;

    private static final double BOUND = 50;
    private static final double[] NO_COVARIATES = {};

    /**
     * A window of consecutive steps.
     *
     * @param startMillis event time of its first step, nearly where every value is a step and some are missing; of its last where their spacing is not known
     * @param endMillis event time of the last step that is a target
     * @param inputs [steps * inputs], input fastest
     * @param targets [steps * horizon], horizon fastest; NaN where the actual is missing
     */
    public record Window(long startMillis, long endMillis, float[] inputs, float[] targets) {}

    private final int steps;
    private final int horizon;
    private final int season;
    private final String choice;
    private final List<String> extras;
    private final long stepMillis;
    private final Experts experts;
    private final History history = new History();
    private final Trust trust = new Trust();
    private final OpenSteps open = new OpenSteps();
    private Covariates covariates = Covariates.NONE;
    /** Rings over the last steps + horizon steps. */
    private final float[][] inputs;

    private final float[][] base;
    private final double[] forecast;
    private final double[] scale;
    private final double[] actual;
    /** The last value known at the step; the base is kept relative to it. */
    private final double[] reference;

    private long count;
    private long lastMillis = Long.MIN_VALUE;

    /** With the usual inputs, each value being a step. */
    public TrainingSeries(int steps, int horizon, int season, String choice, int offset) {
        this(steps, horizon, season, choice, List.of(), 0, offset);
    }

    /**
     * @param steps of a window, at least 1; windows do not overlap
     * @param horizon steps ahead of the targets, at least 1
     * @param season in steps; 0: found from the values
     * @param choice of experts: {@code lean}, {@code full} or names with commas between
     * @param extras names of what enters beside the usual inputs, in their order, see {@link Inputs#names}
     * @param stepMillis length of a step; 0: every value is one
     * @param offset steps by which the first window is put off, so that not all series are cut at once
     */
    public TrainingSeries(
            int steps, int horizon, int season, String choice, List<String> extras, long stepMillis, int offset) {
        this.steps = steps;
        this.horizon = horizon;
        this.season = season;
        this.choice = choice;
        this.extras = List.copyOf(extras);
        this.stepMillis = stepMillis;
        experts = new Experts(choice, horizon);
        history.seasons.fix(season);
        int ring = steps + horizon;
        inputs = new float[ring][History.INPUTS + extras.size()];
        base = new float[ring][horizon];
        forecast = new double[horizon];
        scale = new double[ring];
        actual = new double[ring];
        reference = new double[ring];
        count = -Math.floorMod(offset, steps);
    }

    /** The steps that are not over yet. */
    public OpenSteps open() {
        return open;
    }

    /** Event time of the newest step in milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long lastMillis() {
        return lastMillis;
    }

    /** Whether the series was made with these, see the constructor; of one that an earlier build wrote the step is not known. */
    public boolean fits(int steps, int horizon, int season, String choice, List<String> extras, long stepMillis) {
        return this.steps == steps
                && this.horizon == horizon
                && this.season == season
                && this.choice.equals(choice)
                && this.extras.equals(extras)
                && (this.stepMillis == stepMillis || this.stepMillis == NOT_TOLD);
    }

    /** The same below with the usual inputs. */
    public @Nullable Window add(long timeMillis, double y) {
        return add(timeMillis, y, NO_COVARIATES, Inputs.USUAL);
    }

    /**
     * Takes the value of the next step. Steps that are not later are ignored, and those that never came are steps without a value, as in the forecast. A gap
     * as long as a window, or of which the forecast leaves steps out, ends the window: the next begins behind it.
     *
     * @param others values of the covariates that are wanted, NaN is missing
     * @param wanted with the extras that the series was made with
     * @return a window when one is complete
     */
    public @Nullable Window add(long timeMillis, double y, double[] others, Inputs wanted) {
        if (!wanted.names().equals(extras)) {
            throw new IllegalArgumentException("extras: expected " + extras + ", found " + wanted.names());
        }
        if (timeMillis <= lastMillis) {
            return null;
        }
        long missing = Gap.missing(lastMillis, timeMillis, stepMillis);
        Window complete = null;
        if (missing >= Math.min(steps, Gap.LONGEST)) {
            leave(timeMillis, Gap.walked(missing, history.seasons.longest()));
        } else { // with the step itself a window at most, so that one at most is complete
            for (long k = missing; k > 0; k--) {
                Window window = take(timeMillis - k * stepMillis, Double.NaN, Covariates.NONE, wanted);
                complete = window == null ? complete : window;
            }
        }
        if (!covariates.are(wanted.covariates())) {
            covariates = new Covariates(wanted.covariates());
        }
        covariates.observe(others);
        Window window = take(timeMillis, y, covariates, wanted);
        return window == null ? complete : window;
    }

    /** Goes over a gap without a window; the next one begins as many steps later as this one lacks, so that a fleet's windows do not end all at once. */
    private void leave(long timeMillis, int walked) {
        for (long k = walked; k > 0; k--) {
            history.observe(Double.NaN, timeMillis - k * stepMillis);
            experts.observe(history, trust);
        }
        count = -Math.floorMod(-count, steps);
    }

    private @Nullable Window take(long timeMillis, double y, Covariates known, Inputs wanted) {
        lastMillis = timeMillis;
        history.observe(y, timeMillis);
        experts.observe(history, trust);
        if (count < 0) {
            count++;
            return null;
        }
        int slot = (int) (count % inputs.length);
        wanted.fill(inputs[slot], history, known, wanted.calendar().at(timeMillis));
        scale[slot] = history.scale();
        reference[slot] = history.last();
        experts.forecast(history, trust, horizon, forecast);
        for (int h = 0; h < horizon; h++) {
            // Relative to the last value, so that single precision suffices.
            base[slot][h] = (float) ((forecast[h] - reference[slot]) / scale[slot]);
        }
        actual[slot] = y;
        count++;
        boolean complete = count >= inputs.length && (count - horizon) % steps == 0;
        return complete && history.observed() > horizon ? cut() : null;
    }

    private Window cut() {
        int width = inputs[0].length;
        float[] x = new float[steps * width];
        float[] targets = new float[steps * horizon];
        for (int t = 0; t < steps; t++) {
            int slot = slot(t);
            System.arraycopy(inputs[slot], 0, x, t * width, width);
            for (int h = 1; h <= horizon; h++) {
                double deviation = (actual[slot(t + h)] - reference[slot]) / scale[slot] - base[slot][h - 1];
                targets[t * horizon + h - 1] = (float) Math.max(-BOUND, Math.min(BOUND, deviation));
            }
        }
        long spacing = stepMillis > 0 ? stepMillis : history.seasons.spacingMillis();
        return new Window(lastMillis - (inputs.length - 1) * spacing, lastMillis, x, targets);
    }

    /** The ring's place of step t of the window that has just been completed. */
    private int slot(int t) {
        return (int) ((count - inputs.length + t) % inputs.length);
    }

    /** Writes the format version, then everything. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(FORMAT);
        out.writeInt(steps);
        out.writeInt(horizon);
        out.writeInt(season);
        out.writeUTF(choice);
        out.writeByte(extras.size());
        for (String extra : extras) {
            out.writeUTF(extra);
        }
        out.writeLong(stepMillis);
        history.write(out);
        open.write(out);
        out.writeLong(count);
        out.writeLong(lastMillis);
        for (int slot = 0; slot < inputs.length; slot++) {
            for (float value : inputs[slot]) {
                out.writeFloat(value);
            }
            for (float value : base[slot]) {
                out.writeFloat(value);
            }
            out.writeDouble(scale[slot]);
            out.writeDouble(actual[slot]);
            out.writeDouble(reference[slot]);
        }
        trust.write(out);
        covariates.write(out);
        open.writeRest(out);
    }

    /** Reads what {@link #write} wrote, in this or an earlier version. */
    public static TrainingSeries read(DataInput in) throws IOException {
        int format = in.readUnsignedByte();
        if (format < 1 || format > FORMAT) {
            throw new IOException("training series: expected format version 1 to " + FORMAT + ", found " + format);
        }
        int steps = in.readInt();
        int horizon = in.readInt();
        int season = in.readInt();
        String choice = format < 3 ? ExpertNames.BY_DEFAULT : in.readUTF();
        List<String> extras = new ArrayList<>();
        for (int left = format < 5 ? 0 : in.readUnsignedByte(); left > 0; left--) {
            extras.add(in.readUTF());
        }
        long stepMillis = format < 8 ? NOT_TOLD : in.readLong();
        TrainingSeries series = new TrainingSeries(steps, horizon, season, choice, extras, stepMillis, 0);
        int parts = format == 1 ? 1 : format < 4 ? 4 : format < 7 ? 8 : format < 9 ? 9 : format < 10 ? 13 : 16;
        series.history.read(in, parts);
        if (format > 1) {
            series.open.read(in, parts);
        }
        series.readRings(in);
        series.history.seasons.lastSeen(series.lastMillis);
        if (format > 2) {
            series.trust.read(in, parts);
        }
        if (format > 5) {
            series.covariates = Covariates.read(in);
            series.open.readRest(in);
        }
        return series;
    }

    private void readRings(DataInput in) throws IOException {
        count = in.readLong();
        lastMillis = in.readLong();
        for (int slot = 0; slot < inputs.length; slot++) {
            for (int i = 0; i < inputs[slot].length; i++) {
                inputs[slot][i] = in.readFloat();
            }
            for (int h = 0; h < horizon; h++) {
                base[slot][h] = in.readFloat();
            }
            scale[slot] = in.readDouble();
            actual[slot] = in.readDouble();
            reference[slot] = in.readDouble();
        }
    }
}
