package io.eddy.cli;

import io.eddy.Feedback;
import io.eddy.Weights;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import io.eddy.forecast.TestingSink;
import io.eddy.train.TrainJob;
import java.util.List;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The train job as it runs in production, between other sources and sinks: people tell of every second fault of a fleet. */
@Timeout(120)
class ClassifierJobTest {
    /** Hours of training; then the fleet goes on, slowly, until there is a classifier. */
    private static final int LEARNT = 2400;

    private static final int MOST_HOURS = 20_000;

    /** When a round begins, and on what, is chance in a running job; so this asks little of what it comes to. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theTrainJobPublishesAClassifierOfWhatPeopleTold(int trainers) throws Exception {
        TestingToldFleet.assertKnowsWhatItWasTold(train(TestingToldFleet.options(trainers)));
    }

    /** The newest champion with a classifier that was fitted to most of what was told. */
    private static Weights train(Options options) throws Exception {
        TestingSink<Weights> champions = new TestingSink<>();
        TestingSink<Weights> versions = new TestingSink<>();
        StreamExecutionEnvironment env = JobArguments.environment(options);
        DataStream<Long> hours = env.fromSequence(0, MOST_HOURS)
                .flatMap(new UntilThereIsOne(champions))
                .returns(Long.class);
        DataStream<Decoded> readings = TestingToldFleet.timed(
                hours.<Decoded>flatMap((hour, out) -> TestingToldFleet.readings(hour.intValue(), out))
                        .returns(TypeInformation.of(Decoded.class)));
        DataStream<Feedback> feedback = hours.<Feedback>flatMap(
                        (hour, out) -> TestingToldFleet.feedback(hour.intValue() - TestingToldFleet.LATER, out))
                .returns(new AvroTypeInfo<>(Feedback.class));
        DataStream<Weights> weights = env.fromSequence(0, MOST_HOURS)
                .flatMap(new Topic(champions, versions))
                .returns(new AvroTypeInfo<>(Weights.class));
        TrainJob.define(readings, weights, feedback, new TrainJob.Sinks(champions, versions), options);
        env.execute("train");
        return champions.received().stream()
                .filter(TestingToldFleet::isFitted)
                .reduce((before, after) -> after)
                .orElseThrow(() -> new AssertionError("weights with a classifier: expected some, found "
                        + versions.received().stream().map(Weights::getTrainer).toList()));
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
                if (champions.received().stream().anyMatch(TestingToldFleet::isFitted)) {
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
            if (champions.received().stream().noneMatch(TestingToldFleet::isFitted)) {
                Thread.sleep(20);
            }
        }
    }
}
