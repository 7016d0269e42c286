package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class NoveltyTest {
    private static final double WEIGHT = 0.8;
    private final double[] decades = new double[Channel.values().length];

    /** What is known after so many values. */
    private Novelty after(int values, ToDoubleFunction<Random> value) {
        Random random = new Random(5);
        Novelty novelty = new Novelty();
        for (int t = 0; t < values; t++) {
            double y = value.applyAsDouble(random);
            novelty.judge(y, 1, 0, 0, WEIGHT, decades);
            novelty.learn(y, true);
        }
        return novelty;
    }

    private double beyondItsRange(int values) {
        Novelty novelty = after(values, random -> 2 * random.nextDouble() - 1);
        novelty.judge(3, 1, 0, 0, WEIGHT, decades);
        return decades[Channel.RANGE.ordinal()];
    }

    @Test
    void aYoungSeriesWithAHeavyTailHasALongerTailOfEvidence() {
        double normal = after(300, Random::nextGaussian).evidenceTail();
        double heavy = after(300, random -> random.nextGaussian() / Math.sqrt(random.nextExponential() / 2))
                .evidenceTail();
        assertThat(normal).isBetween(1.0, 1.2);
        assertThat(heavy).isGreaterThan(1.4 * normal);
    }

    @Test
    void anOldSeriesGoesByTheTailOfItsOwnEvidence() {
        double old = after(20_000, random -> random.nextGaussian() / Math.sqrt(random.nextExponential() / 2))
                .evidenceTail();
        assertThat(old).isBetween(0.99, 1.01);
    }

    @Test
    void beyondARangeThatFewValuesHaveShownIsLessOdd() {
        assertThat(beyondItsRange(150)).isPositive().isLessThan(0.8 * beyondItsRange(10_000));
    }
}
