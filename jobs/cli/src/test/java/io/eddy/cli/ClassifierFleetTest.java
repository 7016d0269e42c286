package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Forecast;
import io.eddy.Reading;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.forecast.TestingSink;
import io.eddy.forecast.TestingWatermarks;
import io.eddy.model.TrainingSeries;
import io.eddy.train.TrainFunction;
import io.eddy.train.TrainJob;
import io.eddy.train.TrainingWindow;
import io.eddy.train.WindowFunction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.apache.flink.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Both jobs as they run in production, between other sources and sinks: people tell of every second fault of a fleet, the train job publishes weights with
 * a classifier, and the forecast job knows the faults that nobody told.
 */
@Timeout(120)
class ClassifierFleetTest {
    private static final int SERIES = 12;
    /** Hours of training; then the fleet goes on, slowly, until there is a classifier. */
    private static final int LEARNT = 2400;

    private static final int MOST_HOURS = 20_000;
    /** Hours of forecasting, after all of that. */
    private static final int FROM = 50_000;

    private static final int HOURS = 700;
    /** A person says what it was two days later. */
    private static final int LATER = 48;

    private static final String CANARY = "canary";

    private static final TestingFaults FAULTS = new TestingFaults(15, -15, 15, -15);

    private static Options options(int trainers) {
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

    /** When a round begins, and on what, is chance in a running job; so this asks little of what it comes to. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theTrainJobPublishesAClassifierOfWhatPeopleTold(int trainers) throws Exception {
        assertKnowsWhatItWasTold(train(options(trainers)));
    }

    private static void assertKnowsWhatItWasTold(Weights weights) {
        assertThat(weights.getMetrics().get("classifier/auc")).isGreaterThan(0.9);
        assertThat(weights.getMetrics().get("classifier/log_loss"))
                .isLessThan(weights.getMetrics().get("classifier/base_rate_log_loss"));
    }

    @Test
    void faultsThatNobodyToldAreKnownByThoseThatWereTold() throws Exception {
        Weights weights = trainInTurn(options(1).with(TrainOptions.ROUND_WINDOWS, "800"));
        assertKnowsWhatItWasTold(weights);

        List<Double> faults = new ArrayList<>();
        List<Double> normal = new ArrayList<>();
        List<Score> scores = forecast(options(1), weights);
        for (Score score : scores) {
            boolean none = score.getStatus() == Status.WARMING_UP;
            assertThat(score.getAnomalyProbability() == null).as("%s", score).isEqualTo(none);
            if (!none) {
                int series = Integer.parseInt(score.getSeries().substring("series ".length()));
                int hour = (int) (score.getEventTime().toEpochMilli() / TestingFaults.HOUR);
                (FAULTS.hour(series, hour) >= 0 ? faults : normal).add(score.getAnomalyProbability());
            }
        }
        assertThat(scores).hasSizeGreaterThan(SERIES * (HOURS - 1));
        assertThat(faults).hasSizeGreaterThan(200).allMatch(p -> p >= 0 && p <= 1);
        assertThat(median(faults)).isGreaterThan(0.33);
        assertThat(median(normal)).isLessThan(0.001);
        assertThat(area(faults, normal)).isGreaterThan(0.995);
    }

    /** The newest champion with a classifier that was fitted to most of what was told. */
    private static Weights train(Options options) throws Exception {
        TestingSink<Weights> champions = new TestingSink<>();
        TestingSink<Weights> versions = new TestingSink<>();
        StreamExecutionEnvironment env = JobArguments.environment(options);
        DataStream<Long> hours = env.fromSequence(0, MOST_HOURS)
                .flatMap(new UntilThereIsOne(champions))
                .returns(Long.class);
        DataStream<Decoded> readings = timed(hours.<Decoded>flatMap((hour, out) -> readings(hour.intValue(), out))
                .returns(TypeInformation.of(Decoded.class)));
        DataStream<Feedback> feedback = hours.<Feedback>flatMap((hour, out) -> feedback(hour.intValue() - LATER, out))
                .returns(new AvroTypeInfo<>(Feedback.class));
        DataStream<Weights> weights = env.fromSequence(0, MOST_HOURS)
                .flatMap(new Topic(champions, versions))
                .returns(new AvroTypeInfo<>(Weights.class));
        TrainJob.define(readings, weights, feedback, new TrainJob.Sinks(champions, versions), options);
        env.execute("train");
        return champions.received().stream()
                .filter(ClassifierFleetTest::isFitted)
                .reduce((before, after) -> after)
                .orElseThrow(() -> new AssertionError("weights with a classifier: expected some, found "
                        + versions.received().stream().map(Weights::getTrainer).toList()));
    }

    /** The same with each round run as soon as it is due, on what was read by then: the same weights every time. */
    private static Weights trainInTurn(Options options) throws Exception {
        WindowFunction windows = new WindowFunction(options);
        TrainFunction function = new TrainFunction(options, Executors::newDirectExecutorService);
        try (var job = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(function))) {
            job.open();
            List<TrainingSeries> series = new ArrayList<>();
            for (int hour = 0; hour < LEARNT; hour++) {
                for (int s = 0; s < SERIES; s++) {
                    String name = "series " + s;
                    if (hour == 0) {
                        series.add(windows.newSeries(name));
                    }
                    TrainingWindow window =
                            windows.cut(series.get(s), name, hour * TestingFaults.HOUR, FAULTS.value(s, hour));
                    if (window != null) {
                        job.processElement1(window, 0);
                    }
                }
                List<Weights> versions = job.extractOutputValues();
                if (!versions.isEmpty() && isFitted(versions.get(versions.size() - 1))) {
                    return versions.get(versions.size() - 1);
                }
                List<Feedback> said = new ArrayList<>();
                feedback(hour - LATER, new ListCollector<>(said));
                for (Feedback one : said) {
                    job.processElement2(Control.of(one), 0);
                }
            }
            throw new AssertionError(
                    "weights with a classifier: expected some within " + LEARNT + " hours, found none");
        }
    }

    private static boolean isFitted(Weights weights) {
        return weights.getStatus() == WeightsStatus.champion
                && weights.getMetrics().getOrDefault("classifier/attached", 0.0) == 1
                && weights.getMetrics().getOrDefault("classifier/anomalous_steps", 0.0) > 150;
    }

    private static List<Score> forecast(Options options, Weights champion) throws Exception {
        TestingSink<Score> scores = new TestingSink<>();
        StreamExecutionEnvironment env = JobArguments.environment(options);
        DataStream<Decoded> readings = timed(env.fromSequence(FROM, FROM + HOURS)
                .flatMap(new AfterWeights(scores))
                .returns(TypeInformation.of(Decoded.class)));
        DataStream<Weights> weights = env.fromData(new AvroTypeInfo<>(Weights.class), champion);
        ForecastJob.define(
                readings,
                ForecastJob.control(weights),
                new ForecastJob.Sinks(
                        scores,
                        new TestingSink<Forecast>(),
                        new TestingSink<Event>(),
                        new TestingSink<Reject>(),
                        new TestingSink<Weights>()),
                options);
        env.execute("forecast");
        return scores.received().stream()
                .filter(score -> !score.getSeries().equals(CANARY))
                .toList();
    }

    private static void readings(int hour, Collector<Decoded> out) {
        for (int series = 0; series < SERIES; series++) {
            out.collect(reading("series " + series, hour, FAULTS.value(series, hour)));
        }
    }

    private static Decoded reading(String series, int hour, double value) {
        Decoded decoded = new Decoded();
        Instant time = Instant.ofEpochMilli(hour * TestingFaults.HOUR);
        decoded.reading = new Reading(series, time, List.of(value), Map.of());
        return decoded;
    }

    /** Of every second fault that began at an hour. */
    private static void feedback(int hour, Collector<Feedback> out) {
        for (int series = 0; series < SERIES; series++) {
            if (FAULTS.hour(series, hour) == 0 && FAULTS.number(series, hour) % 2 == 0) {
                out.collect(new Feedback(
                        "series " + series,
                        Instant.ofEpochMilli(hour * TestingFaults.HOUR),
                        Instant.ofEpochMilli((hour + FAULTS.length() - 1) * TestingFaults.HOUR),
                        FeedbackType.ANOMALY,
                        "",
                        "test",
                        Instant.EPOCH));
            }
        }
    }

    private static DataStream<Decoded> timed(DataStream<Decoded> readings) {
        return readings.assignTimestampsAndWatermarks(
                WatermarkStrategy.<Decoded>forGenerator(context -> new TestingWatermarks<>())
                        .withTimestampAssigner((decoded, none) -> decoded.reading == null
                                ? 0
                                : decoded.reading.getEventTime().toEpochMilli()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** How often a fault has a higher probability than a normal step. */
    private static double area(List<Double> faults, List<Double> normal) {
        List<Double> sorted = normal.stream().sorted().toList();
        double won = 0;
        for (double fault : faults) {
            int at = Collections.binarySearch(sorted, fault);
            won += at < 0 ? -at - 1 : at;
        }
        return won / faults.size() / sorted.size();
    }

    /** The hours one after the other, after {@link #LEARNT} slowly, and none once there are weights with a classifier. */
    private static final class UntilThereIsOne implements FlatMapFunction<Long, Long> {
        private static final long serialVersionUID = 1L;
        private final TestingSink<Weights> champions;

        UntilThereIsOne(TestingSink<Weights> champions) {
            this.champions = champions;
        }

        @Override
        public void flatMap(Long hour, Collector<Long> out) throws InterruptedException {
            if (hour > LEARNT) {
                if (champions.received().stream().anyMatch(ClassifierFleetTest::isFitted)) {
                    return;
                }
                Thread.sleep(20);
            }
            out.collect(hour);
        }
    }

    /** What the job has written comes back to it, as it does over the topic weights. */
    private static final class Topic implements FlatMapFunction<Long, Weights> {
        private static final long serialVersionUID = 1L;
        private final TestingSink<Weights> champions;
        private final TestingSink<Weights> versions;
        private int read;

        Topic(TestingSink<Weights> champions, TestingSink<Weights> versions) {
            this.champions = champions;
            this.versions = versions;
        }

        @Override
        public void flatMap(Long k, Collector<Weights> out) throws InterruptedException {
            List<Weights> written = versions.received();
            while (read < written.size()) {
                out.collect(written.get(read++));
            }
            if (champions.received().stream().noneMatch(ClassifierFleetTest::isFitted)) {
                Thread.sleep(20);
            }
        }
    }

    /** Holds the fleet back until an answer names a version of the weights: which source is read first is chance. */
    private static final class AfterWeights implements FlatMapFunction<Long, Decoded> {
        private static final long serialVersionUID = 1L;
        private final TestingSink<Score> scores;
        private boolean arrived;

        AfterWeights(TestingSink<Score> scores) {
            this.scores = scores;
        }

        @Override
        public void flatMap(Long hour, Collector<Decoded> out) throws InterruptedException {
            for (int k = 0; !arrived; k++) {
                if (k == FROM - 1) {
                    throw new IllegalStateException("weights: expected to be in use by now, found none");
                }
                out.collect(reading(CANARY, k, 1));
                Thread.sleep(5);
                arrived = scores.received().stream().anyMatch(score -> score.getModelVersion() > 0);
            }
            readings(hour.intValue(), out);
        }
    }
}
