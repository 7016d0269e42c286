package io.eddy.model;

import io.eddy.model.network.Vectors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The {@link SlotMeans} of a series as they were at each of its last steps: what each value has changed is taken back, the newest first. And how far the values
 * were from them. All in single precision, as distances from the origin of the {@link Past}. Scratch.
 */
final class Profile {
    /** Largest deviation, in scales. */
    private static final float BOUND = (float) SlotMeans.BOUND;

    /** [slots]: as they are. */
    private final float[] newest = new float[SlotMeans.MOST];
    /** [slots], where one is of several steps: as they were before the place {@link #first}. */
    private final float[] means = new float[SlotMeans.MOST];
    /**
     * [places of the values and more]: the mean of each place's slot before its value; filled from {@link #first} on. Where a slot is one step, those of the
     * season that comes are behind it, so that each place finds its mean as it was after its value a season further on.
     */
    private final float[] before = new float[Ring.CAPACITY + SlotMeans.MOST];
    /** [places of the values], where a slot is of several steps: that of the newest place's slot, before the value of each place. */
    private final float[] target = new float[Ring.CAPACITY];
    /** [places of the values]: what each value was away from its mean before, in scales; 0 where one of them is missing. */
    private final float[] deviations = new float[Ring.CAPACITY];

    /** [seasons], where a slot is of several steps; made for those that are met. */
    private final @Nullable Lines[] known = new Lines[Ring.CAPACITY];

    private Lines lines = new Lines(0, 1, 0);
    private int slots;
    private int season;
    private int width;
    private int taken;
    private int first;

    /** Between the middles of two slots the mean lies on the line between them. What each step would be divided for, once for each place in a season. */
    private static final class Lines {
        /** [season]: the slot of each place. */
        final byte[] slot;
        /** [season]: the slots whose middles are before and behind it. */
        final byte[] before;

        final byte[] behind;
        /** [season]: how far it is from the one to the other, 0 to 1. */
        final float[] share;

        Lines(int season, int width, int slots) {
            slot = new byte[season];
            before = new byte[season];
            behind = new byte[season];
            share = new float[season];
            for (int phase = 0; phase < season; phase++) {
                int twice = 2 * phase - (width - 1) + 2 * width * slots;
                int first = twice / (2 * width);
                slot[phase] = (byte) (phase / width);
                before[phase] = (byte) (first % slots);
                behind[phase] = (byte) ((first + 1) % slots);
                share[phase] = (twice - 2f * width * first) / (2 * width);
            }
        }

        float mean(float[] of, int phase) {
            return (1 - share[phase]) * of[before[phase]] + share[phase] * of[behind[phase]];
        }
    }

    /** Takes what is known after the newest step. */
    void look(SlotMeans of) {
        season = of.season();
        width = SlotMeans.width(season);
        taken = of.taken();
        slots = of.distances(newest);
        if (width == 1) {
            int phase = taken % season;
            System.arraycopy(newest, phase, before, Past.NOW + 1, season - phase);
            System.arraycopy(newest, 0, before, Past.NOW + 1 + season - phase, phase);
        } else {
            System.arraycopy(newest, 0, means, 0, slots);
            lines = lines();
        }
        first = Past.NOW + 1;
    }

    private Lines lines() {
        Lines found = known[season];
        if (found == null) {
            found = new Lines(season, width, slots);
            known[season] = found;
        }
        return found;
    }

    /** Whether this place had a whole season before it. */
    boolean isKnown(int place) {
        return season > 0 && step(place) >= season;
    }

    /** Steps before that of a place. */
    private int step(int place) {
        return taken - 1 - (Past.NOW - place);
    }

    /** The mean of the slot of this place before its value; for {@link #isKnown} places. */
    double before(Past past, int place) {
        reach(past, place);
        return past.value(before[place]);
    }

    /** The mean of the slot of the newest place, as it was before the value of this one. */
    double target(Past past, int place) {
        reach(past, place);
        return past.value(width == 1 ? before[Past.NOW - (Past.NOW - place) / season * season] : target[place]);
    }

    /**
     * What the values were away from their means before, [places of the values], in scales, {@link SlotMeans#BOUND} at the most; 0 where one is missing.
     *
     * @param from the first place that is asked for
     */
    float[] deviations(Past past, int from) {
        reach(past, from);
        return deviations;
    }

    /** Fills {@code out[h - 1]} with the mean of the slot h steps ahead. */
    void ahead(Past past, int steps, double[] out) {
        int phase = taken % season;
        for (int h = 0; h < steps; h++) {
            out[h] = past.value(width == 1 ? newest[phase] : lines.mean(newest, phase));
            phase = phase + 1 == season ? 0 : phase + 1;
        }
    }

    private void reach(Past past, int from) {
        if (from >= first) {
            return;
        }
        float most = (float) (SlotMeans.BOUND * past.scale / past.unit);
        float perScale = (float) (past.unit / past.scale);
        if (width > 1) {
            reachWide(past, from, most, perScale);
        } else if (Vectors.THERE && season >= VectorProfile.LANES && isSettled(from - VectorProfile.LANES)) {
            float rate = (float) SlotMeans.settled(season);
            first = VectorProfile.reach(
                    past.distances, before, deviations, season, first, from, rate, most, perScale, BOUND);
            return;
        } else {
            reachNarrow(past, from, most, perScale);
        }
        first = from;
    }

    /** Whether the rate from this place on is the same for all. */
    private boolean isSettled(int place) {
        return place >= 0 && step(place) >= SlotMeans.SEASONS * season;
    }

    private void reachNarrow(Past past, int from, float most, float perScale) {
        for (int at = first - 1; at >= from; at--) {
            int step = step(at);
            if (step < season) {
                Arrays.fill(before, from, at + 1, Float.NaN); // of the first season
                Arrays.fill(deviations, from, at + 1, 0);
                return;
            }
            float y = past.distances[at];
            before[at] = backBy(before[at + season], y, (float) SlotMeans.rate(season, step / season, 0), most);
            deviations[at] = deviation(y - before[at], perScale);
        }
    }

    private void reachWide(Past past, int from, float most, float perScale) {
        int now = (taken - 1) % season;
        int step = step(first - 1);
        int seasons = step / season;
        int phase = step % season;
        float settled = (float) SlotMeans.settled(season);
        for (int at = first - 1; at >= from; at--) {
            if (step-- < season) {
                before[at] = Float.NaN; // of the first season
                target[at] = Float.NaN;
                deviations[at] = 0;
                continue;
            }
            float y = past.distances[at];
            int slot = lines.slot[phase];
            float rate = seasons >= SlotMeans.SEASONS ? settled : (float) SlotMeans.rate(season, seasons, phase);
            if (rate < 1) {
                means[slot] = backBy(means[slot], y, rate, most);
            }
            before[at] = lines.mean(means, phase);
            target[at] = lines.mean(means, now);
            deviations[at] = deviation(y - before[at], perScale);
            seasons -= phase == 0 ? 1 : 0;
            phase = phase == 0 ? season - 1 : phase - 1;
        }
    }

    /** A mean before a value came, which counted so much. */
    private static float backBy(float mean, float y, float rate, float most) {
        float change = (y - mean) * (1 / (1 - rate));
        float bounded = change > most ? most : change < -most ? -most : change;
        return Float.isNaN(y) ? mean : mean - rate * bounded;
    }

    private static float deviation(float distance, float perScale) {
        float deviation = distance * perScale;
        return deviation > BOUND ? BOUND : deviation >= -BOUND ? deviation : deviation < 0 ? -BOUND : 0;
    }
}
