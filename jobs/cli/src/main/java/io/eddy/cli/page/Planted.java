package io.eddy.cli.page;

/**
 * A fault that a demo has planted, beside what was told of it.
 *
 * @param kind for people
 * @param fromMillis start of the first step concerned, epoch milliseconds
 * @param toMillis end of the last step concerned
 * @param peak the highest score of its steps and of some after them
 * @param isTold whether an event began there
 * @param isOver whether all these steps have been scored
 */
public record Planted(
        String series, String kind, long fromMillis, long toMillis, double peak, boolean isTold, boolean isOver) {}
