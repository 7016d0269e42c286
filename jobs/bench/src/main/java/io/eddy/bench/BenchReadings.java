package io.eddy.bench;

import io.eddy.Reading;
import io.eddy.connectors.Decoded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** One reading per series and minute, series by series, in the order of time: a daily wave and noise. */
final class BenchReadings implements MapFunction<Long, Decoded> {
    private static final long serialVersionUID = 1L;
    static final long STEP_MILLIS = 60_000;

    private final int series;

    private BenchReadings(int series) {
        this.series = series;
    }

    /** Readings of so many series, with watermarks as each minute begins. */
    static DataStream<Decoded> of(StreamExecutionEnvironment env, int series, long readings) {
        return env.fromSequence(0, readings - 1)
                .setParallelism(1)
                .map(new BenchReadings(series))
                .returns(TypeInformation.of(Decoded.class))
                .setParallelism(1)
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Decoded>forGenerator(context -> new PerMinute())
                        .withTimestampAssigner((decoded, none) -> time(decoded)))
                .setParallelism(1);
    }

    @Override
    public Decoded map(Long number) {
        Decoded decoded = new Decoded();
        decoded.reading = new Reading(
                name((int) (number % series)), Instant.ofEpochMilli(millis(number)), List.of(value(number)), Map.of());
        return decoded;
    }

    static String name(int series) {
        return "host-" + series + ".cpu_percent";
    }

    private long millis(long number) {
        return number / series * STEP_MILLIS;
    }

    private double value(long number) {
        double day = 2 * Math.PI * millis(number) / 86_400_000.0;
        return 50 + 30 * Math.sin(day + number % series) + new SplittableRandom(number).nextDouble();
    }

    private static long time(Decoded decoded) {
        return decoded.reading == null ? 0 : decoded.reading.getEventTime().toEpochMilli();
    }

    private static final class PerMinute implements WatermarkGenerator<Decoded> {
        private long newest = Long.MIN_VALUE;

        @Override
        public void onEvent(Decoded decoded, long millis, WatermarkOutput output) {
            if (millis > newest) {
                newest = millis;
                output.emitWatermark(new Watermark(millis - 1));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
