package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Architecture.Kind;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.TestingWeights;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The inputs beside the usual ones: what they say, and what becomes of weights that do not know them. */
class InputsTest {
    private static final long HOUR = 3_600_000;
    private static final int SEASON = 24;
    private static final Set<LocalDate> CHRISTMAS = Set.of(LocalDate.of(2026, 12, 25));
    private static final List<String> ALL = List.of("season_ago", "holiday", "time_since", "holiday_tomorrow");

    private final Inputs inputs = Inputs.of(ALL, CHRISTMAS, ZoneId.of("Europe/Berlin"));
    private final Calendar calendar = inputs.calendar();
    private final float[] x = new float[inputs.count()];

    @Test
    void theGapBeforeAValueIsCounted() {
        History history = new History();
        double[] values = {1, 2, Double.NaN, Double.NaN, 5, 6};
        double[] gaps = {0, 0, 0, 1, 2, 0};
        for (int t = 0; t < values.length; t++) {
            history.observe(values[t], t * HOUR);
            inputs.fill(x, history, Covariates.NONE, calendar.at(t * HOUR));
            assertThat(x[History.INPUTS + 2]).as("step %s", t).isCloseTo(asinh(gaps[t]), within(1e-6f));
        }
    }

    @Test
    void theValueOneSeasonAgoIsItsDistanceFromTheLevel() {
        History history = new History();
        history.seasons.fix(SEASON);
        for (int t = 0; t < 5 * SEASON; t++) {
            history.observe(Math.sin(2 * Math.PI * t / SEASON) + (t % 7) * 0.01, t * HOUR);
            inputs.fill(x, history, Covariates.NONE, calendar.at(t * HOUR));
            if (t < SEASON) {
                assertThat(x[History.INPUTS]).isZero();
            } else {
                // The second usual number of this kind is that of the value itself: one season before it was much the
                // same.
                assertThat(Math.signum(x[History.INPUTS])).as("step %s", t).isEqualTo(Math.signum((float)
                        (history.ago(SEASON) - level(history))));
            }
        }
    }

    private double level(History history) {
        float[] usual = new float[History.INPUTS];
        history.inputs(usual, calendar);
        return history.last() - Math.sinh(usual[2]) * history.scale();
    }

    @Test
    void aHolidayIsADayOfTheTimeZone() {
        History history = new History();
        history.observe(1, 0);
        check(history, "2026-12-23T22:59:00Z", 0, 0);
        check(history, "2026-12-23T23:00:00Z", 0, 1);
        check(history, "2026-12-24T22:59:00Z", 0, 1);
        check(history, "2026-12-24T23:00:00Z", 1, 0);
        check(history, "2026-12-25T22:59:00Z", 1, 0);
        check(history, "2026-12-25T23:00:00Z", 0, 0);
    }

    private void check(History history, String time, float today, float tomorrow) {
        inputs.fill(x, history, Covariates.NONE, calendar.at(Instant.parse(time).toEpochMilli()));
        assertThat(x[History.INPUTS + 1]).as(time).isEqualTo(today);
        assertThat(x[History.INPUTS + 3]).as("before " + time).isEqualTo(tomorrow);
    }

    @ParameterizedTest
    @CsvSource({
        "LSTM, 2, 1",
        "CNN_LSTM, 1, 4",
        "ENCODER_DECODER, 1, 1",
        "GENERATIVE, 1, 20",
        "BIDIRECTIONAL, 1, 6",
        "MLP, 1, 5"
    })
    void weightsThatAreWidenedForecastTheSameToTheLastBit(Kind kind, int layers, int span) {
        Weights narrow =
                TestingWeights.random(new Architecture(History.INPUTS, 32, layers, 4, Quantiles.COUNT, kind, span));
        Forecaster usual = new Forecaster(options(Inputs.USUAL));
        Forecaster wide = new Forecaster(options(inputs));
        Weights widened = wide.fitted(narrow);
        assertThat(usual.misfit(narrow)).isNull();
        assertThat(wide.misfit(widened)).isNull();
        assertThat(wide.misfit(narrow)).startsWith("inputs: expected [season_ago, ");
        assertThat(usual.misfit(usual.fitted(widened))).startsWith("inputs: expected [] beside the usual ones");
        Memory one = new Memory();
        Memory other = new Memory();
        Answer expected = new Answer(4);
        Answer answer = new Answer(4);
        StepBatch batch = new StepBatch(wide, 4);
        Memory third = new Memory();
        WeightsVersion version = new WeightsVersion(1, widened);
        for (int t = 0; t < 100; t++) {
            double y = t % 10 == 5 ? Double.NaN : Math.sin(t * 0.26) + 0.1 * Math.cos(t);
            usual.step(one, new WeightsVersion(1, narrow), t * HOUR, y, expected);
            wide.step(other, version, t * HOUR, y, answer);
            batch.add(third, t * HOUR, y, true);
            batch.run(version);
            assertThat(answer.forecast).isEqualTo(expected.forecast);
            assertThat(batch.answer(0).forecast).isEqualTo(expected.forecast);
        }
    }

    @Test
    void weightsSayWhichInputsTheyKnow() {
        Weights two = TestingWeights.random(new Architecture(
                History.INPUTS + 2, 8, 1, 4, Quantiles.COUNT, Kind.LSTM, 1, List.of("holiday", "time_since")));
        Weights read = Weights.fromBytes(two.toBytes());
        assertThat(read.architecture()).isEqualTo(two.architecture());
        assertThat(read.architecture().text()).endsWith(" extras=holiday,time_since");
        assertThat(read.tensors().get(0)).isDeepEqualTo(two.tensors().get(0));
        float[][] kernel = two.widened(ALL).kernel(0);
        assertThat(kernel[History.INPUTS]).containsOnly(0);
        assertThat(kernel[History.INPUTS + 1]).isEqualTo(two.kernel(0)[History.INPUTS]);
        assertThat(kernel[History.INPUTS + 2]).isEqualTo(two.kernel(0)[History.INPUTS + 1]);
        assertThat(two.widened(List.of("holiday"))).isSameAs(two);
    }

    @Test
    void theMinuteOfTheHourIsAnAngle() {
        Inputs minutes = Inputs.of(List.of("minute_sine", "minute_cosine"), Set.of(), ZoneId.of("UTC"));
        Calendar clock = minutes.calendar();
        History history = new History();
        history.observe(1, 0);
        float[] row = new float[minutes.count()];
        double[][] angles = {{0, 0, 1}, {15, 1, 0}, {30, 0, -1}, {105, -1, 0}};
        for (double[] angle : angles) {
            minutes.fill(row, history, Covariates.NONE, clock.at((long) (angle[0] * HOUR / 60)));
            assertThat(row[History.INPUTS]).isCloseTo((float) angle[1], within(1e-6f));
            assertThat(row[History.INPUTS + 1]).isCloseTo((float) angle[2], within(1e-6f));
        }
    }

    /** The epoch began on a Thursday, and so do the weeks of the network. */
    @Test
    void theTimeOfTheDayAndOfTheWeekAreAngles() {
        History history = new History();
        history.observe(1, 0);
        Calendar clock = Inputs.USUAL.calendar();
        float[] row = new float[Inputs.USUAL.count()];
        double[][] angles = {
            {0, 0, 1, 0, 1},
            {6, 1, 0, Math.sin(Math.PI / 14), Math.cos(Math.PI / 14)},
            {12, 0, -1, Math.sin(Math.PI / 7), Math.cos(Math.PI / 7)},
            {42, -1, 0, 1, 0},
            {84, 0, -1, 0, -1}
        };
        for (double[] angle : angles) {
            for (int week = -1; week < 3; week++) {
                Inputs.USUAL.fill(row, history, Covariates.NONE, clock.at((long) (angle[0] + 168 * week) * HOUR));
                for (int k = 0; k < 4; k++) {
                    assertThat(row[4 + k])
                            .as("hour %s, %s", angle[0], k)
                            .isCloseTo((float) angle[1 + k], within(1e-5f));
                }
            }
        }
    }

    @Test
    void trainingSeesWhatTheForecastSees() throws IOException {
        int steps = 8;
        int horizon = 2;
        TrainingSeries series = new TrainingSeries(steps, horizon, SEASON, "lean", inputs.names(), 0, 0);
        History history = new History();
        history.seasons.fix(SEASON);
        List<float[]> expected = new ArrayList<>();
        List<float[]> found = new ArrayList<>();
        long start = Instant.parse("2026-12-23T00:00:00Z").toEpochMilli();
        for (int t = 0; t < 100; t++) {
            double y = t % 9 == 4 ? Double.NaN : Math.sin(t);
            long time = start + t * HOUR;
            history.observe(y, time);
            float[] row = new float[inputs.count()];
            inputs.fill(row, history, Covariates.NONE, calendar.at(time));
            expected.add(row);
            TrainingSeries.Window window = series.add(time, y, new double[0], inputs);
            for (int k = 0; window != null && k < steps; k++) {
                found.add(Arrays.copyOfRange(window.inputs(), k * row.length, (k + 1) * row.length));
            }
            series = reread(series); // as from a checkpoint
        }
        assertThat(found).hasSizeGreaterThan(90);
        for (int t = 0; t < found.size(); t++) {
            assertThat(found.get(t)).as("step %s", t).isEqualTo(expected.get(t));
        }
        TrainingSeries last = series;
        assertThatThrownBy(() -> last.add(Long.MAX_VALUE, 1)).hasMessageStartingWith("extras: expected [season_ago, ");
    }

    private static TrainingSeries reread(TrainingSeries series) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        series.write(new DataOutputStream(bytes));
        return Objects.requireNonNull(
                TrainingSeries.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))));
    }

    private static Forecaster.Options options(Inputs inputs) {
        return new Forecaster.Options(
                4, SEASON, HOUR, 1e-3, 20, 3, 3, 0, NewWeights.CARRY, "lean", inputs, Scoring.USUAL);
    }

    private static float asinh(double value) {
        return (float) Math.log(value + Math.sqrt(value * value + 1));
    }
}
