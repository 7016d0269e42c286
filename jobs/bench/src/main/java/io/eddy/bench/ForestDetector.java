package io.eddy.bench;

import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;

/** AWS Random Cut Forest with the library's defaults and shingles of 8 values: its anomaly grade, ties broken by its score. */
final class ForestDetector implements Detector {
    private static final int SHINGLE = 8;

    @Override
    public String name() {
        return "rcf";
    }

    @Override
    public void score(long[] millis, double[] values, float[] scores, float[] alerts) {
        ThresholdedRandomCutForest forest = ThresholdedRandomCutForest.builder()
                .dimensions(SHINGLE)
                .shingleSize(SHINGLE)
                .randomSeed(1)
                .build();
        double last = 0;
        for (int i = 0; i < values.length; i++) {
            last = Double.isNaN(values[i]) ? last : values[i];
            var found = forest.process(new double[] {last}, millis[i]);
            scores[i] = (float) (found.getAnomalyGrade() + 1e-3 * found.getRCFScore());
            alerts[i] = scores[i];
        }
    }
}
