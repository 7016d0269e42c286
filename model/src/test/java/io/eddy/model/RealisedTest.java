package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.eddy.model.network.Quantiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a forecast says of how earlier ones of its series did. */
class RealisedTest {
    private static final int HORIZON = 24;
    private static final int STEPS = 2000;
    private static final int DAY = 24;

    private final Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, 0, 3_600_000, 1e-4, 48, 6));
    private final Answer answer = new Answer(HORIZON);
    private Memory memory = new Memory();
    private long step;

    private void live(int steps, double unit, double noise) {
        Random random = new Random(step + 3);
        for (int t = 0; t < steps; t++, step++) {
            double y = 100 + 30 * Math.sin(2 * Math.PI * step / DAY) + noise * random.nextGaussian();
            forecaster.step(memory, null, step * 3_600_000, unit * y, answer);
        }
    }

    @Test
    void theErrorIsInTheUnitOfTheValuesAndTheSkillHasNone() {
        live(STEPS, 1, 2);
        double error = answer.realisedError;
        double skill = answer.realisedSkill;
        // No forecast errs less than the noise, and the value a day before has noise of its own.
        assertThat(error).isBetween(0.9 * 2 * Math.sqrt(2 / Math.PI), 1.3 * 2 * Math.sqrt(2 / Math.PI));
        assertThat(skill).isBetween(0.15, 1 - Math.sqrt(0.5));
        memory = new Memory();
        step = 0;
        live(STEPS, 1e6, 2);
        assertThat(answer.realisedError).isCloseTo(1e6 * error, withinPercentage(1));
        assertThat(answer.realisedSkill).isCloseTo(skill, within(0.01));
    }

    @Test
    void theErrorIsThatOfLate() {
        live(STEPS, 1, 2);
        double calm = answer.realisedError;
        live(STEPS, 1, 6);
        assertThat(answer.realisedError).isCloseTo(3 * calm, withinPercentage(20));
    }

    @Test
    void coverageIsWhatWasCovered() {
        live(STEPS, 1, 2);
        assertThat(answer.realisedCoverage80).isBetween(0.7, 0.9);
        assertThat(answer.realisedCoverage95).isBetween(0.9, 0.99);
        // Of intervals for a tenth of the noise nearly none is right.
        live(10, 1, 20);
        assertThat(answer.realisedCoverage95).isLessThan(0.95).isGreaterThan(answer.realisedCoverage80 - 1e-9);
    }

    /** Of errors that are not normally distributed the mean says nothing of how far most of them go. */
    @Test
    void intervalsCoverWhatTheyPromiseWhateverTheErrorsAreLike() {
        Random random = new Random(5);
        double[][] errors = new double[3][STEPS];
        for (int t = 0; t < STEPS; t++) {
            errors[0][t] = random.nextDouble() - 0.5;
            errors[1][t] = random.nextBoolean() ? 1 : -1;
            errors[2][t] = random.nextGaussian() / Math.sqrt(random.nextExponential());
        }
        for (double[] error : errors) {
            memory = new Memory();
            int in80 = 0;
            int in95 = 0;
            for (int t = 0; t < STEPS; t++) {
                double[] row = answer.quantiles(1);
                double y = 100 + error[t];
                in80 += t >= STEPS / 2 && row[Quantiles.LOWER_80] <= y && y <= row[Quantiles.UPPER_80] ? 1 : 0;
                in95 += t >= STEPS / 2 && row[Quantiles.LOWER_95] <= y && y <= row[Quantiles.UPPER_95] ? 1 : 0;
                forecaster.step(memory, null, t * 3_600_000L, y, answer);
            }
            assertThat(in80).isBetween(770 * STEPS / 2000, 830 * STEPS / 2000);
            assertThat(in95).isBetween(930 * STEPS / 2000, 970 * STEPS / 2000);
        }
    }

    @Test
    void laterStepsSayNothingUntilSomeWereJudgedAndThenTheirShare() {
        live(60, 1, 2);
        assertThat(answer.leadCoverage95).containsOnly(Double.NaN);
        live(STEPS, 1, 2);
        for (double covered : answer.leadCoverage95) {
            assertThat(covered).isBetween(0.88, 1.0);
        }
    }

    @Test
    void itIsRemembered() throws IOException {
        live(STEPS, 1, 2);
        double[] before = {answer.realisedError, answer.realisedSkill, answer.realisedCoverage80};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        memory = Memory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        live(1, 1, 2);
        assertThat(new double[] {answer.realisedError, answer.realisedSkill, answer.realisedCoverage80})
                .usingComparatorWithPrecision(0.05)
                .containsExactly(before);
    }
}
