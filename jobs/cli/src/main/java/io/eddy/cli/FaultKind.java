package io.eddy.cli;

/** What can go wrong with a simulated series; sizes are in the series' own noise. */
public enum FaultKind {
    /** One or two steps, 8 to 12 sigma off. */
    SPIKE,
    /** Two to three days, 6 to 8 sigma off. */
    LEVEL_SHIFT,
    /** Moves away over one to two days, to 8 to 10 sigma, then is back at once. */
    TREND,
    /** Four to six times the noise for about a day. */
    VARIANCE,
    /** The very same value for 12 to 30 steps. */
    FLAT
}
