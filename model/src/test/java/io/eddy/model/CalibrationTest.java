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

    /** How much rarer ten decades of evidence are than six. */
    private double fourDecades() {
        return calibration.logProbability(6) - calibration.logProbability(10);
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
        assertThat(calibration.logProbability(10)).isLessThan(calibration.logProbability(6));
    }

    @Test
    void noEvidenceIsNoSurpriseWhereThereNeverWasAny() {
        for (int t = 0; t < 10_000; t++) {
            calibration.observe(0);
        }
        assertThat(Math.exp(calibration.logProbability(0))).isEqualTo(1);
        assertThat(calibration.logProbability(3)).isLessThan(Math.log(1e-3));
    }
}
