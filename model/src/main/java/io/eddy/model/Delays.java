package io.eddy.model;

/**
 * Products of delayed values of a series, up to the third degree (Gauthier, Bollt, Griffith and Barbosa 2021, Nature Communications 12:5564): 1, the
 * last 20 values, products of two of those 0 to 16 steps ago and of three of them. The delays double, for nobody knows how fast a series is.
 */
final class Delays {
    /** Values that are looked at, the newest and those before it. */
    static final int DEPTH = 20;

    private static final int[] TWO = {0, 1, 2, 4, 6, 8, 12, 16};
    private static final int[] THREE = {0, 1, 2, 4, 8, 16};

    /** Products there are: 113. */
    static final int SIZE = 1 + DEPTH + pairs(TWO.length) + triples(THREE.length);

    private Delays() {}

    private static int pairs(int n) {
        return n * (n + 1) / 2;
    }

    private static int triples(int n) {
        return n * (n + 1) * (n + 2) / 6;
    }

    /**
     * Fills the products.
     *
     * @param values of the order of 1, the oldest first
     * @param newest place of the newest, at least {@link #DEPTH} - 1
     * @param x [{@link #SIZE}], filled
     */
    static void fill(double[] values, int newest, double[] x) {
        x[0] = 1;
        int at = 1;
        for (int lag = 0; lag < DEPTH; lag++) {
            x[at++] = values[newest - lag];
        }
        for (int i = 0; i < TWO.length; i++) {
            double one = values[newest - TWO[i]];
            for (int j = 0; j <= i; j++) {
                x[at++] = one * values[newest - TWO[j]];
            }
        }
        for (int i = 0; i < THREE.length; i++) {
            double one = values[newest - THREE[i]];
            for (int j = 0; j <= i; j++) {
                double two = one * values[newest - THREE[j]];
                for (int k = 0; k <= j; k++) {
                    x[at++] = two * values[newest - THREE[k]];
                }
            }
        }
    }
}
