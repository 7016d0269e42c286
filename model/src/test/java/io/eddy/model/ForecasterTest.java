package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final long HOUR = 3_600_000L;
    private static final Forecaster.Options OPTIONS = TestingOptions.of(24, 0, HOUR, 1e-4, 48, 6);

    private final Forecaster forecaster = new Forecaster(OPTIONS);
    private final Answer answer = new Answer(24);
    private final WeightsVersion weights =
            new WeightsVersion(3, TestingWeights.random(7, Forecaster.inputs(), 16, 24, 0.05));
    private final WeightsVersion bad = new WeightsVersion(4, TestingWeights.random(7, Forecaster.inputs(), 16, 24));

    /** A daily curve with noise. */
    private static double[] daily(int steps, long seed) {
        Random random = new Random(seed);
        double[] y = new double[steps];
        for (int t = 0; t < steps; t++) {
            y[t] = 100 + 30 * Math.sin(2 * Math.PI * t / 24) + random.nextGaussian();
        }
        return y;
    }

    private List<String> replay(Memory memory, double[] y, int from, int to) {
        List<String> outputs = new ArrayList<>();
        for (int t = from; t < to; t++) {
            forecaster.step(memory, weights, t * HOUR, y[t], answer);
            outputs.add(answer.anomalyScore + " " + answer.pValue + " " + Arrays.toString(answer.forecast));
        }
        return outputs;
    }

    @Test
    void forecastsTheSeasonWithoutWeightsAndSaysThatItIsWarmingUp() {
        Memory memory = new Memory();
        double[] y = daily(24 * 14, 1);
        for (int t = 0; t < y.length; t++) {
            forecaster.step(memory, null, t * HOUR, y[t], answer);
        }
        assertThat(answer.warmingUp).isEqualTo("no weights yet");
        assertThat(answer.version).isZero();
        for (int h = 1; h <= 24; h++) {
            double truth = 100 + 30 * Math.sin(2 * Math.PI * (y.length - 1 + h) / 24.0);
            assertThat(answer.quantile(h, Quantiles.MEDIAN)).isCloseTo(truth, within(5.0));
        }
    }

    @Test
    void aSpikeIsAnAnomalyAndOpensAnEventThatCloses() {
        Memory memory = new Memory();
        double[] y = daily(24 * 14, 2);
        int at = 24 * 10 + 5;
        y[at] += 40;
        List<Integer> anomalies = new ArrayList<>();
        List<Incident.Change> changes = new ArrayList<>();
        for (int t = 0; t < y.length; t++) {
            forecaster.step(memory, weights, t * HOUR, y[t], answer);
            if (answer.isAnomaly) {
                anomalies.add(t);
            }
            if (answer.change != Incident.Change.NONE) {
                changes.add(answer.change);
            }
            if (t == at) {
                assertThat(answer.direction).isEqualTo(1);
                assertThat(answer.y).isGreaterThan(answer.yhatUpper);
                assertThat(answer.channel).isEqualTo(Channel.SPIKE);
            }
        }
        assertThat(anomalies).contains(at).allMatch(t -> t >= at && t <= at + 2);
        assertThat(changes).startsWith(Incident.Change.OPEN).endsWith(Incident.Change.CLOSE);
        assertThat(memory.incident().startMillis()).isEqualTo(at * HOUR);
    }

    @Test
    void howFarFromZeroASeriesIsDoesNotMatter() {
        double[] y = daily(24 * 20, 3);
        y[y.length - 1] += 25;
        double[] far = Arrays.stream(y).map(value -> value + 1e7).toArray();
        Memory near = new Memory();
        replay(near, y, 0, y.length - 1);
        double width = answer.quantile(24, Quantiles.UPPER_95) - answer.quantile(24, Quantiles.LOWER_95);
        replay(near, y, y.length - 1, y.length);
        double score = answer.anomalyScore;
        Memory away = new Memory();
        replay(away, far, 0, y.length - 1);
        assertThat(answer.quantile(24, Quantiles.UPPER_95) - answer.quantile(24, Quantiles.LOWER_95))
                .isCloseTo(width, withinPercentage(20));
        replay(away, far, y.length - 1, y.length);
        assertThat(score).isGreaterThan(1);
        assertThat(answer.anomalyScore).isCloseTo(score, withinPercentage(30));
    }

    @Test
    void aFlatLineIsAnAnomaly() {
        Memory memory = new Memory();
        double[] y = daily(24 * 14, 3);
        Arrays.fill(y, 24 * 10, 24 * 11, y[24 * 10]);
        boolean found = false;
        for (int t = 0; t < 24 * 11; t++) {
            forecaster.step(memory, weights, t * HOUR, y[t], answer);
            found |= answer.isAnomaly && t >= 24 * 10;
        }
        assertThat(found).isTrue();
    }

    @Test
    void pValuesMeanWhatTheySayOnNormalData() {
        int below = 0;
        int all = 0;
        for (int seed = 0; seed < 20; seed++) {
            Memory memory = new Memory();
            double[] y = daily(3000, seed);
            for (int t = 0; t < y.length; t++) {
                forecaster.step(memory, null, t * HOUR, y[t], answer);
                if (t > 500) {
                    all++;
                    below += answer.pValue <= 0.01 ? 1 : 0;
                }
            }
        }
        assertThat((double) below / all).isBetween(0.002, 0.02);
    }

    @Test
    void intervalsCoverWhatTheyPromise() {
        Accuracy accuracy = new Accuracy(24);
        Memory memory = new Memory();
        double[] y = daily(3000, 4);
        for (int t = 0; t < y.length; t++) {
            forecaster.step(memory, null, t * HOUR, y[t], answer);
            accuracy.add(answer);
        }
        assertThat(accuracy.metrics().get("coverage_80")).isBetween(0.7, 0.9);
        assertThat(accuracy.metrics().get("coverage_95")).isBetween(0.9, 0.99);
        assertThat(accuracy.metrics().get("mae")).isLessThan(accuracy.metrics().get("mae_naive"));
    }

    @Test
    void aMemoryGoesOnAfterItWasWrittenAndRead() throws IOException {
        double[] y = daily(400, 6);
        Memory memory = new Memory();
        replay(memory, y, 0, 300);
        Memory read = copy(memory);
        assertThat(replay(read, y, 300, 400)).isEqualTo(replay(memory, y, 300, 400));
    }

    private static Memory copy(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return Memory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    @Test
    void missingValuesGapsAndConstantsLeaveEverythingFinite() {
        Memory memory = new Memory();
        Random random = new Random(8);
        long time = 0;
        for (int t = 0; t < 2000; t++) {
            time += HOUR * (random.nextInt(20) == 0 ? 1 + random.nextInt(100) : 1);
            double y = t % 7 == 0 ? Double.NaN : t < 1000 ? 0 : t < 1500 ? 1e30 : -1e-30;
            forecaster.step(memory, t < 100 ? null : bad, time, y, answer);
            assertThat(answer.anomalyScore).isFinite().isNotNegative();
            assertThat(answer.pValue).isBetween(0.0, 1.0);
            for (int h = 1; h <= answer.horizon(); h++) {
                double[] row = answer.quantiles(h);
                assertThat(row).isSorted();
                assertThat(row[0]).isFinite();
                assertThat(row[Quantiles.COUNT - 1]).isFinite();
            }
        }
    }

    @Test
    void aSeriesIsNotWorseOffForBadWeights() {
        Memory with = new Memory();
        Memory without = new Memory();
        Accuracy accuracyWith = new Accuracy(24);
        Accuracy accuracyWithout = new Accuracy(24);
        double[] y = daily(3000, 9);
        for (int t = 0; t < y.length; t++) {
            forecaster.step(with, bad, t * HOUR, y[t], answer);
            accuracyWith.add(answer);
            forecaster.step(without, null, t * HOUR, y[t], answer);
            accuracyWithout.add(answer);
        }
        assertThat(accuracyWith.metrics().get("mae"))
                .isLessThan(1.1 * accuracyWithout.metrics().getOrDefault("mae", Double.NaN));
    }

    @Test
    void refusesWeightsOfAnotherShapeAndSaysWhichRule() {
        assertThat(forecaster.misfit(weights.weights())).isNull();
        assertThat(forecaster.misfit(TestingWeights.random(1, 3, 8, 24))).isEqualTo("inputs: expected 10, found 3");
    }

    @Test
    void stepsBeyondThoseThatTheNetworkKnowsAreForecastByTheExperts() {
        WeightsVersion shorter = new WeightsVersion(3, TestingWeights.random(7, Forecaster.inputs(), 16, 6, 0.05));
        assertThat(forecaster.misfit(shorter.weights())).isNull();
        Memory memory = new Memory();
        double[] y = daily(24 * 20, 4);
        for (int t = 0; t < y.length; t++) {
            forecaster.step(memory, shorter, t * HOUR, y[t], answer);
        }
        double[] base = forecaster.member(0);
        double[] network = forecaster.member(1);
        for (int h = 1; h <= 24; h++) {
            double[] row = answer.quantiles(h);
            assertThat(Double.isNaN(network[h - 1])).isEqualTo(h > 6);
            assertThat(row).isSorted();
            if (h > 6) {
                assertThat(row[Quantiles.MEDIAN]).isEqualTo(base[h - 1]);
                assertThat(row[Quantiles.LOWER_95]).isLessThan(row[Quantiles.MEDIAN]);
            }
        }
    }
}
