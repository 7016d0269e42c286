package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import io.eddy.model.TrainingSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.junit.jupiter.api.Test;

class WindowFunctionTest {
    private static final long HOUR = 3_600_000L;

    /** The first horizon of a window only warms a state up; one that is no longer than that could not be judged on, and no round be published. */
    @Test
    void aWindowIsLongEnoughToBeJudgedOnWhateverTheHorizon() {
        WindowFunction function = new WindowFunction(Options.of(Map.of(
                "kafka.bootstrap_servers",
                "none:1",
                "readings.step",
                "1h",
                "forecast.horizon",
                "60",
                "train.window_steps",
                "48")));
        TrainingSeries series = function.newSeries("one");
        List<TrainingWindow> windows = new ArrayList<>();
        for (int t = 0; t < 700; t++) {
            TrainingWindow window = function.cut(series, "one", t * HOUR, Math.sin(t / 5.0) + t % 7);
            if (window != null) {
                windows.add(window);
            }
        }
        assertThat(windows).isNotEmpty().allMatch(window -> window.steps() == 120);
        assertThat(Judge.judge(null, windows).targets()).isPositive();
    }

    @Test
    void withAnotherStepASeriesBeginsAnew() throws Exception {
        long minute = HOUR / 60;
        OperatorSubtaskState state;
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job("1h")) {
            run(job, 0, 100, HOUR);
            state = job.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job("1m", state)) {
            run(job, 100 * 60, 100 * 60 + 300, minute);
            assertThat(job.extractOutputValues()).isNotEmpty().allMatch(window -> window.startMillis() >= 100 * HOUR);
        }
    }

    /** Each holds 45 kB, so that a large fleet would not fit into memory. */
    @Test
    void ofManySeriesWindowsAreCutOfTheSameFewAfterARestartToo() throws Exception {
        Options options = Options.of(Map.of("readings.step", "1h", "train.series", "100"));
        OperatorSubtaskState state;
        Set<String> before;
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options)) {
            before = windows(job, 0, 150, 1000);
            assertThat(before).hasSizeBetween(30, 100);
            assertThat(job.numKeyedStateEntries()).isEqualTo(before.size());
            state = job.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options, state)) {
            assertThat(windows(job, 150, 250, 1000)).isEqualTo(before);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options)) {
            assertThat(windows(job, 0, 150, 100)).hasSize(100);
        }
    }

    /** A producer whose names are new with each reading must not cost the fleet its training for ever. */
    @Test
    void whenTheManyAreForgottenWindowsAreCutOfTheOthersAgain() throws Exception {
        Options options =
                Options.of(Map.of("readings.step", "1h", "train.series", "100", "readings.forget_after", "10h"));
        OperatorSubtaskState state;
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options)) {
            assertThat(windows(job, 0, 120, 50)).hasSize(50);
            windows(job, 120, 130, 5000);
            windows(job, 130, 160, 50);
            state = job.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options, state)) {
            assertThat(windows(job, 160, 300, 50)).hasSize(50);
            assertThat(job.numKeyedStateEntries()).isEqualTo(50);
        }
    }

    /** Those that come no more would else be kept for ever. */
    @Test
    void whatIsKeptOfSeriesThatAreGivenUpIsForgottenAtOnce() throws Exception {
        Options options = Options.of(Map.of("readings.step", "1h", "train.series", "100"));
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job = job(options)) {
            for (int series = 0; series < 20_000; series++) {
                job.processElement(reading("pod-" + series, 0, HOUR), 0);
                assertThat(job.numKeyedStateEntries()).isLessThanOrEqualTo(100);
            }
            assertThat(job.numKeyedStateEntries()).isGreaterThan(20);
        }
    }

    /** The series of which windows came. */
    private static Set<String> windows(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job,
            int from,
            int to,
            int count)
            throws Exception {
        for (int t = from; t < to; t++) {
            for (int series = 0; series < count; series++) {
                job.processElement(reading("host-" + series, t, HOUR), t * HOUR);
            }
            job.processWatermark((t + 1) * HOUR - 1);
        }
        return job.extractOutputValues().stream().map(TrainingWindow::series).collect(Collectors.toSet());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job(
            String step, OperatorSubtaskState... state) throws Exception {
        return job(Options.of(Map.of("readings.step", step)), state);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job(
            Options options, OperatorSubtaskState... state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new WindowOperator(new WindowFunction(options)), Fields.of(options)::key, Types.STRING);
        for (OperatorSubtaskState from : state) {
            job.initializeState(from);
        }
        job.open();
        return job;
    }

    private static Observation reading(String series, int t, long step) {
        Observation reading = new Observation();
        reading.series = series;
        reading.timeMillis = t * step;
        reading.value = Math.sin(t / 5.0) + t % 7;
        return reading;
    }

    private static void run(
            KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job,
            int from,
            int to,
            long step)
            throws Exception {
        for (int t = from; t < to; t++) {
            job.processElement(reading("a", t, step), t * step);
            job.processWatermark((t + 1) * step - 1);
        }
    }

    @Test
    void aSeriesThatIsGoneLeavesNothing() throws Exception {
        Options options = Options.of(Map.of("readings.step", "1h", "readings.forget_after", "3d"));
        Fields fields = Fields.of(options);
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job =
                ProcessFunctionTestHarnesses.forKeyedProcessFunction(
                        new WindowFunction(options), fields::key, Types.STRING)) {
            for (int t = 0; t < 300; t++) {
                Observation reading = new Observation();
                reading.series = t < 100 && t % 2 == 0 ? "gone" : "here";
                reading.timeMillis = t * HOUR;
                reading.value = t;
                job.processElement(reading, reading.timeMillis);
                job.processWatermark((t + 1) * HOUR - 1);
                if (t == 99 + 71) {
                    assertThat(job.numKeyedStateEntries()).isEqualTo(2);
                }
            }
            assertThat(job.numKeyedStateEntries()).isEqualTo(1);
            job.processWatermark(Long.MAX_VALUE); // as a savepoint that drains does
            assertThat(job.numKeyedStateEntries()).isEqualTo(1);
        }
    }
}
