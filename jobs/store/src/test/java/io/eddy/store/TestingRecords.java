package io.eddy.store;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records as the jobs write them. */
final class TestingRecords {
    static final Instant NOON = Instant.parse("2026-03-29T12:00:00Z");

    private TestingRecords() {}

    static Score score(String series, Instant time, double y, Status status) {
        return Score.newBuilder()
                .setSeries(series)
                .setLabels(Map.of("site", "a", "unit", "°C"))
                .setTarget("value")
                .setEventTime(time)
                .setProcessingTime(time.plusSeconds(61))
                .setY(y)
                .setYhat(10)
                .setYhatLower(8)
                .setYhatUpper(Double.NaN)
                .setAnomalyScore(0.5)
                .setAnomalyScoreRaw(0.75)
                .setPValue(0.25)
                .setDirection(-1)
                .setIsAnomaly(false)
                .setStatus(status)
                .setImputed(false)
                .setNSamplesSeen(7)
                .setModelId("default")
                .setModelVersion(3)
                .setMemoryVersion(2)
                .build();
    }

    static Event event(EventState state, int points) {
        return Event.newBuilder()
                .setEventId("pump|value|" + NOON)
                .setSeries("pump")
                .setTarget("value")
                .setState(state)
                .setStart(NOON)
                .setPeakTime(NOON.plusSeconds(60))
                .setEnd(state == EventState.close ? NOON.plusSeconds(120) : null)
                .setPeakScore(2.5)
                .setPoints(points)
                .setDirection(1)
                .setKind(EventKind.level_shift)
                .build();
    }

    static Forecast forecast(Instant issued) {
        Duration step = Duration.ofMinutes(1);
        return Forecast.newBuilder()
                .setSeries("pump")
                .setLabels(Map.of())
                .setTarget("value")
                .setIssuedAt(issued)
                .setStepSeconds(60)
                .setModelId("default")
                .setModelVersion(3)
                .setSteps(List.of(
                        new ForecastStep(1, issued.plus(step), 10.5, 9.0, 12.0, List.of(9.0, 10.5, 12.0)),
                        new ForecastStep(2, issued.plus(step).plus(step), 11.5, 8.0, 15.0, List.of(8.0, 11.5, 15.0))))
                .setRealised(new Realised(0.5, 0.25, 0.75, 0.9375, List.of(), Map.of()))
                .build();
    }

    static Weights weights(long version, WeightsStatus status) {
        return Weights.newBuilder()
                .setModelId("default")
                .setVersion(version)
                .setParentVersion(version - 1)
                .setCreatedAt(NOON)
                .setStatus(status)
                .setArchitecture("lstm hidden=8")
                .setTensors(ByteBuffer.wrap(new byte[40]))
                .setMetrics(Map.of("pinball", 0.125, "parent_pinball", Double.NaN))
                .setDataFrom(NOON.minusSeconds(3600))
                .setDataTo(NOON)
                .setTrainer("test")
                .build();
    }
}
