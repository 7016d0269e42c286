package io.eddy.model;

/** What a person says about a span of a series, and what it changes. */
public enum Verdict {
    /** A false alarm: what spoke for it weighs less from now on, an open event ends, and its values are learnt from. */
    NOT_ANOMALY,
    /** An anomaly, told or not: what spoke for it weighs more from now on. */
    ANOMALY,
    /** The span, also one to come, is told of in no case. */
    ANOMALY_EXPECTED,
    /** The new normal: an open event ends and what follows is learnt from at once. */
    ANOMALY_NEW_TREND,
    /** Takes an expected span back. */
    NO_FEEDBACK
}
