package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Score;
import io.eddy.Status;
import io.eddy.connectors.Control;
import io.eddy.connectors.EmitOn;
import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.util.KeyedBroadcastOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** A producer whose names are new with each reading takes nothing from the series that are known. */
class SeriesRoomTest {
    private static final long MINUTE = 60_000;
    private static final int MOST = 20;
    private static final int FORGET_AFTER = 8;

    private static KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> job() throws Exception {
        ForecastOperator operator = new ForecastOperator(
                new ForecastSetup(
                        TestingWeights.MODEL,
                        Fields.ONE,
                        TestingOptions.of(TestingWeights.HORIZON, 0),
                        new Emission(EmitOn.STEP, 1),
                        null,
                        MOST,
                        0,
                        0,
                        "feedback",
                        List.of()),
                new GoneSeries(FORGET_AFTER * MINUTE, MINUTE),
                null);
        KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> job =
                new KeyedBroadcastOperatorTestHarness<>(operator, Fields.ONE::key, Types.STRING, 2, 1, 0);
        job.setStateBackend(new HashMapStateBackend());
        job.setup();
        job.open();
        return job;
    }

    @Test
    void seriesThatAreKnownGoOnAndNewOnesAreRefusedUntilOthersAreForgotten() throws Exception {
        try (KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> job = job()) {
            for (int minute = 0; minute < 6; minute++) {
                send(job, "good", minute);
                for (int i = 0; i < 10; i++) {
                    send(job, "wild-" + minute + "-" + i, minute);
                }
                job.watermark((minute + 1) * MINUTE);
            }
            assertThat(scores(job))
                    .filteredOn(score -> score.getSeries().equals("good"))
                    .hasSize(6)
                    .noneMatch(score -> score.getStatus() == Status.BAD_INPUT);
            assertThat(scores(job))
                    .filteredOn(score -> score.getStatus() == Status.BAD_INPUT)
                    .hasSize(60 - (MOST - 1))
                    .allSatisfy(score -> assertThat(score.getStatusReason())
                            .isEqualTo("readings.max_series: expected at most 20 series, found one more"));

            for (int minute = 6; minute < 20; minute++) {
                send(job, "good", minute);
                job.watermark((minute + 1) * MINUTE);
            }
            send(job, "new", 20);
            job.watermark(21 * MINUTE);
            assertThat(scores(job))
                    .last()
                    .returns("new", Score::getSeries)
                    .returns(Status.WARMING_UP, Score::getStatus);
        }
    }

    private static List<Score> scores(KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> job) {
        return job.extractOutputValues();
    }

    private static void send(
            KeyedBroadcastOperatorTestHarness<String, Observation, Control, Score> job, String series, int minute)
            throws Exception {
        Observation reading = new Observation();
        reading.series = series;
        reading.timeMillis = minute * MINUTE;
        reading.value = minute;
        job.processElement(reading, reading.timeMillis);
    }
}
