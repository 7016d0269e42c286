package io.eddy.model.network;

/**
 * Weights and the number they were published under.
 *
 * @param version counts up from 1
 */
public record WeightsVersion(long version, Weights weights) {}
