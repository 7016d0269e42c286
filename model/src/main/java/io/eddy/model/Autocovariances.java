package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The variance and the autocorrelations of one series' deviations, means of about the last two thousand, in 16 bits each. A change that is too
 * small for them is rounded up as often as its size asks for (stochastic rounding, Gupta et al. 2015), by the number of the step, so that a
 * replay gives the same.
 */
final class Autocovariances {
    private static final int WINDOW = 2000;
    /** What a correlation of 1 is kept as. */
    private static final float ONE = Short.MAX_VALUE;
    /** Single precision knows of no parts of a whole there, and consecutive ones have consecutive bits: what is added is rounded, faster than by a call. */
    private static final float WHOLE = 0x1.8p23f;

    private static final int WHOLE_BITS = Float.floatToRawIntBits(WHOLE);

    /** [lags], of lag 1 and more. */
    private short[] correlations;

    private float variance;
    private int count;
    /** The season that they belong to; another one begins anew. */
    private int season = -1;

    /** @param lags 0: none is kept */
    Autocovariances(int lags) {
        correlations = new short[lags];
    }

    /** Begins anew if the season has changed. */
    void fit(int season) {
        if (this.season != season) {
            this.season = season;
            count = 0;
            variance = 0;
            Arrays.fill(correlations, (short) 0);
        }
    }

    /** Deviations that they are means of, up to two thousand. */
    int count() {
        return count;
    }

    float variance() {
        return variance;
    }

    /** Fills {@code out[lag]} for the lags from 1 on, -1 to 1. */
    void correlations(float[] out) {
        for (int i = 0; i < correlations.length; i++) {
            out[i + 1] = correlations[i] / ONE;
        }
    }

    /**
     * Learns from one deviation.
     *
     * @param deviations the newest at {@code now}, those before it at the places before
     * @param step that it belongs to
     */
    void learn(float[] deviations, int now, long step) {
        count = Math.min(count + 1, WINDOW);
        float newest = deviations[now];
        float before = variance * (1 - 1f / count);
        variance = before + newest * newest / count;
        if (variance < Float.MIN_NORMAL) {
            return;
        }
        float kept = before / variance;
        float part = newest / count / variance * ONE;
        int random = Dither.seed(step);
        for (int i = 0; i < correlations.length; i++) {
            random = Dither.next(random);
            float wanted = kept * correlations[i] + part * deviations[now - 1 - i] + (float) Dither.unit(random);
            float bounded = wanted > ONE ? ONE : wanted < -ONE ? -ONE : wanted;
            float nearest = bounded + WHOLE;
            int above = nearest - WHOLE > bounded ? 1 : 0;
            correlations[i] = (short) (Float.floatToRawIntBits(nearest) - WHOLE_BITS - above);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(count);
        out.writeShort(season);
        out.writeFloat(variance);
        Bulk.write(out, correlations);
    }

    void read(DataInput in, int format) throws IOException {
        count = in.readUnsignedShort();
        season = in.readShort();
        variance = in.readFloat();
        Bulk.read(in, correlations, format);
    }
}
