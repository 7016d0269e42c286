package io.eddy.cli;

/**
 * A fault planted into a simulated series.
 *
 * @param fromMillis start of the first step concerned, epoch milliseconds
 * @param toMillis end of the last step concerned (the first time that is well again), epoch milliseconds
 */
public record Fault(String series, FaultKind kind, long fromMillis, long toMillis) {}
