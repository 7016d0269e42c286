package io.eddy.model;

import io.eddy.model.network.Weights;
import java.util.Arrays;

/**
 * Brings a hidden and cell state to where other weights would have brought it, by the values that the history of the series still holds.
 *
 * <p>The inputs of the past are not kept. They are made again by a second history that sees the same values; its scale and level rest on
 * fewer of them, so the first of its inputs are off and only the last {@link #STEPS} are used. Of covariates
 * no past values are remembered, so they are missing in all steps that are replayed.
 */
final class Rewarming {
    /** Steps that the network takes: the length of a training window by default. */
    static final int STEPS = 48;

    private Rewarming() {}

    /**
     * Replays the steps that the history holds.
     *
     * @param last lag of the last of them, 0: the newest too, 1: the step before it
     * @param timeMillis of the newest step
     * @param stepMillis between two steps
     * @param inputs what enters the network
     * @param x [inputs], scratch
     * @param h [layers][hidden], replaced
     * @param c [layers][hidden], replaced
     * @param z [4 * hidden], scratch
     */
    static void replay(
            History past,
            int last,
            Weights weights,
            long timeMillis,
            long stepMillis,
            Inputs inputs,
            float[] x,
            float[][] h,
            float[][] c,
            float[] z) {
        for (int layer = 0; layer < h.length; layer++) {
            Arrays.fill(h[layer], 0);
            Arrays.fill(c[layer], 0);
        }
        Calendar calendar = inputs.calendar();
        History again = new History();
        again.seasons.fix(past.seasons.season());
        for (int lag = (int) Math.min(past.steps(), Ring.CAPACITY) - 1; lag >= last; lag--) {
            long at = timeMillis - lag * stepMillis;
            again.observe(past.ago(lag), at);
            if (lag < last + STEPS) {
                inputs.fill(x, again, Covariates.NONE, calendar.at(at));
                weights.step(x, h, c, z);
            }
        }
    }
}
