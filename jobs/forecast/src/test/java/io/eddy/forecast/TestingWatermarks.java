package io.eddy.forecast;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** A watermark with each record that is newer than all before it, just behind it, so that what a step comes to depends on no clock. */
public final class TestingWatermarks<T> implements WatermarkGenerator<T> {
    private long newest = Long.MIN_VALUE;

    @Override
    public void onEvent(T record, long time, WatermarkOutput out) {
        if (time > newest) {
            newest = time;
            out.emitWatermark(new Watermark(newest - 1));
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput out) {}
}
