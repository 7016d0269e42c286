package io.eddy.forecast;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.KafkaTopics;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.NetworkInputs;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.connectors.Routing;
import io.eddy.connectors.RuleTopic;
import io.eddy.connectors.Timeless;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/** The forecast job: one LSTM step per series and window; scores, forecasts and events out. */
public final class ForecastJob {
    /**
     * Where the outputs go.
     *
     * @param shadows versions with what they showed as shadows
     */
    public record Sinks(
            Sink<Score> scores,
            Sink<Forecast> forecasts,
            Sink<Event> events,
            Sink<Reject> rejects,
            Sink<Weights> shadows) {}

    private ForecastJob() {}

    public static void main(String[] args) throws Exception {
        Options options = JobArguments.options(args);
        StreamExecutionEnvironment env = JobArguments.environment(options);
        define(env, options);
        env.execute("eddy forecast");
    }

    /** The job on Kafka. */
    public static void define(StreamExecutionEnvironment env, Options options) {
        KafkaTopics kafka = new KafkaTopics(options, "forecast");
        DataStream<Decoded> readings =
                env.fromSource(kafka.readings(), kafka.watermarks(), "readings").uid("readings");
        DataStream<Weights> weights = env.fromSource(kafka.weights(), WatermarkStrategy.noWatermarks(), "weights")
                .setParallelism(1)
                .uid("weights");
        DataStream<Feedback> feedback = env.fromSource(kafka.feedback(), WatermarkStrategy.noWatermarks(), "feedback")
                .setParallelism(1)
                .uid("feedback");
        DataStream<Control> rules = env.fromSource(kafka.rules(), WatermarkStrategy.noWatermarks(), "rules")
                .setParallelism(1)
                .uid("rules");
        DataStream<Control> control =
                control(weights).union(Control.of(feedback, Control::of, "feedback-control"), rules);
        List<Options> models = options.models();
        List<DataStream<Decoded>> ofModels = Routing.byModel(readings, options);
        for (int i = 0; i < models.size(); i++) {
            KafkaTopics out = new KafkaTopics(models.get(i), models.get(i).operator("forecast"));
            define(
                    ofModels.get(i),
                    Routing.control(control, options, i),
                    new Sinks(out.scores(), out.forecasts(), out.events(), out.rejects(), out.judgedShadows()),
                    models.get(i),
                    new RuleTopic(options)::ids);
        }
    }

    /** One model of the job between any sources and sinks. The readings carry event time and watermarks. */
    public static void define(DataStream<Decoded> decoded, DataStream<Control> control, Sinks sinks, Options options) {
        define(decoded, control, sinks, options, null);
    }

    private static void define(
            DataStream<Decoded> decoded,
            DataStream<Control> control,
            Sinks sinks,
            Options options,
            ForecastOperator.@Nullable RulesOnTopic rules) {
        String modelId = options.get(ModelOptions.MODEL_ID);
        Fields fields = Fields.of(options);

        SingleOutputStreamOperator<Observation> readings = decoded.process(new ReadingCheck(fields))
                .returns(TypeInformation.of(Observation.class))
                .name(options.operator("check"))
                .uid(options.operator("check"));

        DataStream<Control> timeless = Timeless.of(control, options.operator("weights-time"));
        SingleOutputStreamOperator<Score> scores = readings.keyBy(fields::key)
                .connect(timeless.broadcast())
                .transform(
                        options.operator("forecast"),
                        new AvroTypeInfo<>(Score.class),
                        new ForecastOperator(
                                ForecastSetup.of(options),
                                new GoneSeries(
                                        options.get(InputOptions.FORGET_AFTER).toMillis(),
                                        options.get(InputOptions.STEP).toMillis()),
                                rules))
                .uid(options.operator("forecast"));

        // Nothing is joined to these streams but to the rejects: each sink is chained to the forecast and gets the very
        // objects it made.
        scores.sinkTo(sinks.scores()).name(options.operator("scores")).uid(options.operator("scores"));
        scores.getSideOutput(ForecastFunction.FORECASTS)
                .map(new ModelMetrics(modelId))
                .returns(new AvroTypeInfo<>(Forecast.class))
                .name(options.operator("model-metrics"))
                .uid(options.operator("model-metrics"))
                .sinkTo(sinks.forecasts())
                .name(options.operator("forecasts"))
                .uid(options.operator("forecasts"));
        scores.getSideOutput(ForecastFunction.EVENTS)
                .sinkTo(sinks.events())
                .name(options.operator("events"))
                .uid(options.operator("events"));
        scores.getSideOutput(ForecastFunction.SHADOW)
                .keyBy(sums -> modelId, Types.STRING)
                .connect(timeless.broadcast(ForecastFunction.WEIGHTS))
                .process(new ShadowFunction(
                        modelId, options.get(ModelOptions.SHADOW_INTERVAL).toMillis()))
                .returns(new AvroTypeInfo<>(Weights.class))
                .setParallelism(1)
                .setMaxParallelism(1)
                .name(options.operator("shadow"))
                .uid(options.operator("shadow"))
                .sinkTo(sinks.shadows())
                .setParallelism(1)
                .name(options.operator("shadow-records"))
                .uid(options.operator("shadow-records"));
        readings.getSideOutput(ReadingCheck.REJECTS)
                .union(scores.getSideOutput(ReadingCheck.REJECTS))
                .sinkTo(sinks.rejects())
                .name(options.operator("rejects"))
                .uid(options.operator("rejects"));
    }

    /** Weights as what steers a job. */
    public static DataStream<Control> control(DataStream<Weights> weights) {
        return Control.of(weights, Control::of, "weights-control");
    }

    /** The options of the arithmetic. */
    public static Forecaster.Options forecasterOptions(Options options) {
        NetworkInputs inputs = NetworkInputs.of(options);
        return new Forecaster.Options(
                options.get(ForecastOptions.HORIZON),
                options.get(ModelOptions.SEASON),
                options.get(InputOptions.STEP).toMillis(),
                options.get(ForecastOptions.FALSE_ALARM_RATE),
                options.get(ForecastOptions.WARM_UP),
                options.get(ForecastOptions.MERGE_GAP),
                options.get(ForecastOptions.PERSISTENCE),
                options.get(ForecastOptions.SILENCE_STEPS),
                NewWeights.valueOf(options.get(ModelOptions.ON_NEW_WEIGHTS).name()),
                options.get(ForecastOptions.EXPERTS),
                Inputs.of(inputs.names(), inputs.holidays(), inputs.zone()),
                Scoring.of(options.get(ForecastOptions.CHANNELS)));
    }
}
