package io.eddy.cli.page;

/** What is kept of each step of a series, in the order in which the page gets it. */
enum Column {
    /** The value. */
    Y,
    /** What was expected one step before. */
    YHAT,
    /** The range in which the score stays below 1. */
    LOWER,
    UPPER,
    /** The 95 and 80 % interval of the forecast issued one step before. */
    LOWER_95,
    LOWER_80,
    UPPER_80,
    UPPER_95,
    SCORE,
    P_VALUE;

    static final int COUNT = values().length;

    /** Whether its unit is that of the series. */
    boolean isValue() {
        return ordinal() < SCORE.ordinal();
    }
}
