package io.eddy.bench;

import io.eddy.cli.SimulatedFleet;
import java.time.Duration;
import java.time.Instant;

/** Simulated series at one-hour steps, drawn before anything is timed. */
record SeriesValues(float[][] values, long startMillis, long stepMillis) {
    /** [steps][series], of a fleet whose series behave as the demo's. */
    static SeriesValues draw(int series, int steps) {
        Instant start = Instant.parse("2020-01-06T00:00:00Z");
        long stepMillis = Duration.ofHours(1).toMillis();
        SimulatedFleet fleet =
                new SimulatedFleet(new SimulatedFleet.Spec(1, series, start.toEpochMilli(), stepMillis, 1));
        float[][] values = new float[steps][series];
        for (float[] row : values) {
            int[] next = {0};
            fleet.nextStep(reading -> row[next[0]++] = (float) reading.value());
        }
        return new SeriesValues(values, start.toEpochMilli(), stepMillis);
    }

    long millis(int step) {
        return startMillis + step * stepMillis;
    }
}
