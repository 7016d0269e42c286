package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Options;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** One run of the whole job over what a topic would hold. The watermark follows each reading at once. */
final class TestingRun {
    /** Its readings come first, until the weights have arrived; tests leave them out. */
    private static final String CANARY = "canary";

    private static final int CANARIES = 20_000;

    private final TestingSink<Score> scores = new TestingSink<>();
    private final TestingSink<Forecast> forecasts = new TestingSink<>();
    private final TestingSink<Event> events = new TestingSink<>();
    private final TestingSink<Reject> rejects = new TestingSink<>();

    private final TestingSink<Weights> shadows = new TestingSink<>();

    private TestingRun() {}

    static TestingRun of(List<Decoded> script) throws Exception {
        return of(script, Map.of());
    }

    /** With more options, such as the fields of the readings. */
    static TestingRun of(List<Decoded> script, Map<String, String> more) throws Exception {
        return of(script, more, new Feedback[0]);
    }

    /** With what people say; whether of a series that was seen by then is chance. */
    static TestingRun of(List<Decoded> script, Map<String, String> more, Feedback... said) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                ModelOptions.MODEL_ID.key(),
                TestingWeights.MODEL,
                InputOptions.STEP.key(),
                "1m",
                ForecastOptions.HORIZON.key(),
                String.valueOf(TestingWeights.HORIZON),
                ModelOptions.SEASON.key(),
                String.valueOf(TestingSignal.SEASON),
                ForecastOptions.WARM_UP.key(),
                "20",
                ForecastOptions.MERGE_GAP.key(),
                "3",
                "flink.parallelism.default",
                "1"));
        all.putAll(more);
        Options options = Options.of(all);
        int fields = Fields.of(options).names().size();
        StreamExecutionEnvironment env = JobArguments.environment(options);
        TestingRun run = new TestingRun();
        DataStream<Decoded> readings = env.fromData(TypeInformation.of(Decoded.class), script.toArray(Decoded[]::new))
                .flatMap(new AfterWeights(run.scores, fields))
                .returns(TypeInformation.of(Decoded.class))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<Decoded>forGenerator(context -> new TestingWatermarks<>())
                                .withTimestampAssigner((decoded, none) -> timeOf(decoded)));
        DataStream<Weights> weights = env.fromData(new AvroTypeInfo<>(Weights.class), TestingWeights.champion(1));
        DataStream<Control> control = ForecastJob.control(weights);
        if (said.length > 0) {
            DataStream<Feedback> feedback = env.fromData(new AvroTypeInfo<>(Feedback.class), said);
            control = control.union(Control.of(feedback, Control::of, "feedback-control"));
        }
        ForecastJob.define(
                readings,
                control,
                new ForecastJob.Sinks(run.scores, run.forecasts, run.events, run.rejects, run.shadows),
                options);
        env.execute("test");
        return run;
    }

    static Decoded reading(String series, Instant time, Double... values) {
        Decoded decoded = new Decoded();
        decoded.reading = new Reading(series, time, List.of(values), Map.of("site", "north"));
        return decoded;
    }

    static Decoded reject(String reason) {
        Decoded decoded = new Decoded();
        decoded.reject = new Reject(ByteBuffer.wrap(new byte[] {1, 2}), "readings", 3, 77L, reason);
        return decoded;
    }

    List<Score> scores() {
        return scores.received().stream()
                .filter(score -> !score.getSeries().equals(CANARY))
                .toList();
    }

    List<Forecast> forecasts() {
        return forecasts.received().stream()
                .filter(forecast -> !forecast.getSeries().equals(CANARY))
                .toList();
    }

    List<Event> events() {
        return events.received().stream()
                .filter(event -> !event.getSeries().equals(CANARY))
                .toList();
    }

    List<Reject> rejects() {
        return rejects.received();
    }

    private static long timeOf(Decoded decoded) {
        return decoded.reading == null
                ? Long.MIN_VALUE
                : decoded.reading.getEventTime().toEpochMilli();
    }

    /** Holds the script back until an answer names a version of the weights: which source is read first is chance. */
    private static final class AfterWeights implements FlatMapFunction<Decoded, Decoded> {
        private static final long serialVersionUID = 1L;
        private final TestingSink<Score> scores;
        private final Double[] values;
        private boolean arrived;

        AfterWeights(TestingSink<Score> scores, int fields) {
            this.scores = scores;
            values = new Double[fields];
            Arrays.fill(values, 1.0);
        }

        @Override
        public void flatMap(Decoded decoded, Collector<Decoded> out) throws InterruptedException {
            for (int k = -CANARIES; !arrived; k++) {
                if (k == 0) {
                    throw new IllegalStateException("weights: expected to be in use by now, found none");
                }
                out.collect(reading(CANARY, Instant.EPOCH.plusSeconds(60L * k), values));
                Thread.sleep(5);
                arrived = scores.received().stream().anyMatch(score -> score.getModelVersion() > 0);
            }
            out.collect(decoded);
        }
    }
}
