package io.eddy.bench;

import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.util.Map;
import java.util.Objects;

/** The forecaster as the jobs run it, every row a step. */
final class EddyDetector implements Detector {
    static final String NAME = "eddy";
    static final String LEAN = "lean";

    /** Those that ship, for one step ahead. */
    static final WeightsVersion SHIPPED = Objects.requireNonNull(
            BaseWeights.shipped(Options.of(Map.of()).with(ForecastOptions.HORIZON, "1")),
            "weights: expected those that ship to have the shape of the default options, found another");

    /** A network that adds nothing to the experts' forecast. */
    static final WeightsVersion NO_NETWORK =
            new WeightsVersion(1, RandomWeights.of(new Architecture(Forecaster.inputs(), 4, 1, 1, Quantiles.COUNT), 0));

    private final String name;
    private final WeightsVersion weights;
    private final Forecaster forecaster;
    private final Answer answer = new Answer(1);

    /** @param experts as the option forecast.experts names them */
    EddyDetector(String name, WeightsVersion weights, String experts, Scoring scoring) {
        this.name = name;
        this.weights = weights;
        forecaster = forecaster(experts, scoring);
    }

    /** As it ships. */
    EddyDetector() {
        this(NAME, SHIPPED, LEAN, Scoring.USUAL);
    }

    static Forecaster forecaster(String experts, Scoring scoring) {
        return new Forecaster(UsualOptions.of(1, NewWeights.CARRY, experts, scoring));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void score(long[] millis, double[] values, float[] scores, float[] alerts) {
        Memory memory = new Memory();
        for (int i = 0; i < values.length; i++) {
            forecaster.step(memory, weights, millis[i], values[i], answer);
            boolean judged = answer.warmingUp == null;
            scores[i] = judged ? (float) answer.anomalyScore : 0;
            alerts[i] = judged ? (float) answer.alert : 0;
        }
    }
}
