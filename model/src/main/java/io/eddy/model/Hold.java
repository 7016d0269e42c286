package io.eddy.model;

/** Why an alarm was held back, in the order in which it is asked. */
public enum Hold {
    /** It was not. */
    NONE,
    /** A person expected it, see {@link Verdict}; no rule is asked. */
    EXPECTED,
    SILENT,
    DIRECTION,
    ABSOLUTE,
    RELATIVE,
    K_OF_N
}
