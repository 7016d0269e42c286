package io.eddy.bench;

/** The value leaves the range seen so far: by how much of that range. */
final class RangeRule implements Detector {
    @Override
    public String name() {
        return "range-rule";
    }

    @Override
    public void score(long[] millis, double[] values, float[] scores, float[] alerts) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < values.length; i++) {
            double y = values[i];
            double beyond = Math.max(low - y, y - high);
            double range = high - low;
            scores[i] = range > 0 && beyond > 0 ? (float) Math.min(beyond / range, 1e6) : 0;
            alerts[i] = scores[i];
            low = Double.isNaN(y) ? low : Math.min(low, y);
            high = Double.isNaN(y) ? high : Math.max(high, y);
        }
    }
}
