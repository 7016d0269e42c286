package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Event;
import io.eddy.Feedback;
import io.eddy.Forecast;
import io.eddy.Reject;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.forecast.ForecastJob;
import io.eddy.forecast.TestingSink;
import io.eddy.model.TrainingSeries;
import io.eddy.train.TrainFunction;
import io.eddy.train.TrainingWindow;
import io.eddy.train.WindowFunction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

/**
 * People tell of every second fault of a fleet, the train job's function makes weights with a classifier of them, and the forecast job knows the faults
 * that nobody told.
 */
@Timeout(120)
class ClassifierFleetTest {
    /** Hours of training at the most. */
    private static final int LEARNT = 2400;

    /** Hours of forecasting, after all of that. */
    private static final int FROM = 50_000;

    private static final int HOURS = 700;
    private static final String CANARY = "canary";

    @Test
    void faultsThatNobodyToldAreKnownByThoseThatWereTold() throws Exception {
        Weights weights = trainInTurn(TestingToldFleet.options(1).with(TrainOptions.ROUND_WINDOWS, "800"));
        TestingToldFleet.assertKnowsWhatItWasTold(weights);

        List<Double> faults = new ArrayList<>();
        List<Double> normal = new ArrayList<>();
        List<Score> scores = forecast(TestingToldFleet.options(1), weights);
        for (Score score : scores) {
            boolean none = score.getStatus() == Status.WARMING_UP;
            assertThat(score.getAnomalyProbability() == null).as("%s", score).isEqualTo(none);
            if (!none) {
                int series = Integer.parseInt(score.getSeries().substring("series ".length()));
                int hour = (int) (score.getEventTime().toEpochMilli() / TestingFaults.HOUR);
                (TestingToldFleet.FAULTS.hour(series, hour) >= 0 ? faults : normal).add(score.getAnomalyProbability());
            }
        }
        assertThat(scores).hasSizeGreaterThan(TestingToldFleet.SERIES * (HOURS - 1));
        assertThat(faults).hasSizeGreaterThan(200).allMatch(p -> p >= 0 && p <= 1);
        assertThat(median(faults)).isGreaterThan(0.33);
        assertThat(median(normal)).isLessThan(0.001);
        assertThat(area(faults, normal)).isGreaterThan(0.995);
    }

    /** Each round is run as soon as it is due, on what was read by then: the same weights every time. */
    private static Weights trainInTurn(Options options) throws Exception {
        WindowFunction windows = new WindowFunction(options);
        TrainFunction function = new TrainFunction(options, Executors::newDirectExecutorService);
        try (var job = new TwoInputStreamOperatorTestHarness<>(new CoProcessOperator<>(function))) {
            job.open();
            List<TrainingSeries> series = new ArrayList<>();
            for (int hour = 0; hour < LEARNT; hour++) {
                for (int s = 0; s < TestingToldFleet.SERIES; s++) {
                    String name = "series " + s;
                    if (hour == 0) {
                        series.add(windows.newSeries(name));
                    }
                    TrainingWindow window = windows.cut(
                            series.get(s), name, hour * TestingFaults.HOUR, TestingToldFleet.FAULTS.value(s, hour));
                    if (window != null) {
                        job.processElement1(window, 0);
                    }
                }
                List<Weights> versions = job.extractOutputValues();
                if (!versions.isEmpty() && TestingToldFleet.isFitted(versions.get(versions.size() - 1))) {
                    return versions.get(versions.size() - 1);
                }
                List<Feedback> said = new ArrayList<>();
                TestingToldFleet.feedback(hour - TestingToldFleet.LATER, new ListCollector<>(said));
                for (Feedback one : said) {
                    job.processElement2(Control.of(one), 0);
                }
            }
            throw new AssertionError(
                    "weights with a classifier: expected some within " + LEARNT + " hours, found none");
        }
    }

    private static List<Score> forecast(Options options, Weights champion) throws Exception {
        TestingSink<Score> scores = new TestingSink<>();
        StreamExecutionEnvironment env = JobArguments.environment(options);
        DataStream<Decoded> readings = TestingToldFleet.timed(env.fromSequence(FROM, FROM + HOURS)
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
                out.collect(TestingToldFleet.reading(CANARY, k, 1));
                Thread.sleep(5);
                arrived = scores.received().stream().anyMatch(score -> score.getModelVersion() > 0);
            }
            TestingToldFleet.readings(hour.intValue(), out);
        }
    }
}
