package io.eddy.connectors;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;

/** A stream without event time, such as weights, beside one that has it: always idle, it holds the other's watermark neither back nor ahead. */
public final class Timeless<T> implements WatermarkGenerator<T> {
    private Timeless() {}

    /** The stream, no longer part of event time. */
    public static <T> DataStream<T> of(DataStream<T> stream, String uid) {
        return stream.assignTimestampsAndWatermarks(WatermarkStrategy.<T>forGenerator(context -> new Timeless<>()))
                .setParallelism(1)
                .name(uid)
                .uid(uid);
    }

    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {
        output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
