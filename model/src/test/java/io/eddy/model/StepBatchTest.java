package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Classifier;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepBatchTest {
    private static final int HORIZON = 5;
    private static final int STEPS = 80;
    private static final Forecaster.Options OPTIONS = TestingOptions.of(HORIZON, 7, 1000, 1e-4, 20, 3);

    @Test
    void stepsTogetherWhereTheJvmCan() {
        assertThat(Weights.stepsTogether()).isTrue(); // the tests of this module run with the flag
    }

    /** As many series as make groups of four, a rest, or neither. */
    @ParameterizedTest
    @CsvSource({"8, 1, 1", "8, 1, 3", "20, 2, 4", "64, 1, 7", "12, 3, 16"})
    void answersAsEachSeriesWouldAlone(int hidden, int layers, int series) throws IOException {
        Architecture shape = new Architecture(Forecaster.inputs(), hidden, layers, HORIZON, Quantiles.COUNT);
        Classifier classifier = new Classifier(rows(new SplittableRandom(2), 1, hidden)[0], -1, 0);
        WeightsVersion version = new WeightsVersion(3, random(shape).withClassifier(classifier));
        Forecaster alone = new Forecaster(OPTIONS);
        StepBatch batch = new StepBatch(new Forecaster(OPTIONS), HORIZON);
        List<Memory> ones = fresh(series);
        List<Memory> together = fresh(series);
        Answer answer = new Answer(HORIZON);
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < STEPS; k++) {
            WeightsVersion now = k < 3 ? null : version;
            double[] values = new double[series];
            for (int i = 0; i < series; i++) {
                values[i] = value(random, k, i);
                batch.add(together.get(i), 1000L * k, values[i], k % 4 != 1);
            }
            assertThat(batch.isFull()).isEqualTo(series == 16);
            assertThat(batch.run(now)).isEqualTo(together);
            for (int i = 0; i < series; i++) {
                alone.step(ones.get(i), now, 1000L * k, values[i], 1, k % 4 != 1, null, answer);
                assertThat(text(batch.answer(i))).isEqualTo(text(answer));
                assertThat(bytes(together.get(i))).isEqualTo(bytes(ones.get(i)));
            }
        }
    }

    /** All digits of what an answer says. */
    private static String text(Answer a) {
        return a.yhat + " " + a.yhatLower + " " + a.yhatUpper + " " + a.anomalyScore + " " + a.pValue + " " + a.change
                + " " + a.anomalyProbability
                + " " + Arrays.toString(Arrays.copyOf(a.forecast, a.steps * Quantiles.COUNT));
    }

    private static double value(SplittableRandom random, int step, int series) {
        if (random.nextInt(20) == 0) {
            return Double.NaN;
        }
        return series
                + 10 * Math.sin(step * 2 * Math.PI / 7)
                + random.nextDouble()
                + (random.nextInt(30) == 0 ? 50 : 0);
    }

    private static List<Memory> fresh(int series) {
        List<Memory> memories = new ArrayList<>();
        for (int i = 0; i < series; i++) {
            memories.add(new Memory());
        }
        return memories;
    }

    private static byte[] bytes(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static Weights random(Architecture shape) {
        SplittableRandom random = new SplittableRandom(1);
        List<float[][]> kernels = new ArrayList<>();
        List<float[][]> recurrents = new ArrayList<>();
        List<float[]> biases = new ArrayList<>();
        for (int layer = 0; layer < shape.layers(); layer++) {
            kernels.add(rows(random, shape.inputsOf(layer), 4 * shape.hidden()));
            recurrents.add(rows(random, shape.hidden(), 4 * shape.hidden()));
            biases.add(rows(random, 1, 4 * shape.hidden())[0]);
        }
        return Weights.of(
                shape,
                kernels,
                recurrents,
                biases,
                rows(random, shape.hidden(), shape.outputs()),
                rows(random, 1, shape.outputs())[0]);
    }

    private static float[][] rows(SplittableRandom random, int count, int width) {
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = (float) (random.nextDouble() - 0.5);
            }
        }
        return rows;
    }
}
