package io.eddy.connectors;

/** What a forecast is written for. */
public enum EmitOn {
    /** Every step, or every n-th. */
    STEP,
    /** Steps that are anomalous, and those whose newest reading asks for it. */
    REQUEST
}
