package io.eddy.model;

/**
 * A simple forecast from the recent values of a series.
 *
 * <p>What it forecast earlier can be had again from the same values, so its errors are known without a forecast waiting for its actual: that
 * is what makes a mixture of many of them cheap to keep.
 */
abstract class Expert {
    /**
     * What it forecasts, or would have forecast some steps ago.
     *
     * @param ago when it is issued: 0 is the newest step
     * @param h steps ahead from there, 1 to the horizon
     * @return in the unit of the values; NaN where it has nothing to say
     */
    abstract double at(Past past, Trust trust, int ago, int h);

    /**
     * Fills {@code out[h - 1]} with the forecasts for h = 1 to {@code steps} from the newest step.
     *
     * @return false where it has nothing to say of any; nothing is to be read there then
     */
    boolean fill(Past past, Trust trust, int steps, double[] out) {
        for (int h = 1; h <= steps; h++) {
            out[h - 1] = at(past, trust, 0, h);
        }
        return true;
    }

    /** How many seasons back the values lie that it goes by: 1, or 7 for weeks of days; 0 where it does not go by the season. */
    int seasonsBack(Past past) {
        return 0;
    }

    /** Whether it says the same of all steps ahead, so that it errs no less the farther they are. */
    boolean isConstant() {
        return false;
    }

    /** Steps over which it can say nothing: its judgements are counted from there on. Of one who goes by weeks they are not. */
    int silence(Past past) {
        return seasonsBack(past) == 1 ? past.candidate : 0;
    }

    /** How much more than one of its judgements so far the newest counts, 1 or more: above 1 for one who errs less the more it has seen,
     * or who is known by few judgements beside the steps that went before. */
    double progress() {
        return 1;
    }

    /** Of so many judgements beyond the next steps it gets one, for one is dear or was not kept; its judgements then count as so many. */
    int every(Past past) {
        return 1;
    }

    /**
     * How much more it counts than its errors say where they are the least, and the less so the larger they are beside the least: 0 is not more. Beyond the next
     * steps that holds once the series is no longer young: who has hardly been judged has shown no more than its errors.
     */
    double preference() {
        return 0;
    }

    /** The same of a young series whose season is known, beyond the next steps. */
    double youngPreference() {
        return 0;
    }

    /** Whether another says nearly what this one says, and better: beside it this one has no weight, for it would count twice. */
    boolean isOutdoneBy(Expert other) {
        return false;
    }

    /** Looks at the past anew, once in each step, before anything else is asked. */
    void look(Past past, Trust trust) {}

    /** Learns from the newest value, if it learns at all. */
    void learn(Past past, Trust trust) {}
}
