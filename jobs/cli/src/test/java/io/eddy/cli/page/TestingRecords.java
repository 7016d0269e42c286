package io.eddy.cli.page;

import io.eddy.Event;
import io.eddy.EventKind;
import io.eddy.EventState;
import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records as the jobs would write them: hourly steps counted from 1 January 2024, a daily curve, and forecasts that know it. */
final class TestingRecords {
    static final long HOUR = 3_600_000L;
    static final long START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    static final int HORIZON = 12;
    private static final double[] OFFSETS = {-4, -2, 0, 2, 4};

    private TestingRecords() {}

    static long time(int step) {
        return START + step * HOUR;
    }

    static double curve(int step) {
        return 100 + 20 * Math.sin(2 * Math.PI * step / 24);
    }

    static Score score(String series, int step) {
        return score(series, step, curve(step) + step % 3 - 1, Status.NORMAL, 0.3);
    }

    static Score score(String series, int step, double y, Status status, double anomalyScore) {
        return Score.newBuilder()
                .setSeries(series)
                .setLabels(Map.of("region", "eu", "host", series))
                .setTarget("value")
                .setEventTime(Instant.ofEpochMilli(time(step)))
                .setProcessingTime(Instant.EPOCH)
                .setY(y)
                .setYhat(curve(step))
                .setYhatLower(curve(step) - 8)
                .setYhatUpper(curve(step) + 8)
                .setAnomalyScore(anomalyScore)
                .setAnomalyScoreRaw(anomalyScore)
                .setPValue(0.5)
                .setDirection(1)
                .setIsAnomaly(status == Status.ANOMALY)
                .setStatus(status)
                .setImputed(false)
                .setNSamplesSeen(step)
                .setModelId("default")
                .setModelVersion(1)
                .setMemoryVersion(1)
                .build();
    }

    /** Issued when the given step had been seen. */
    static Forecast forecast(String series, int step) {
        List<ForecastStep> steps = new ArrayList<>();
        for (int h = 1; h <= HORIZON; h++) {
            double median = curve(step + h);
            List<Double> quantiles = new ArrayList<>();
            for (double offset : OFFSETS) {
                quantiles.add(median + offset);
            }
            steps.add(new ForecastStep(
                    h, Instant.ofEpochMilli(time(step + h)), median, median - 4, median + 4, quantiles));
        }
        return Forecast.newBuilder()
                .setSeries(series)
                .setLabels(Map.of())
                .setTarget("value")
                .setIssuedAt(Instant.ofEpochMilli(time(step)))
                .setStepSeconds(3600)
                .setModelId("default")
                .setModelVersion(1)
                .setSteps(steps)
                .build();
    }

    static Event event(String series, int from, int to, EventState state) {
        return Event.newBuilder()
                .setEventId(series + "|value|" + from)
                .setSeries(series)
                .setTarget("value")
                .setState(state)
                .setStart(Instant.ofEpochMilli(time(from)))
                .setPeakTime(Instant.ofEpochMilli(time(from)))
                .setEnd(state == EventState.close ? Instant.ofEpochMilli(time(to)) : null)
                .setPeakScore(3.5)
                .setPoints(to - from + 1)
                .setDirection(1)
                .setKind(EventKind.level_shift)
                .build();
    }

    static Weights weights(long version, WeightsStatus status) {
        return Weights.newBuilder()
                .setModelId("default")
                .setVersion(version)
                .setParentVersion(version - 1)
                .setCreatedAt(Instant.ofEpochMilli(time(0)))
                .setStatus(status)
                .setArchitecture("lstm inputs=10 hidden=64 layers=1 horizon=24 quantiles=5")
                .setTensors(ByteBuffer.allocate(8))
                .setMetrics(metrics(version))
                .setDataFrom(Instant.ofEpochMilli(time(0)))
                .setDataTo(Instant.ofEpochMilli(time(20)))
                .setTrainer("eddy train job, round by schedule: "
                        + (status == WeightsStatus.rejected ? "no better than its parent" : "better than its parent"))
                .build();
    }

    /** Of a round of six epochs, with a loss that comes down. */
    private static Map<String, Double> metrics(long version) {
        Map<String, Double> metrics = new HashMap<>(Map.of(
                "median_loss", 0.5 - 0.01 * version, "base_median_loss", 0.5, "base_pinball", 0.3, "pinball", 0.2));
        for (int epoch = 1; epoch <= 6; epoch++) {
            metrics.put("epoch_0" + epoch + "_train_loss", 0.2 + 0.1 / (epoch * epoch));
            metrics.put("epoch_0" + epoch + "_validation_loss", 0.22 + 0.1 / (epoch * epoch));
            metrics.put("epoch_0" + epoch + "_gradient_norm", 2.0 / epoch);
            metrics.put("epoch_0" + epoch + "_clipped_norm", 1.0 / epoch);
        }
        return metrics;
    }
}
