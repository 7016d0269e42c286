package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.ShadowRecord;
import io.eddy.model.Shadow;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the subtasks found of a shadow becomes one record. */
class ShadowFunctionTest {
    private static final long SINCE = 5_000;
    private static final long INTERVAL = 60_000;
    private static final Weights SHADOW =
            ShadowRecord.start(TestingWeights.withStatus(4, WeightsStatus.rejected), 0.1, Instant.ofEpochMilli(SINCE));

    private static KeyedBroadcastOperatorTestHarness<String, Shadow.Sums, Control, Weights> job(
            @Nullable OperatorSubtaskState state) throws Exception {
        KeyedBroadcastOperatorTestHarness<String, Shadow.Sums, Control, Weights> job =
                new KeyedBroadcastOperatorTestHarness<>(
                        new CoBroadcastWithKeyedOperator<>(
                                new ShadowFunction(TestingWeights.MODEL, INTERVAL), List.of(ForecastFunction.WEIGHTS)),
                        sums -> TestingWeights.MODEL,
                        Types.STRING,
                        1,
                        1,
                        0);
        job.setup();
        if (state != null) {
            job.initializeState(state);
        }
        job.open();
        return job;
    }

    private static Shadow.Sums found(long since, long series, double error) {
        return new Shadow.Sums(since, series, 10, error, 2 * error);
    }

    @Test
    void writesTheMeanOverTheSeriesOnceInEachInterval() throws Exception {
        try (var job = job(null)) {
            job.setProcessingTime(1);
            job.processElement(found(SINCE, 2, 1), 0); // may come before the record that tells of the shadow
            job.processBroadcastElement(Control.of(SHADOW), 0);
            job.processElement(found(SINCE, 2, 0.5), 0);
            assertThat(job.extractOutputValues()).isEmpty();
            job.setProcessingTime(INTERVAL);
            assertThat(job.extractOutputValues()).singleElement().satisfies(record -> {
                assertThat(record.getVersion()).isEqualTo(4);
                assertThat(record.getStatus()).isEqualTo(WeightsStatus.rejected);
                assertThat(record.getTensors()).isEqualTo(SHADOW.getTensors());
                assertThat(ShadowRecord.is(record)).isFalse();
                assertThat(record.getMetrics())
                        .containsOnly(
                                entry("shadow_mae", 1.5 / 4),
                                entry("champion_mae", 3.0 / 4),
                                entry("shadow_steps", 20.0),
                                entry("shadow_series", 4.0));
            });
            job.setProcessingTime(5 * INTERVAL);
            assertThat(job.extractOutputValues()).as("nothing was found since").hasSize(1);
        }
    }

    @Test
    void goesOnAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var job = job(null)) {
            job.processBroadcastElement(Control.of(SHADOW), 0);
            job.processElement(found(SINCE, 2, 1), 0);
            state = job.snapshot(1, 1);
        }
        try (var job = job(state)) {
            job.processElement(found(SINCE, 0, 0.2), 0);
            job.setProcessingTime(INTERVAL);
            assertThat(job.extractOutputValues())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMetrics()).containsEntry("shadow_mae", 0.6));
        }
    }

    @Test
    void whatIsLeftOfAnEarlierShadowIsNotAddedToTheNext() throws Exception {
        try (var job = job(null)) {
            job.processBroadcastElement(Control.of(SHADOW), 0);
            job.processElement(found(SINCE, 5, 1), 0);
            Weights next = ShadowRecord.start(TestingWeights.champion(5), 0.1, Instant.ofEpochMilli(SINCE + 1));
            job.processBroadcastElement(Control.of(next), 0);
            job.processElement(found(SINCE + 1, 1, 0.3), 0);
            job.processElement(found(SINCE, 1, 9), 0);
            job.setProcessingTime(INTERVAL);
            assertThat(job.extractOutputValues()).singleElement().satisfies(record -> {
                assertThat(record.getVersion()).isEqualTo(5);
                assertThat(record.getMetrics()).containsEntry("shadow_mae", 0.3);
            });
        }
    }

    @Test
    void writesNothingOnceTheShadowHasEnded() throws Exception {
        try (var job = job(null)) {
            job.processBroadcastElement(Control.of(SHADOW), 0);
            job.processElement(found(SINCE, 2, 1), 0);
            job.processBroadcastElement(Control.of(ShadowRecord.end(SHADOW)), 0);
            job.setProcessingTime(INTERVAL);
            assertThat(job.extractOutputValues()).isEmpty();
        }
    }
}
