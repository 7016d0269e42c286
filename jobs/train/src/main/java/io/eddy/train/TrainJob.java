package io.eddy.train;

import io.eddy.Feedback;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Fields;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.KafkaTopics;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingRule;
import io.eddy.connectors.Routing;
import io.eddy.connectors.TrainOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.function.SerializableFunction;

/** The train job: windows of all series, rounds of fine-tuning, and the better weights out. */
public final class TrainJob {
    /**
     * Where weights go.
     *
     * @param champions each new champion
     * @param versions the outcome of every round: champions again, and rejected candidates
     */
    public record Sinks(Sink<Weights> champions, Sink<Weights> versions) {}

    /** One that runs, and one more if its round was overtaken by another champion. */
    private static final int SHARES_AT_ONCE = 2;

    private static final int MOST_BYTES = 1 << 30;
    /** Room for what a record of weights says beside them, its learning curve and figures by name. The test of the size has the largest, of 15 kB. */
    static final int METRICS_BYTES = 20_000;

    private TrainJob() {}

    public static void main(String[] args) throws Exception {
        Options options = JobArguments.options(args);
        StreamExecutionEnvironment env = JobArguments.environment(options);
        define(env, options);
        env.execute("eddy train");
    }

    /**
     * The job on Kafka.
     *
     * @throws IllegalArgumentException if the weights of a model would not fit into a record
     */
    public static void define(StreamExecutionEnvironment env, Options options) {
        options.models().forEach(TrainJob::checkWeights);
        KafkaTopics kafka = new KafkaTopics(options, "train");
        DataStream<Decoded> readings =
                env.fromSource(kafka.readings(), kafka.watermarks(), "readings").uid("readings");
        DataStream<Weights> weights = env.fromSource(kafka.weights(), WatermarkStrategy.noWatermarks(), "weights")
                .setParallelism(1)
                .uid("weights");
        DataStream<Feedback> feedback = env.fromSource(kafka.feedback(), WatermarkStrategy.noWatermarks(), "feedback")
                .setParallelism(1)
                .uid("feedback");
        List<Options> models = options.models();
        List<DataStream<Decoded>> ofModels = Routing.byModel(readings, options);
        for (int i = 0; i < models.size(); i++) {
            KafkaTopics out = new KafkaTopics(models.get(i), models.get(i).operator("train"));
            define(ofModels.get(i), weights, feedback, new Sinks(out.champions(), out.versions()), models.get(i));
        }
    }

    /**
     * One model of the job between any sources and sinks. The readings carry event time and watermarks. What cannot be read or used is left
     * out in silence: the forecast job answers for it.
     */
    public static void define(
            DataStream<Decoded> decoded,
            DataStream<Weights> weights,
            DataStream<Feedback> feedback,
            Sinks sinks,
            Options options) {
        DataStream<Control> control = control(weights, feedback, options);
        Fields fields = Fields.of(options);
        DataStream<Observation> readings = decoded.<Observation>flatMap((record, out) -> {
                    if (record.reading != null && ReadingRule.fault(record.reading, fields.names()) == null) {
                        fields.observe(record.reading, out);
                    }
                })
                .returns(TypeInformation.of(Observation.class))
                .name(options.operator("check"))
                .uid(options.operator("check"));

        DataStream<TrainingWindow> windows = readings.keyBy(fields::key)
                .transform(
                        options.operator("training-windows"),
                        TypeInformation.of(TrainingWindow.class),
                        new WindowOperator(new WindowFunction(options)))
                .uid(options.operator("training-windows"));

        DataStream<Weights> versions = options.get(TrainOptions.TRAINERS) == 1
                ? oneTrainer(windows, control, options)
                : severalTrainers(
                        windows,
                        control,
                        weights,
                        options,
                        share -> Trainer.of(options).fit(share));

        versions.filter(version -> version.getStatus() == WeightsStatus.champion)
                .setParallelism(1)
                .name(options.operator("champions"))
                .uid(options.operator("champions"))
                .sinkTo(sinks.champions())
                .setParallelism(1)
                .name(options.operator("publish"))
                .uid(options.operator("publish"));
        versions.sinkTo(sinks.versions())
                .setParallelism(1)
                .name(options.operator("versions"))
                .uid(options.operator("versions"));
    }

    /** The versions of all models, and what people say: it keeps anomalies out of training. */
    private static DataStream<Control> control(
            DataStream<Weights> weights, DataStream<Feedback> feedback, Options options) {
        return Control.of(weights, Control::of, options.operator("weights-control"))
                .union(Control.of(feedback, Control::of, options.operator("feedback-control")));
    }

    private static DataStream<Weights> oneTrainer(
            DataStream<TrainingWindow> windows, DataStream<Control> control, Options options) {
        return windows.connect(control)
                .process(new TrainFunction(options))
                .returns(new AvroTypeInfo<>(Weights.class))
                .setParallelism(1)
                .setMaxParallelism(1)
                .name(options.operator("train"))
                .uid(options.operator("train"));
    }

    /** The same in three operators: the windows of a round are dealt out, each share is trained on, and the mean is judged. */
    static DataStream<Weights> severalTrainers(
            DataStream<TrainingWindow> windows,
            DataStream<Control> control,
            DataStream<Weights> weights,
            Options options,
            SerializableFunction<RoundPlan, Fitted> fit) {
        checkSize(options);
        DataStream<RoundPlan> shares = windows.connect(control)
                .process(new DealFunction(options))
                .returns(RoundType.PLAN)
                .setParallelism(1)
                .setMaxParallelism(1)
                .name(options.operator("train"))
                .uid(options.operator("train"));

        Duration limit = options.get(TrainOptions.TRAINER_TIMEOUT);
        // One share of every round to each: rebalance goes round.
        DataStream<TrainerAnswer> answers = AsyncDataStream.unorderedWait(
                        shares.rebalance(),
                        new TrainerFunction(fit, limit),
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS,
                        SHARES_AT_ONCE)
                .returns(RoundType.ANSWER)
                .setParallelism(options.get(TrainOptions.TRAINERS))
                .name(options.operator("trainers"))
                .uid(options.operator("trainers"));

        return answers.keyBy(answer -> answer.plan().version(), Types.LONG)
                .connect(weights.broadcast(JudgeFunction.CHAMPION))
                .process(new JudgeFunction(options))
                .returns(new AvroTypeInfo<>(Weights.class))
                .setParallelism(1)
                .setMaxParallelism(1)
                .name(options.operator("judge"))
                .uid(options.operator("judge"));
    }

    /** Weights travel as one record, with their metrics beside them; a producer refuses a larger one, round after round. */
    private static void checkWeights(Options options) {
        long found = NetworkShape.of(options).bytes() + METRICS_BYTES;
        long most = KafkaTopics.largestRecord(options);
        if (found > most) {
            throw new IllegalArgumentException(ModelOptions.HIDDEN.key() + ": expected weights of at most " + most
                    + " bytes, found " + found
                    + "; set kafka.properties.max.request.size to more, and max.message.bytes"
                    + " of topic " + options.get(KafkaOptions.WEIGHTS));
        }
    }

    /** A share travels as one record. */
    private static void checkSize(Options options) {
        int numbers = NetworkShape.windowSteps(options)
                * (NetworkShape.of(options).inputs() + options.get(ForecastOptions.HORIZON));
        int most = MOST_BYTES / (numbers * Float.BYTES);
        int found = options.get(TrainOptions.RESERVOIR);
        if (found > most) {
            throw new IllegalArgumentException(TrainOptions.RESERVOIR.key() + ": expected at most " + most
                    + " with several trainers (1 GiB of windows), found " + found);
        }
    }

    /** Slots that the job takes. */
    public static int slots(Options options, int parallelism) {
        return options.models().stream()
                .mapToInt(model -> model.get(TrainOptions.TRAINERS))
                .reduce(parallelism, Math::max);
    }
}
