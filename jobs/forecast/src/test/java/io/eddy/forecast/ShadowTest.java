package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.ShadowRecord;
import io.eddy.model.Forecaster;
import io.eddy.model.Shadow;
import io.eddy.model.network.Architecture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/** A version that runs beside the champion, as a user meets it. */
class ShadowTest {
    private static final Instant START = Instant.ofEpochMilli(1_000);

    private static Weights shadow(Weights version, double share) {
        return ShadowRecord.start(version, share, START);
    }

    private static Shadow.Sums total(List<Shadow.Sums> found) {
        return found.stream().reduce(Shadow.Sums::plus).orElseThrow();
    }

    @Test
    void changesNothingThatIsToldOfASeries() throws Exception {
        try (ForecastHarness with = ForecastHarness.withWeights();
                ForecastHarness without = ForecastHarness.withWeights()) {
            with.weights(shadow(TestingWeights.champion(7), 1));
            assertThat(with.run("a", 0, 80)).hasToString(without.run("a", 0, 80).toString());
            assertThat(with.forecasts()).hasToString(without.forecasts().toString());
            assertThat(with.shadow()).isNotEmpty();
            assertThat(without.shadow()).isEmpty();
        }
    }

    @Test
    void theSameWeightsMakeTheSameErrors() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.champion(1), 1));
            job.run("a", 0, 60);
            Shadow.Sums found = total(job.shadow());
            assertThat(found.series()).isEqualTo(1);
            assertThat(found.steps()).isBetween(50L, 60L);
            assertThat(found.error()).isPositive().isEqualTo(found.championError());
        }
    }

    @Test
    void oneThatKnowsTheSeriesBetterHasTheSmallerError() throws Exception {
        try (ForecastHarness job = ForecastHarness.fresh()) {
            job.weights(TestingWeights.louder(1));
            job.run("a", 0, 40);
            job.weights(shadow(TestingWeights.champion(2), 1));
            job.run("a", 40, 120);
            Shadow.Sums found = total(job.shadow());
            assertThat(found.steps()).isLessThanOrEqualTo(80);
            assertThat(found.error()).isLessThan(0.8 * found.championError());
        }
    }

    @Test
    void runsOnAShareOfTheSeries() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.champion(2), 0.25));
            for (int minute = 0; minute < 15; minute++) {
                for (int series = 0; series < 200; series++) {
                    job.reading("host-" + series, minute * 60_000L, minute + 0.1 * series);
                }
                job.endOf(minute);
            }
            assertThat(total(job.shadow()).series()).isBetween(35L, 65L);
        }
    }

    @Test
    void goesOnAfterARestore() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.champion(2), 1));
            job.run("a", 0, 50);
            try (ForecastHarness restored = ForecastHarness.restored(job.snapshot())) {
                List<Shadow.Sums> before = new ArrayList<>(job.shadow());
                job.run("a", 50, 90);
                restored.run("a", 50, 90);
                assertThat(restored.shadow())
                        .isEqualTo(
                                job.shadow().subList(before.size(), job.shadow().size()));
                before.addAll(restored.shadow());
                assertThat(total(before).series()).isEqualTo(1);
            }
        }
    }

    @Test
    void goesOnAfterARescale() throws Exception {
        List<String> series = List.of("a", "b", "c", "d", "e", "f");
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.champion(2), 1));
            for (int minute = 0; minute < 40; minute++) {
                step(job, series, minute);
            }
            OperatorSubtaskState state = job.snapshot();
            List<Shadow.Sums> apart = new ArrayList<>(job.shadow());
            step(job, series, 40);
            for (int subtask = 0; subtask < 2; subtask++) {
                int here = subtask;
                try (ForecastHarness part = ForecastHarness.rescaled(state, subtask)) {
                    step(
                            part,
                            series.stream()
                                    .filter(one -> ForecastHarness.isOf(here, one))
                                    .toList(),
                            40);
                    assertThat(part.shadow()).as("subtask " + subtask).isNotEmpty();
                    apart.addAll(part.shadow());
                }
            }
            Shadow.Sums undivided = total(job.shadow());
            assertThat(total(apart).series()).isEqualTo(series.size()).isEqualTo(undivided.series());
            assertThat(total(apart).steps()).isEqualTo(undivided.steps());
            assertThat(total(apart).error()).isCloseTo(undivided.error(), offset(1e-9));
        }
    }

    private static void step(ForecastHarness job, List<String> series, int minute) throws Exception {
        for (String one : series) {
            job.reading(one, minute * 60_000L, TestingSignal.at(one, minute));
        }
        job.endOf(minute);
    }

    @Test
    void aSeriesForgetsItWhenItEnds() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights();
                ForecastHarness without = ForecastHarness.withWeights()) {
            Weights shadow = shadow(TestingWeights.champion(2), 1);
            job.weights(shadow);
            job.run("a", 0, 50);
            job.weights(ShadowRecord.end(shadow));
            int found = job.shadow().size();
            job.run("a", 50, 60);
            without.run("a", 0, 60);
            assertThat(job.shadow()).hasSize(found);
            assertThat(job.memoryBytes("a")).isEqualTo(without.memoryBytes("a"));
        }
    }

    @Test
    void endsWhenTheTopicNoLongerKeepsItsVersion() throws Exception {
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.champion(2), 1));
            job.run("a", 0, 30);
            job.weights(TestingWeights.champion(65));
            int found = job.shadow().size();
            job.run("a", 30, 40);
            assertThat(job.shadow()).hasSizeGreaterThan(found);
            job.weights(TestingWeights.champion(66));
            int last = job.shadow().size();
            job.run("a", 40, 50);
            assertThat(job.shadow()).hasSize(last);
        }
    }

    @Test
    void isNoChampion() throws Exception {
        try (ForecastHarness job = ForecastHarness.fresh()) {
            job.weights(shadow(TestingWeights.champion(2), 1));
            assertThat(job.run("a", 0, 30)).extracting(Score::getModelVersion).containsOnly(0L);
            assertThat(job.shadow()).isEmpty();
        }
    }

    @Test
    void isRefusedWhereItDoesNotFit() throws Exception {
        Architecture narrow = new Architecture(3, 8, 1, TestingWeights.HORIZON, 5);
        try (ForecastHarness job = ForecastHarness.withWeights()) {
            job.weights(shadow(TestingWeights.withShape(2, narrow), 1));
            assertThat(job.run("a", 0, 30)).extracting(Score::getModelVersion).containsOnly(1L);
            assertThat(job.shadow()).isEmpty();
        }
    }

    @Test
    void whatIsRefusedIsCounted() {
        Counter refused = new SimpleCounter();
        MetricGroup metrics = new UnregisteredMetricsGroup() {
            @Override
            public Counter counter(String name) {
                return name.equals("weights_refused") ? refused : super.counter(name);
            }
        };
        Champion champion = new Champion(
                TestingWeights.MODEL,
                new Forecaster(TestingOptions.of(TestingWeights.HORIZON, 0)),
                new StaleWeights(0),
                metrics,
                NOPLogger.NOP_LOGGER);
        assertThat(champion.fitting(TestingWeights.champion(1))).isNotNull();
        assertThat(champion.fitting(TestingWeights.withTensors(2, new byte[] {1, 2, 3})))
                .isNull();
        assertThat(refused.getCount()).isEqualTo(1);
    }
}
