package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

class BurstTest {
    private static final int STEPS = 20_000;
    /** What it takes to be told: one of many channels that speaks alone weighs less than its own probability says. */
    private static final double ALARM = 5.5;

    private final Random random = new Random(7);

    /** Alarms among the steps, the first thousand left out. */
    private static int alarms(Burst burst, IntSupplier readings) {
        int alarms = 0;
        for (int t = 0; t < STEPS; t++) {
            double decades = burst.judge(readings.getAsInt());
            alarms += t >= 1000 && decades >= ALARM ? 1 : 0;
        }
        return alarms;
    }

    /** At a rate of 1/mean per step, as independent producers make it (Knuth's product of uniforms). */
    private int poisson(double mean) {
        int k = 0;
        for (double p = random.nextDouble(); p > Math.exp(-mean); p *= random.nextDouble()) {
            k++;
        }
        return Math.max(1, k);
    }

    @Test
    void aNumberThatVariesByItselfIsNoBurst() {
        for (double mean : new double[] {0.5, 4, 60}) {
            assertThat(alarms(new Burst(), () -> poisson(mean)))
                    .as("of %s expected 2", STEPS)
                    .isLessThanOrEqualTo(8);
        }
        assertThat(alarms(new Burst(), () -> random.nextInt(4) == 0 ? 2 : 1)).isZero();
    }

    @Test
    void twiceAsManyAsAlwaysAreABurst() {
        for (int usual : new int[] {4, 60}) {
            Burst burst = new Burst();
            assertThat(alarms(burst, () -> usual)).isZero();
            assertThat(burst.judge(2 * usual)).isGreaterThan(ALARM);
        }
    }

    @Test
    void ofSingleReadingsTwoAreNoAlarmAndThreeAre() {
        Burst burst = new Burst();
        alarms(burst, () -> 1);
        assertThat(burst.judge(2)).isBetween(3.0, ALARM);
        assertThat(burst.judge(3)).isGreaterThan(ALARM);
    }

    private Burst after(int steps, int usual) {
        Burst burst = new Burst();
        for (int t = 0; t < steps; t++) {
            burst.judge(usual);
        }
        return burst;
    }

    @Test
    void ofAFewStepsNobodyKnowsWhatIsUsualAndOfAHundredIt() {
        for (int more : new int[] {6, 40, 400}) {
            assertThat(after(10, 4).judge(more)).isZero();
        }
        assertThat(after(100, 4).judge(40)).isGreaterThan(ALARM);
    }

    @Test
    void aNumberThatHasBecomeAnotherForGoodIsUsualWithinHundredsOfSteps() {
        Burst burst = after(2000, 4);
        assertThat(burst.judge(12)).isGreaterThan(ALARM);
        for (int t = 0; t < 800; t++) {
            burst.judge(12);
        }
        assertThat(burst.judge(12)).isLessThan(1);
    }

    @Test
    void oneWildStepHidesNoBurstThatFollows() {
        Burst burst = after(2000, 4);
        burst.judge(1_000_000);
        assertThat(burst.judge(20)).isGreaterThan(ALARM);
    }

    @Test
    void isReadAsItWasWritten() throws IOException {
        Burst one = new Burst();
        alarms(one, () -> 1);
        Burst some = new Burst();
        alarms(some, () -> poisson(4));
        for (Burst burst : new Burst[] {new Burst(), one, some}) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            burst.write(new DataOutputStream(bytes));
            Burst read = new Burst();
            read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            assertThat(read.judge(9)).isEqualTo(burst.judge(9));
            assertThat(bytes.size()).isLessThan(23);
        }
    }
}
