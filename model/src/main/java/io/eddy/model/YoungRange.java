package io.eddy.model;

/** How far the forecasts of a young series may go: no further beyond what was seen than it has gone in as many steps. Without bounds of an old one. */
final class YoungRange {
    /** What the values lie between. */
    private double lowest;

    private double highest;
    /** Their range by the step. */
    private double span;

    void look(Past past) {
        lowest = Double.NEGATIVE_INFINITY;
        highest = Double.POSITIVE_INFINITY;
        span = 0;
        if (past.steps <= Buckets.YOUNG) {
            see(past, (int) past.steps);
        }
    }

    private void see(Past past, int steps) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int ago = 0; ago < steps; ago++) {
            double value = past.ago(ago);
            least = value < least ? value : least;
            most = value > most ? value : most;
        }
        if (least <= most) {
            lowest = least;
            highest = most;
            span = Math.max(most - least, past.scale) / steps;
        }
    }

    /** What is forecast so many steps ahead, kept within. */
    double limited(double value, int h) {
        double room = span * h;
        return value < lowest - room ? lowest - room : value > highest + room ? highest + room : value;
    }
}
