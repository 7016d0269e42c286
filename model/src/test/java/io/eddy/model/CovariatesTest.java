package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Other fields of the readings of a series, on their way into the network. */
class CovariatesTest {
    private static final long HOUR = 3_600_000;
    private static final Inputs WANTED = Inputs.of(
            List.of("time_since", "field:flow", "mask:flow", "field:heat", "mask:heat"), Set.of(), ZoneOffset.UTC);

    @Test
    void aCovariateIsItsDistanceFromItsMeanBesideAMask() {
        Covariates covariates = new Covariates(List.of("flow", "flag"));
        float[] row = new float[4];
        for (int t = 0; t < 200; t++) {
            covariates.observe(new double[] {1e6 + (t % 2 == 0 ? 3 : -3), 0});
        }
        covariates.observe(new double[] {1e6 + 6, Double.NaN});
        covariates.fill(row, 0);
        assertThat(row[0]).isCloseTo(asinh(2), within(0.03f));
        assertThat(row).endsWith(1, 0, 0); // a missing value is nothing but missing
        covariates.observe(new double[] {Double.NaN, 1});
        covariates.fill(row, 0);
        assertThat(row).startsWith(0, 0).endsWith(1);
        assertThat(row[2]).isPositive();
    }

    @Test
    void aCovariateThatHasMovedForGoodIsUsualAfterAThousandSteps() {
        Covariates covariates = new Covariates(List.of("flow"));
        float[] row = new float[2];
        for (int t = 0; t < 4000; t++) {
            covariates.observe(new double[] {(t < 2000 ? 0 : 100) + (t % 2 == 0 ? 3 : -3)});
            covariates.fill(row, 0);
            if (t == 2000) {
                assertThat(row[0]).as("when it moves").isGreaterThan(asinh(10));
            }
        }
        assertThat(Math.abs(row[0])).isLessThan(asinh(3));
    }

    @Test
    void covariatesThatWereOthersBeforeBeginAnew() throws IOException {
        Memory memory = new Memory();
        memory.covariates(List.of("a", "b"), new double[] {1, 2});
        assertThat(reread(memory).covariates.are(List.of("a", "b"))).isTrue();
        assertThat(reread(memory).covariates.are(List.of("b", "a"))).isFalse();
        memory.covariates(List.of("b", "a"), new double[] {5, 5});
        memory.covariates(List.of("b", "a"), new double[] {7, 5});
        float[] row = new float[4];
        memory.covariates.fill(row, 0);
        assertThat(row[0]).isBetween(1f, 2f);
        int before = bytes(memory).length;
        memory.covariates(List.of(), new double[0]);
        assertThat(bytes(memory)).hasSize(before - 2 * 14 - 4);
    }

    /** Through the open steps of both, as readings come, and from one checkpoint to the next. */
    @Test
    void covariatesEnterTheForecastAsTheyEnteredTraining() throws IOException {
        Forecaster forecaster = forecaster();
        TrainingSeries series = new TrainingSeries(8, 2, 24, "lean", WANTED.names(), 0, 0);
        Memory memory = new Memory();
        SplittableRandom random = new SplittableRandom(3);
        List<float[]> expected = new ArrayList<>();
        List<float[]> found = new ArrayList<>();
        double[] means = new double[2];
        for (int t = 0; t < 100; t++) {
            long time = t * HOUR;
            for (int reading = 0; reading < 3; reading++) {
                double y = t % 9 == 4 ? Double.NaN : Math.sin(t + 0.01 * reading);
                double[] others = {random.nextDouble() * 1e5, t % 5 == 2 ? Double.NaN : 20 + random.nextDouble()};
                memory.inbox().open().add(time, time, y, others);
                series.open().add(time, time, y, others);
            }
            memory = reread(memory);
            series = reread(series);
            memory.inbox().open().covariates(time, means);
            memory.covariates(WANTED.covariates(), means);
            Draft draft = forecaster.newDraft();
            double y = memory.inbox().open().close(time);
            draft.take(time, y, 3, true, null);
            Answer answer = new Answer(2);
            forecaster.judge(memory, null, draft, answer);
            forecaster.observe(memory, null, draft, answer);
            forecaster.expect(memory, draft, answer);
            float[] row = draft.x;
            expected.add(row);
            series.open().covariates(time, means);
            TrainingSeries.Window window = series.add(time, series.open().close(time), means, WANTED);
            for (int k = 0; window != null && k < 8; k++) {
                found.add(Arrays.copyOfRange(window.inputs(), k * row.length, (k + 1) * row.length));
            }
        }
        assertThat(found).hasSizeGreaterThan(90);
        for (int t = 0; t < found.size(); t++) {
            assertThat(found.get(t)).as("step %s", t).isEqualTo(expected.get(t));
        }
    }

    @Test
    void inStepsThatNeverCameTheyAreMissing() {
        Forecaster forecaster = forecaster();
        WeightsVersion version = version();
        Answer answer = new Answer(2);
        Memory gap = new Memory();
        Memory told = new Memory();
        double[] missing = {Double.NaN, Double.NaN};
        for (int t = 0; t < 20; t++) {
            boolean never = t > 10 && t < 15;
            told.covariates(WANTED.covariates(), never ? missing : new double[] {t, -t});
            forecaster.step(told, version, t * HOUR, never ? Double.NaN : Math.sin(t), answer);
            if (!never) {
                gap.covariates(WANTED.covariates(), new double[] {t, -t});
                forecaster.step(gap, version, t * HOUR, Math.sin(t), answer);
                assertThat(hidden(gap.network)).isDeepEqualTo(hidden(told.network));
            }
        }
        // And what nobody says anything of is missing too.
        float[] row = {1, 1, 1, 1};
        gap.covariates.fill(row, 0);
        assertThat(row).containsOnly(0);
    }

    /** The steps before it are replayed without any. */
    @Test
    void aShadowThatBeginsKnowsThoseOfTheNewestStep() {
        assertThat(shadowed(5)).isEqualTo(shadowed(5)).isNotEqualTo(shadowed(-5));
    }

    /** The shadow's state after its first step, by what the covariates say at that step. */
    private static float[] shadowed(double newest) {
        StepBatch batch = new StepBatch(forecaster(), 2);
        Shadow shadow = new Shadow(options(), version(), 1, 0);
        Memory memory = new Memory();
        for (int t = 0; t < 40; t++) {
            double other = t == 39 ? newest : t % 2;
            memory.covariates(WANTED.covariates(), new double[] {other, other});
            memory.follow(t == 39 ? shadow : null);
            batch.add(memory, t * HOUR, Math.sin(t), 1, true, null);
            batch.run(version(), shadow);
        }
        return hidden(Objects.requireNonNull(memory.shadow).network)[0];
    }

    private static WeightsVersion version() {
        Architecture shape =
                new Architecture(WANTED.count(), 4, 1, 2, Quantiles.COUNT, Architecture.Kind.LSTM, 1, WANTED.names());
        float[][] ones = ones(WANTED.count(), 16);
        List<float[][]> tensors =
                List.of(ones, ones(4, 16), ones(1, 16), ones(4, shape.outputs()), ones(1, shape.outputs()));
        return new WeightsVersion(1, Weights.of(shape, tensors));
    }

    private static float[][] hidden(NetworkState state) {
        float[][] h = new float[1][4];
        state.load(h, new float[1][4]);
        return h;
    }

    private static float[][] ones(int rows, int columns) {
        float[][] ones = new float[rows][columns];
        for (float[] row : ones) {
            Arrays.fill(row, 0.1f);
        }
        return ones;
    }

    /** It is warming up all the time, so that no value is taken for odd and learnt otherwise. */
    private static Forecaster forecaster() {
        return new Forecaster(options());
    }

    private static Forecaster.Options options() {
        return new Forecaster.Options(
                2, 24, HOUR, 1e-3, 1000, 3, 3, 0, NewWeights.CARRY, "lean", WANTED, Scoring.USUAL);
    }

    private static byte[] bytes(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Memory reread(Memory memory) throws IOException {
        return Memory.read(new DataInputStream(new ByteArrayInputStream(bytes(memory))));
    }

    private static TrainingSeries reread(TrainingSeries series) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        series.write(new DataOutputStream(bytes));
        return TrainingSeries.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    private static float asinh(double value) {
        return (float) Math.log(value + Math.sqrt(value * value + 1));
    }
}
