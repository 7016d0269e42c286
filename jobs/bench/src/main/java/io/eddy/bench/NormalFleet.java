package io.eddy.bench;

import java.util.Random;

/** Simulated series without anomalies, of eight shapes that operations know. */
final class NormalFleet {
    static final int SHAPES = 8;
    private static final long STEP_MILLIS = 300_000L;
    private static final int DAY = 288;

    private NormalFleet() {}

    static long millis(int row) {
        return row * STEP_MILLIS;
    }

    /** Series number k, [rows]; the shape is k mod {@link #SHAPES}. */
    static double[] series(int k, int rows) {
        Random random = new Random(k);
        double[] y = new double[rows];
        double state = 0;
        double amplitude = 1 + 9 * random.nextDouble();
        double phi = 0.5 + 0.49 * random.nextDouble();
        for (int t = 0; t < rows; t++) {
            double noise = random.nextGaussian();
            double day = amplitude * Math.sin(2 * Math.PI * t / DAY);
            state = phi * state + noise;
            y[t] = switch (k % SHAPES) {
                case 0 -> 100 + noise;
                case 1 -> 100 + state;
                case 2 -> 100 + day + noise;
                case 3 -> 100 + day + state;
                // A load whose noise grows with it, as requests have it.
                case 4 -> Math.exp(3 + day / 10 + 0.1 * noise);
                // Counts.
                case 5 -> Math.max(0, Math.rint(20 + 2 * day + Math.sqrt(20) * noise));
                // Heavy tails: Student's t with 4 degrees of freedom.
                case 6 -> 50 + noise / Math.sqrt(chiSquare(random) / 4);
                // A level that wanders, slowly.
                default -> (t == 0 ? 100 : y[t - 1]) + 0.1 * noise + 0.5 * (random.nextDouble() - 0.5);
            };
        }
        return y;
    }

    private static double chiSquare(Random random) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            double z = random.nextGaussian();
            sum += z * z;
        }
        return sum;
    }
}
