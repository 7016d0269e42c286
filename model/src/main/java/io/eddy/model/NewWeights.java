package io.eddy.model;

/** What becomes of the hidden and cell state of a series when the weights change and their shape does not. */
public enum NewWeights {
    /** It stays as the old weights left it. */
    CARRY,
    /** It is halved. */
    DECAY,
    /** It starts from zero and takes in the remembered values of the series again; what covariates said beside them is not remembered. */
    REWARM
}
