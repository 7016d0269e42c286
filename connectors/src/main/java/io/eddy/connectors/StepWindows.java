package io.eddy.connectors;

import io.eddy.Reading;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Event-time windows of one step per series: both jobs see the same means. */
public final class StepWindows {
    private StepWindows() {}

    /**
     * One mean per series and step; readings behind the watermark go to the side output {@code late}.
     *
     * @param step zero: readings with the same time are one step
     */
    public static SingleOutputStreamOperator<StepMean> define(
            DataStream<Reading> readings, Duration step, OutputTag<Reading> late) {
        return readings.keyBy(Reading::getSeries)
                .window(TumblingEventTimeWindows.of(step.isZero() ? Duration.ofMillis(1) : step))
                .sideOutputLateData(late)
                .aggregate(new Mean(), new Name())
                .name("window")
                .uid("window");
    }

    /** What the open window holds. A Flink POJO. */
    public static final class Sum {
        public double sum;
        public long count;
        public Map<String, String> labels = Map.of();
    }

    private static final class Mean implements AggregateFunction<Reading, Sum, Sum> {
        private static final long serialVersionUID = 1L;

        @Override
        public Sum createAccumulator() {
            return new Sum();
        }

        @Override
        public Sum add(Reading reading, Sum sum) {
            double value = reading.getValues().get(0);
            if (!Double.isNaN(value)) {
                sum.sum += value;
                sum.count++;
            }
            sum.labels = reading.getLabels();
            return sum;
        }

        @Override
        public Sum getResult(Sum sum) {
            return sum;
        }

        @Override
        public Sum merge(Sum a, Sum b) {
            a.sum += b.sum;
            a.count += b.count;
            return a;
        }
    }

    private static final class Name extends ProcessWindowFunction<Sum, StepMean, String, TimeWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public void process(String series, Context context, Iterable<Sum> sums, Collector<StepMean> out) {
            Sum sum = sums.iterator().next();
            double mean = sum.count == 0 ? Double.NaN : sum.sum / sum.count;
            out.collect(new StepMean(series, sum.labels, context.window().getStart(), mean));
        }
    }
}
