package io.eddy.bench;

import io.eddy.model.Answer;
import io.eddy.model.Architecture;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.Quantiles;
import io.eddy.model.WeightsVersion;

/** The forecaster as the jobs run it, every row a step, with a network that adds nothing to the base forecast. */
final class EddyDetector implements Detector {
    private static final int WARM_UP = 48;
    private static final int MERGE_GAP = 6;

    static final WeightsVersion WEIGHTS =
            new WeightsVersion(1, RandomWeights.of(new Architecture(Forecaster.inputs(), 4, 1, 1, Quantiles.COUNT), 0));

    private final Forecaster forecaster = forecaster();
    private final Answer answer = new Answer(1);

    static Forecaster forecaster() {
        return new Forecaster(new Forecaster.Options(1, 0, 0, 1e-4, WARM_UP, MERGE_GAP));
    }

    @Override
    public String name() {
        return "eddy";
    }

    @Override
    public void score(long[] millis, double[] values, float[] scores, float[] alerts) {
        Memory memory = new Memory();
        for (int i = 0; i < values.length; i++) {
            forecaster.step(memory, WEIGHTS, millis[i], values[i], answer);
            boolean judged = answer.warmingUp == null;
            scores[i] = judged ? (float) answer.anomalyScore : 0;
            alerts[i] = judged ? (float) answer.alert : 0;
        }
    }
}
