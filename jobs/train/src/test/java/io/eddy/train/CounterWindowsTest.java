package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Fields;
import io.eddy.connectors.Observation;
import io.eddy.connectors.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A counter is cut into the windows of its increases. */
class CounterWindowsTest {
    private static final long HOUR = 3_600_000L;
    private static final int END = 300;
    private static final Options VALUES = Options.of(
            Map.of("readings.step", "1h", "forecast.horizon", "2", "train.window_steps", "8", "model.season", "24"));
    private static final Options COUNTER = VALUES.with("model.counter", "true");

    private final List<TrainingWindow> windows = new ArrayList<>();

    /** A whole number, so that sums and differences are exact; NaN in the first hour. */
    private static double increase(int t) {
        return t == 0 ? Double.NaN : Math.rint(1000 + 300 * Math.sin(t * Math.PI / 12) + 37 * t % 101);
    }

    private static double total(int t) {
        double total = 1e6;
        for (int k = 1; k <= t; k++) {
            total += increase(k);
        }
        return total;
    }

    /** Goes on from a state, if there is one, and gives back its own. */
    private OperatorSubtaskState run(
            Options options, @Nullable OperatorSubtaskState state, IntToDoubleFunction values, int from, int to)
            throws Exception {
        Fields fields = Fields.of(options);
        try (KeyedOneInputStreamOperatorTestHarness<String, Observation, TrainingWindow> job =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new WindowFunction(options)), fields::key, Types.STRING)) {
            job.setup();
            if (state != null) {
                job.initializeState(state);
            }
            job.open();
            for (int t = from; t < to; t++) {
                Observation reading = new Observation();
                reading.series = "a";
                reading.timeMillis = t * HOUR;
                reading.value = values.applyAsDouble(t);
                job.processElement(reading, reading.timeMillis);
                job.processWatermark((t + 1) * HOUR - 1);
            }
            windows.addAll(job.extractOutputValues());
            return job.snapshot(1, 1);
        }
    }

    @Test
    void theWindowsAreThoseOfTheIncreasesAlsoAfterARestore() throws Exception {
        run(VALUES, null, CounterWindowsTest::increase, 0, END);
        List<TrainingWindow> expected = List.copyOf(windows);
        windows.clear();
        OperatorSubtaskState state = run(COUNTER, null, CounterWindowsTest::total, 0, 100);
        run(COUNTER, state, CounterWindowsTest::total, 100, END);
        assertThat(windows).hasSizeGreaterThan(30).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void withTheOtherSettingTheSeriesBeginsAnew() throws Exception {
        OperatorSubtaskState state = run(VALUES, null, CounterWindowsTest::total, 0, 100);
        windows.clear();
        run(COUNTER, state, CounterWindowsTest::total, 100, END);
        List<TrainingWindow> found = List.copyOf(windows);
        windows.clear();
        run(COUNTER, null, CounterWindowsTest::total, 100, END);
        assertThat(found).isNotEmpty().usingRecursiveComparison().isEqualTo(windows);
    }
}
