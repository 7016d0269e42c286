package io.eddy.model;

/** The {@link SlotMeans} of a series as they were at each of its last steps: what each value has changed is taken back, the newest first. Scratch. */
final class Profile {
    /** [slots]: as they are. */
    private final double[] newest = new double[SlotMeans.MOST];
    /** [slots]: as they were before the place {@link #first}. */
    private final double[] means = new double[SlotMeans.MOST];
    /** [places of the values]: the mean of each place's slot before its value; filled from {@link #first} on. */
    private final double[] before = new double[History.CAPACITY];
    /** [places of the values]: that of the newest place's slot, before the value of each place. */
    private final double[] target = new double[History.CAPACITY];

    private int slots;
    private int season;
    private int taken;
    private int first;

    /** Takes what is known after the newest step. */
    void look(SlotMeans of, Ring ring) {
        season = of.season();
        taken = of.taken();
        slots = of.values(ring, newest);
        System.arraycopy(newest, 0, means, 0, slots);
        first = Past.NOW + 1;
    }

    /** Whether this place had a whole season before it. */
    boolean isKnown(int place) {
        return season > 0 && taken - 1 - (Past.NOW - place) >= season;
    }

    /** The mean of the slot of this place before its value; for {@link #isKnown} places. */
    double before(Past past, int place) {
        reach(past, place);
        return before[place];
    }

    /** The mean of the slot of the newest place, as it was before the value of this one. */
    double target(Past past, int place) {
        reach(past, place);
        return target[place];
    }

    /** Fills {@code out[h - 1]} with the mean of the slot h steps ahead. */
    void ahead(int steps, double[] out) {
        int phase = taken % season;
        for (int h = 0; h < steps; h++) {
            out[h] = mean(newest, phase);
            phase = phase + 1 == season ? 0 : phase + 1;
        }
    }

    private void reach(Past past, int from) {
        if (from >= first) {
            return;
        }
        int width = SlotMeans.width(season);
        int now = (taken - 1) % season;
        int step = taken - 1 - (Past.NOW - (first - 1));
        int seasons = step / season;
        int phase = step % season;
        double settled = SlotMeans.settled(season);
        double most = SlotMeans.BOUND * past.scale;
        for (int at = first - 1; at >= from; at--) {
            double y = past.values[at];
            if (step-- < season) {
                before[at] = Double.NaN; // of the first season
                target[at] = Double.NaN;
                continue;
            }
            int slot = width == 1 ? phase : phase / width;
            // Asked for once where it is the same for all: this loop is most of what the profile costs.
            double rate = seasons >= SlotMeans.SEASONS ? settled : SlotMeans.rate(season, seasons, phase);
            if (!Double.isNaN(y) && rate < 1) {
                means[slot] -= rate * SlotMeans.bounded((y - means[slot]) / (1 - rate), most);
            }
            before[at] = width == 1 ? means[phase] : mean(means, phase);
            target[at] = width == 1 ? means[now] : mean(means, now);
            seasons -= phase == 0 ? 1 : 0;
            phase = phase == 0 ? season - 1 : phase - 1;
        }
        first = from;
    }

    /** Between the middles of two slots the mean lies on the line between them. */
    private double mean(double[] of, int phase) {
        int width = SlotMeans.width(season);
        if (width == 1) {
            return of[phase];
        }
        int twice = 2 * phase - (width - 1) + 2 * width * slots;
        int slot = twice / (2 * width);
        double share = (twice - 2.0 * width * slot) / (2 * width);
        return (1 - share) * of[slot % slots] + share * of[(slot + 1) % slots];
    }
}
