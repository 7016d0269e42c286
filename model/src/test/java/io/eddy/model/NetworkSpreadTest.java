package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.WeightsVersion;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A network's spread counts as far as it tells when values will go far, and costs nothing where it does not. */
class NetworkSpreadTest {
    private static final int HORIZON = 24;
    private final Random random = new Random(1);

    /**
     * The share after 4000 normal values, whose deviation is half of the usual or twice as much, by chance.
     *
     * @param network its width when the deviation is so much
     */
    private double share(DoubleUnaryOperator network) {
        NetworkSpread spread = new NetworkSpread();
        double factor = 1;
        for (int t = 1; t <= 4000; t++) {
            double deviation = random.nextBoolean() ? 0.5 : 2;
            double width = network.applyAsDouble(deviation);
            double unit = spread.issue(width, width, t);
            double half = factor * (1 - spread.share() + spread.share() * unit * width);
            double y = deviation * random.nextGaussian() / 1.96;
            boolean inside = Math.abs(y) <= half;
            spread.learn(inside ? 0 : (int) Math.signum(y), t);
            factor *= Math.exp(0.05 * ((inside ? 0 : 1) - 0.05));
        }
        return spread.share();
    }

    @Test
    void theShareFollowsWhatTheNetworkKnowsOfTheNextWidth() {
        assertThat(share(deviation -> deviation)).isGreaterThan(0.6);
        assertThat(share(deviation -> random.nextBoolean() ? 0.5 : 2)).isLessThan(0.1);
        assertThat(share(deviation -> 1 / deviation)).isLessThan(0.02);
    }

    @Test
    void onlyWhatIsWiderOrNarrowerThanUsualCounts() {
        assertThat(share(deviation -> 1000 * deviation)).isGreaterThan(0.6);
        assertThat(share(deviation -> deviation / 1000)).isGreaterThan(0.6);
    }

    @Test
    void aNewSeriesGoesByTheNetworkAloneUntilItsOwnErrorsAreKnown() {
        assertThat(NetworkSpread.alone(0)).isEqualTo(1);
        assertThat(NetworkSpread.alone(20)).isEqualTo(0.5, within(1e-9));
        assertThat(NetworkSpread.alone(200)).isZero();
        assertThat(NetworkSpread.alone(1_000_000)).isZero();
    }

    @Test
    void beyondTheLastStepThatIsJudgedTheShareCountsTheLessTheFarther() {
        assertThat(NetworkSpread.counts(1, 24)).isEqualTo(1);
        assertThat(NetworkSpread.counts(24, 24)).isEqualTo(1);
        assertThat(NetworkSpread.counts(48, 24)).isEqualTo(0.5);
    }

    @Test
    void aNetworkWithoutWidthOrWithoutEndHarmsNothing() {
        for (double ratio : new double[] {0, Double.MAX_VALUE, Double.POSITIVE_INFINITY}) {
            NetworkSpread spread = new NetworkSpread();
            double unit = spread.issue(ratio, ratio, 1);
            spread.learn(1, 1);
            assertThat(spread.share()).isBetween(0.0, 1.0);
            assertThat(unit).isNotNegative().isFinite();
        }
    }

    /** As where errors become a hundredth of what they were, and the network does not learn of it. */
    @Test
    void aWidthOfManyUsualOnesCountsAsAFew() {
        NetworkSpread spread = new NetworkSpread();
        for (int t = 1; t <= 500; t++) {
            assertThat(2 * spread.issue(2, 2, t)).isCloseTo(1, within(0.01));
        }
        assertThat(200 * spread.issue(200, 200, 501)).isBetween(2.0, 4.0);
    }

    @Test
    void withoutANetworkNothingIsLearnt() {
        NetworkSpread spread = new NetworkSpread();
        double before = spread.share();
        spread.issue(1, 1, 1);
        spread.issue(5, 5, 2);
        spread.none();
        spread.learn(1, 1);
        assertThat(spread.share()).isEqualTo(before);
    }

    /** Random weights whose head says widths of tens of scales, each step others. */
    @Test
    void anUntrainedNetworkCostsNoIntervalAnythingAfterAThousandSteps() {
        WeightsVersion nonsense = new WeightsVersion(1, TestingWeights.random(3, Forecaster.inputs(), 8, HORIZON, 10));
        for (String experts : new String[] {"lean", "full"}) {
            double[] without = intervals(experts, null);
            double[] with = intervals(experts, nonsense);
            for (int i = 0; i < with.length; i += 2) {
                assertThat(with[i]).as(experts + ", coverage").isCloseTo(without[i], within(0.02));
                assertThat(with[i + 1]).as(experts + ", score").isLessThan(1.04 * without[i + 1]);
            }
        }
    }

    /** Share that is covered and mean interval score of 95 % intervals, 1 and 12 steps ahead, of a noisy daily wave. */
    private static double[] intervals(String experts, @Nullable WeightsVersion weights) {
        Random random = new Random(2);
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 24, 3_600_000, 1e-4, 48, 6, experts));
        Memory memory = new Memory();
        Answer answer = new Answer(HORIZON);
        int steps = 5000;
        int from = 1000;
        int[] leads = {1, 12};
        double[][][] ends = new double[leads.length][steps + HORIZON][2];
        double[] found = new double[2 * leads.length];
        for (int t = 0; t < steps; t++) {
            double y = Math.sin(2 * Math.PI * t / 24) + 0.3 * random.nextGaussian();
            for (int i = 0; i < leads.length && t >= from; i++) {
                double lower = ends[i][t][0];
                double upper = ends[i][t][1];
                double beyond = Math.max(0, Math.max(lower - y, y - upper));
                found[2 * i] += beyond == 0 ? 1.0 / (steps - from) : 0;
                found[2 * i + 1] += (upper - lower + 40 * beyond) / (steps - from);
            }
            forecaster.step(memory, weights, 3_600_000L * t, y, answer);
            for (int i = 0; i < leads.length; i++) {
                double[] row = answer.quantiles(leads[i]);
                ends[i][t + leads[i]][0] = row[Quantiles.LOWER_95];
                ends[i][t + leads[i]][1] = row[Quantiles.UPPER_95];
            }
        }
        return found;
    }
}
