package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Quantiles;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaterQuantilesTest {
    private static final int HORIZON = 48;

    private final Random random = new Random(1);
    private final Memory memory = new Memory();
    private final LaterWidths widths = new LaterWidths(HORIZON);
    private final LaterQuantiles quantiles = new LaterQuantiles(HORIZON);
    private final double[] base = random.doubles(HORIZON).toArray();
    private final double[] apart = random.doubles(HORIZON).map(x -> 5 * x).toArray();
    private final double[] slots = random.doubles(HORIZON).map(x -> 0.5 + x).toArray();
    private final float[] deviations = deviations();
    private final double[] network = new double[HORIZON];

    private float[] deviations() {
        float[] all = new float[HORIZON * Quantiles.COUNT];
        for (int h = 0; h < HORIZON; h++) {
            for (int q = 0; q < Quantiles.COUNT; q++) {
                all[h * Quantiles.COUNT + q] = (float) (q + random.nextGaussian());
            }
        }
        return all;
    }

    /** All experts err alike, and are farther apart than that here and there. */
    LaterQuantilesTest() {
        memory.trust.fit(new Experts("lean", HORIZON).mask());
        int losses = Buckets.LEADS.length * ExpertNames.of("lean").size();
        for (int place = 0; place < losses; place++) {
            memory.trust.loss(place, 0.5);
        }
    }

    /** [HORIZON][quantiles]. */
    private double[][] rows(int known, int steps) {
        widths.look(memory, 0.5, apart, steps);
        quantiles.centre(base, deviations, known, steps, 2, new double[] {0, 0.5, 1, 0.2}, network);
        double[] forecast = new double[HORIZON * Quantiles.COUNT];
        double[] own = new double[HORIZON];
        double[] shares = new double[HORIZON];
        Arrays.setAll(own, h -> 0.7 + 0.01 * h);
        Arrays.setAll(shares, h -> 0.3 - 0.005 * h);
        quantiles.fill(widths, memory.leads, own, shares, 2, slots, steps, forecast);
        double[][] rows = new double[HORIZON][];
        Arrays.setAll(rows, h -> Arrays.copyOfRange(forecast, Quantiles.place(h + 1, 0), Quantiles.place(h + 2, 0)));
        return rows;
    }

    /** Where vectors make several steps at once, the last ones that fill none are made one by one. */
    @Test
    void aStepIsTheSameWithMoreStepsBehindIt() {
        double[][] all = rows(HORIZON, HORIZON);
        for (int steps = 24; steps < HORIZON; steps++) {
            double[][] some = rows(steps, steps);
            for (int h = 1; h < steps; h++) {
                assertThat(some[h]).as("step %d of %d", h + 1, steps).isEqualTo(all[h]);
            }
        }
    }

    @Test
    void quantilesAscendAroundTheMedian() {
        for (double[] row : Arrays.copyOfRange(rows(HORIZON, HORIZON), 1, HORIZON)) {
            assertThat(row).isSorted();
        }
    }

    @Test
    void beyondWhatTheNetworkKnowsTheMedianIsTheMixtures() {
        double[][] rows = rows(30, HORIZON);
        assertThat(rows[29][Quantiles.MEDIAN]).isNotEqualTo(base[29]);
        assertThat(network[29]).isNotNaN();
        for (int h = 30; h < HORIZON; h++) {
            assertThat(rows[h][Quantiles.MEDIAN]).isEqualTo(base[h]);
            assertThat(network[h]).isNaN();
        }
    }
}
