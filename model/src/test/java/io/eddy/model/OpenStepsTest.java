package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class OpenStepsTest {
    private final OpenSteps steps = new OpenSteps();

    @Test
    void givesTheMeanOfWhatCameForAStep() {
        assertThat(steps.add(60, 1)).isTrue();
        assertThat(steps.add(60, 4)).isFalse();
        assertThat(steps.add(60, Double.NaN)).isFalse();
        assertThat(steps.close(60)).isEqualTo(2.5);
        assertThat(steps.holds(60)).isFalse();
        assertThat(steps.close(60)).isNaN();
    }

    @Test
    void aStepOfMissingValuesIsMissing() {
        assertThat(steps.add(0, Double.NaN)).isTrue();
        assertThat(steps.close(0)).isNaN();
    }

    @Test
    void holdsManyStepsInAnyOrder() {
        for (int k = 0; k < 100; k++) {
            assertThat(steps.add(37 * k % 100, k)).isTrue();
        }
        for (int k = 0; k < 100; k++) {
            assertThat(steps.add(37 * k % 100, k + 2)).isFalse();
        }
        for (int k = 99; k >= 0; k--) {
            assertThat(steps.close(37 * k % 100)).isEqualTo(k + 1);
        }
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        for (int k = 0; k < 5; k++) {
            steps.add(k, 10 * k);
            steps.add(k, 20 * k);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        steps.write(new DataOutputStream(bytes));
        OpenSteps read = new OpenSteps();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
        for (int k = 0; k < 5; k++) {
            assertThat(read.close(k)).isEqualTo(15 * k);
        }
    }

    @Test
    void covariatesAreAveragedBesideTheValue() throws IOException {
        double nan = Double.NaN;
        double[] means = new double[2];
        assertThat(steps.add(60, 60, nan, new double[] {1, nan})).isTrue();
        assertThat(steps.add(0, 0, 7, new double[] {5, 6})).isTrue();
        assertThat(steps.add(60, 60, 2, new double[] {4, nan})).isFalse();
        assertThat(steps.add(30, 3)).isTrue(); // one that has none
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        steps.write(new DataOutputStream(bytes));
        steps.writeRest(new DataOutputStream(bytes));
        OpenSteps read = new OpenSteps();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        read.read(in, Memory.FORMAT);
        read.readRest(in);
        for (OpenSteps each : new OpenSteps[] {steps, read}) {
            each.covariates(0, means);
            assertThat(means).containsExactly(5, 6);
            assertThat(each.close(0)).isEqualTo(7);
            each.covariates(60, means);
            assertThat(means).containsExactly(2.5, nan);
            assertThat(each.close(60)).isEqualTo(2);
            each.covariates(30, means);
            assertThat(means).containsExactly(nan, nan);
        }
    }

    @Test
    void covariatesKeepToTheirStepsInAnyOrder() {
        double[] mean = new double[1];
        for (int k = 0; k < 100; k++) {
            steps.add(37 * k % 100, 37 * k % 100, k, new double[] {-k});
        }
        for (int k = 99; k >= 0; k--) {
            steps.covariates(37 * k % 100, mean);
            assertThat(mean).containsExactly(-k);
            assertThat(steps.close(37 * k % 100)).isEqualTo(k);
        }
    }

    @Test
    void stepsAreCountedFromTheEpochAlsoBeforeIt() {
        assertThat(OpenSteps.startOf(-1, 60)).isEqualTo(-60);
        assertThat(OpenSteps.endOf(-60, 60)).isEqualTo(-1);
        assertThat(OpenSteps.startOfEnd(-1, 60)).isEqualTo(-60);
        assertThat(OpenSteps.startOf(7, 0)).isEqualTo(7);
        assertThat(OpenSteps.endOf(7, 0)).isEqualTo(7);
        assertThat(OpenSteps.startOfEnd(7, 0)).isEqualTo(7);
    }
}
