package io.eddy.bench;

import io.eddy.Event;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.KafkaTopics;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.connectors.Timeless;
import io.eddy.forecast.ForecastFunction;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** The forecast job with the model taken out: the same sources, keys, windows, records and sinks around a function that knows nothing. */
final class PassThroughJob {
    private static final OutputTag<Reject> REJECTS = new OutputTag<>("rejects", new AvroTypeInfo<>(Reject.class));
    private static final OutputTag<Event> EVENTS = new OutputTag<>("events", new AvroTypeInfo<>(Event.class));

    private PassThroughJob() {}

    static void define(StreamExecutionEnvironment env, Options options) {
        KafkaTopics kafka = new KafkaTopics(options, "forecast");
        SingleOutputStreamOperator<Observation> readings = env.fromSource(
                        kafka.readings(), kafka.watermarks(), "readings")
                .process(new Check())
                .returns(TypeInformation.of(Observation.class));
        DataStream<Weights> weights = env.fromSource(kafka.weights(), WatermarkStrategy.noWatermarks(), "weights")
                .setParallelism(1);
        SingleOutputStreamOperator<Score> scores = readings.keyBy(reading -> reading.series)
                .connect(Timeless.of(weights, "weights-time").broadcast(ForecastFunction.WEIGHTS))
                .process(new PassThroughFunction(
                        options.get(ModelOptions.MODEL_ID),
                        options.get(ForecastOptions.HORIZON),
                        options.get(InputOptions.STEP).toMillis()))
                .returns(new AvroTypeInfo<>(Score.class));
        scores.sinkTo(kafka.scores());
        scores.getSideOutput(ForecastFunction.FORECASTS).sinkTo(kafka.forecasts());
        // Nothing ever comes here, but the sinks take part in every checkpoint as the job's do.
        scores.getSideOutput(EVENTS).sinkTo(kafka.events());
        readings.getSideOutput(REJECTS).sinkTo(kafka.rejects());
    }

    private static final class Check extends ProcessFunction<Decoded, Observation> {
        private static final long serialVersionUID = 1L;

        @Override
        public void processElement(Decoded decoded, Context context, Collector<Observation> out) {
            if (decoded.reading != null) {
                Fields.ONE.observe(decoded.reading, out);
            }
            if (decoded.reject != null) {
                context.output(REJECTS, decoded.reject);
            }
        }
    }
}
