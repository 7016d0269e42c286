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
        assertThat(history.seasons.day()).as("the season of the experts").isEqualTo(24);
    }

    @Test
    void aWeekThatIsGivenStaysAWeek() {
        History history = new History();
        history.seasons.fix(168);
        for (int t = 0; t < 24 * 28; t++) {
            history.observe(t % 168, t * HOUR);
        }
        assertThat(history.seasons.season()).isEqualTo(168);
        assertThat(history.seasons.day()).as("the season of the experts").isEqualTo(168);
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
    void aFewValuesOfNoiseAreHardlyEverASeason() {
        int found = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            found += replay(HOUR, 40, t -> random.nextGaussian()).seasons.season() > 0 ? 1 : 0;
        }
        assertThat(found).isLessThan(4);
    }

    @Test
    void aGapNowAndThenIsNoOtherSpacing() {
        History history = new History();
        long time = 0;
        for (int t = 0; t < 500; t++) {
            time += t % 5 == 4 ? 3 * HOUR : HOUR;
            history.observe(t % 7, time);
            if (t > 10) {
                assertThat(history.seasons.spacingMillis()).isEqualTo(HOUR);
            }
        }
    }

    @Test
    void aSeriesThatComesMoreOftenForGoodIsLearntAnewHoweverLongItCameByTheHour() {
        History history = new History();
        long time = 0;
        for (int t = 0; t < 2000; t++, time += HOUR) {
            history.observe(Math.sin(2 * Math.PI * t / 24), time);
        }
        assertThat(history.seasons.season()).isEqualTo(24);
        int steps = 0;
        while (history.seasons.spacingMillis() == HOUR) {
            time += HOUR / 4;
            history.observe(Math.sin(2 * Math.PI * time / (24.0 * HOUR)), time);
            assertThat(++steps).isLessThan(150);
        }
        assertThat(history.seasons.spacingMillis()).isEqualTo(HOUR / 4);
        assertThat(history.seasons.season())
                .as("nothing was compared at a day's distance yet")
                .isZero();
        for (int t = 0; t < 4 * 96; t++) {
            time += HOUR / 4;
            history.observe(Math.sin(2 * Math.PI * time / (24.0 * HOUR)), time);
        }
        assertThat(history.seasons.season()).isEqualTo(96);
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
