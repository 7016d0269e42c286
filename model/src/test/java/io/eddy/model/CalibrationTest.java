package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final Calibration calibration = new Calibration();
    private final Random random = new Random(4);

    private void live(int steps) {
        for (int t = 0; t < steps; t++) {
            calibration.observe(-0.4 * Math.log(1 - random.nextDouble()));
        }
    }

    /** How much rarer twelve decades of evidence are than eight. */
    private double fourDecades() {
        return calibration.logProbability(8) - calibration.logProbability(12);
    }

    @Test
    void extremesKeepTheirOrderWhenOthersHaveComeInBetween() {
        live(10_000);
        double before = fourDecades();
        for (int k = 0; k < 5; k++) {
            calibration.observe(8);
            live(20);
        }
        assertThat(fourDecades()).isCloseTo(before, within(1e-9));
        assertThat(calibration.logProbability(12)).isLessThan(calibration.logProbability(8));
    }

    @Test
    void noEvidenceIsNoSurpriseWhereThereNeverWasAny() {
        for (int t = 0; t < 10_000; t++) {
            calibration.observe(0);
        }
        assertThat(Math.exp(calibration.logProbability(0))).isEqualTo(1);
        assertThat(calibration.logProbability(3)).isLessThan(Math.log(1e-3));
    }

    /** Lives on and steers, with single values only; the result is how many times too often one in ten thousand came. */
    private double timesTooOften(double length, int steps) {
        int count = 0;
        for (int t = 0; t < steps; t++) {
            double evidence = -length * Math.log(1 - random.nextDouble());
            // Beyond one in a thousand these have another tail than below.
            double rare = length * Math.log(1000);
            double stretched = evidence > rare ? rare + 4 * (evidence - rare) : evidence;
            boolean extreme = calibration.logProbability(stretched) <= Calibration.LOG_EXTREME;
            count += extreme ? 1 : 0;
            calibration.steer(extreme);
            calibration.observe(stretched);
        }
        return count / (steps * 1e-4);
    }

    @Test
    void oneInTenThousandIsLearntOfLightAndOfHeavyTails() {
        timesTooOften(0.1, 100_000);
        assertThat(timesTooOften(0.1, 100_000)).isBetween(0.7, 1.4);
        timesTooOften(0.3, 100_000);
        assertThat(timesTooOften(0.3, 100_000)).isBetween(0.7, 1.4);
    }

    /** The decades of evidence between one in a thousand and one in ten thousand, of a series that has never had an extreme. */
    private double decadesToTheExtreme(double length) {
        Calibration series = new Calibration();
        for (int t = 0; t < 5000; t++) {
            series.observe(-length * Math.log(1 - random.nextDouble()));
        }
        return series.evidence(Calibration.LOG_EXTREME) - series.evidence(Math.log(1e-3));
    }

    @Test
    void aTailThatIsLongUpToOneInAThousandIsTakenToGoOnSo() {
        assertThat(decadesToTheExtreme(0.1)).isCloseTo(decadesToTheExtreme(0.2), within(1e-9));
        assertThat(decadesToTheExtreme(0.6)).isGreaterThan(1.5 * decadesToTheExtreme(0.2));
    }

    /** The evidence of one in a thousand after incidents of so many steps each. */
    private double rareAfterIncidents(int steps) {
        Calibration series = new Calibration();
        random.setSeed(5);
        for (int t = 1; t <= 5000; t++) {
            if (t % 500 == 0) {
                for (int k = 0; k < steps; k++) {
                    series.observe(4);
                }
            }
            series.observe(-0.4 * Math.log(1 - random.nextDouble()));
        }
        return series.evidence(Math.log(1e-3));
    }

    @Test
    void anIncidentOfManyStepsTeachesWhatOneOfASingleStepDoes() {
        assertThat(rareAfterIncidents(5)).isLessThan(1.3 * rareAfterIncidents(1));
    }

    @Test
    void extremesKeepTheirOrderWhateverIsLearntOfTheTail() {
        live(10_000);
        double extreme = calibration.logProbability(10);
        for (int k = 0; k < 5; k++) {
            calibration.steer(true);
        }
        assertThat(calibration.logProbability(10)).isEqualTo(extreme);
        double last = 0;
        for (double evidence = 0.1; evidence < 12; evidence += 0.1) {
            assertThat(calibration.logProbability(evidence)).isLessThan(last);
            last = calibration.logProbability(evidence);
        }
    }

    @Test
    void knowsTheEvidenceBehindAProbability() {
        live(10_000);
        for (int extremes = 0; extremes < 3; extremes++) {
            for (double evidence = 0.1; evidence < 12; evidence += 0.1) {
                double logP = calibration.logProbability(evidence);
                assertThat(calibration.evidence(logP)).isCloseTo(evidence, within(1e-9));
            }
            calibration.steer(true);
        }
    }
}
