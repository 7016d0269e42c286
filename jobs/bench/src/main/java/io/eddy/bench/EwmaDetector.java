package io.eddy.bench;

/** Distance from an exponentially weighted mean in exponentially weighted deviations (Roberts 1959). */
final class EwmaDetector implements Detector {
    private static final double MEAN_GAIN = 0.1;
    private static final double VARIANCE_GAIN = 0.002;
    private static final int YOUNG = 20;

    @Override
    public String name() {
        return "ewma";
    }

    @Override
    public void score(long[] millis, double[] values, float[] scores, float[] alerts) {
        double mean = values.length == 0 ? 0 : values[0];
        double variance = 0;
        for (int i = 0; i < values.length; i++) {
            double error = Double.isNaN(values[i]) ? 0 : values[i] - mean;
            double deviation = Math.sqrt(variance) + 1e-3 * Math.abs(mean) + 1e-9;
            scores[i] = i < YOUNG ? 0 : (float) Math.min(Math.abs(error) / deviation, 1e6);
            alerts[i] = scores[i];
            mean += Math.max(MEAN_GAIN, 1.0 / (i + 1)) * error;
            variance += Math.max(VARIANCE_GAIN, 1.0 / (i + 1)) * (error * error - variance);
        }
    }
}
