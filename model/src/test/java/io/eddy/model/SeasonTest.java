package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class SeasonTest {
    private static final long HOUR = 3_600_000L;

    private static History replay(long stepMillis, int steps, IntToDoubleFunction y) {
        History history = new History();
        for (int t = 0; t < steps; t++) {
            history.observe(y.applyAsDouble(t), t * stepMillis);
        }
        return history;
    }

    @Test
    void findsADay() {
        Random random = new Random(1);
        History history = replay(HOUR, 240, t -> Math.sin(2 * Math.PI * t / 24) + 0.2 * random.nextGaussian());
        assertThat(history.seasons.season()).isEqualTo(24);
        assertThat(history.seasons.spacingMillis()).isEqualTo(HOUR);
    }

    @Test
    void prefersAWeekWhereWeekendsDiffer() {
        History history =
                replay(HOUR, 24 * 28, t -> (t / 24 % 7 < 5 ? 10 : 3) * (1.5 + Math.sin(2 * Math.PI * t / 24)));
        assertThat(history.seasons.season()).isEqualTo(168);
    }

    @Test
    void findsNoneInNoiseAndInARandomWalk() {
        Random random = new Random(2);
        assertThat(replay(HOUR, 1000, t -> random.nextGaussian()).seasons.season())
                .isZero();
        double[] walk = {0};
        History history = replay(HOUR, 1000, t -> walk[0] += random.nextGaussian());
        assertThat(history.seasons.season()).isZero();
        assertThat(history.persistence()).isGreaterThan(0.9);
    }

    @Test
    void takesTheSeasonItIsGiven() {
        History history = new History();
        Experts experts = new Experts("seasonal", 14);
        Trust trust = new Trust();
        history.seasons.fix(7);
        for (int t = 0; t < 30; t++) {
            history.observe(t % 7, t * HOUR);
            experts.observe(history, trust);
        }
        double[] base = new double[14];
        experts.forecast(history, trust, 14, base);
        for (int h = 1; h <= base.length; h++) {
            assertThat(base[h - 1]).isEqualTo((29 + h) % 7);
        }
    }
}
