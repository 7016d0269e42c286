package io.eddy.bench;

import io.eddy.Reading;
import io.eddy.connectors.Decoded;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** Readings without end, as fast as they are taken: every subtask has its share of the series and reads each once a minute of event time. */
final class GeneratedReadings implements GeneratorFunction<Long, Decoded> {
    private static final long serialVersionUID = 1L;
    private static final long START_MILLIS = 1_600_000_000_000L;
    private static final long MINUTE_MILLIS = 60_000;
    private static final int SEASON_MINUTES = 60;
    private static final Map<String, String> LABELS = Map.of("site", "north");

    private final int seriesPerSubtask;
    private transient @Nullable SplittableRandom random;
    private int subtask;
    private long count;

    private GeneratedReadings(int seriesPerSubtask) {
        this.seriesPerSubtask = seriesPerSubtask;
    }

    /** @param series in all, a multiple of the parallelism */
    static DataStream<Decoded> of(StreamExecutionEnvironment env, int series) {
        GeneratedReadings readings = new GeneratedReadings(series / env.getParallelism());
        return env.fromSource(
                new DataGeneratorSource<>(readings, Long.MAX_VALUE, TypeInformation.of(Decoded.class)),
                WatermarkStrategy.<Decoded>forMonotonousTimestamps()
                        .withTimestampAssigner((decoded, none) -> decoded.reading == null
                                ? Long.MIN_VALUE
                                : decoded.reading.getEventTime().toEpochMilli()),
                "generated");
    }

    @Override
    public void open(SourceReaderContext context) {
        subtask = context.getIndexOfSubtask();
        random = new SplittableRandom(subtask);
    }

    @Override
    public Decoded map(Long number) {
        if (random == null) {
            throw new IllegalStateException("open: expected before the first reading");
        }
        long minute = count / seriesPerSubtask;
        long series = count % seriesPerSubtask;
        long millis = START_MILLIS + minute * MINUTE_MILLIS + series * MINUTE_MILLIS / seriesPerSubtask;
        double phase = 2 * Math.PI * ((minute + series) % SEASON_MINUTES) / SEASON_MINUTES;
        Decoded decoded = new Decoded();
        decoded.reading = new Reading(
                "series-" + subtask + "-" + series,
                Instant.ofEpochMilli(millis),
                List.of(100 + 10 * Math.sin(phase) + random.nextGaussian()),
                LABELS);
        count++;
        return decoded;
    }
}
