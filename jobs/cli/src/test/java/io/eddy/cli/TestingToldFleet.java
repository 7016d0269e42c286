package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Reading;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Options;
import io.eddy.forecast.TestingWatermarks;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.Collector;

/** A fleet whose every second fault people tell of, two days later. */
final class TestingToldFleet {
    static final int SERIES = 12;
    /** A person says what it was two days later. */
    static final int LATER = 48;

    static final TestingFaults FAULTS = new TestingFaults(15, -15, 15, -15);

    private TestingToldFleet() {}

    static Options options(int trainers) {
        Map<String, String> options = new HashMap<>();
        options.put("model.classifier", "true");
        options.put("model.hidden", "16");
        options.put("readings.step", "1h");
        options.put("forecast.horizon", "6");
        options.put("train.window_steps", "24");
        options.put("train.batches", "60");
        options.put("train.batch_size", "32");
        options.put("train.learning_rate", "0.01");
        options.put("train.trainers", String.valueOf(trainers));
        options.put("flink.parallelism.default", "1");
        options.put("flink.execution.checkpointing.interval", "500ms");
        return Options.of(options);
    }

    static void readings(int hour, Collector<Decoded> out) {
        for (int series = 0; series < SERIES; series++) {
            out.collect(reading("series " + series, hour, FAULTS.value(series, hour)));
        }
    }

    static Decoded reading(String series, int hour, double value) {
        Decoded decoded = new Decoded();
        Instant time = Instant.ofEpochMilli(hour * TestingFaults.HOUR);
        decoded.reading = new Reading(series, time, List.of(value), Map.of());
        return decoded;
    }

    /** Of every second fault that began at an hour. */
    static void feedback(int hour, Collector<Feedback> out) {
        for (int series = 0; series < SERIES; series++) {
            if (FAULTS.hour(series, hour) == 0 && FAULTS.number(series, hour) % 2 == 0) {
                out.collect(new Feedback(
                        "series " + series,
                        Instant.ofEpochMilli(hour * TestingFaults.HOUR),
                        Instant.ofEpochMilli((hour + FAULTS.length() - 1) * TestingFaults.HOUR),
                        FeedbackType.ANOMALY,
                        "",
                        "test",
                        Instant.EPOCH,
                        null));
            }
        }
    }

    static DataStream<Decoded> timed(DataStream<Decoded> readings) {
        return readings.assignTimestampsAndWatermarks(
                WatermarkStrategy.<Decoded>forGenerator(context -> new TestingWatermarks<>())
                        .withTimestampAssigner((decoded, none) -> decoded.reading == null
                                ? 0
                                : decoded.reading.getEventTime().toEpochMilli()));
    }

    static boolean isFitted(Weights weights) {
        return weights.getStatus() == WeightsStatus.champion
                && weights.getMetrics().getOrDefault("classifier/attached", 0.0) == 1
                && weights.getMetrics().getOrDefault("classifier/anomalous_steps", 0.0) > 150;
    }

    static void assertKnowsWhatItWasTold(Weights weights) {
        assertThat(weights.getMetrics().get("classifier/auc")).isGreaterThan(0.9);
        assertThat(weights.getMetrics().get("classifier/log_loss"))
                .isLessThan(weights.getMetrics().get("classifier/base_rate_log_loss"));
    }
}
