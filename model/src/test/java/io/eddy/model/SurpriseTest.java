package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SurpriseTest {
    private static final int FLAT = Channel.FLAT.ordinal();
    private final Surprise surprise = new Surprise();
    private final double[] decades = new double[Channel.values().length];
    private final Random random = new Random(5);

    private double flat(boolean same) {
        surprise.judge(same ? 0 : random.nextGaussian(), same, decades);
        return decades[FLAT];
    }

    @Test
    void aValueThatStaysIsNewsUntilItIsHowTheSeriesIs() {
        for (int t = 0; t < 1000; t++) {
            flat(false);
        }
        double most = 0;
        for (int t = 0; t < 288; t++) {
            most = Math.max(most, flat(true));
        }
        assertThat(most).isGreaterThan(3);
        for (int t = 0; t < 1000; t++) {
            assertThat(flat(true)).isZero();
        }
    }

    private void errors(int count, double size) {
        for (int t = 0; t < count; t++) {
            surprise.judge(size * random.nextGaussian(), false, decades);
        }
    }

    /** As of a counter that is reset while hardly anything is known of it. */
    @Test
    void aWildErrorAmongTheFirstFewDoesNotLast() {
        errors(4, 1);
        surprise.judge(1e6, false, decades);
        errors(45, 1);
        assertThat(surprise.meanError()).isLessThan(2);
    }

    @Test
    void errorsThatBecomeTwiceAsLargeAreTheUsualOnesAfterSomeHundredSteps() {
        errors(2000, 1);
        double before = surprise.meanError();
        errors(600, 2);
        assertThat(surprise.meanError()).isGreaterThan(1.7 * before);
    }

    @Test
    void whatErrorsWereLatelyIsNotSaidOfASeriesThatIsHardlyKnown() {
        for (int t = 0; t < 19; t++) {
            surprise.judge(t < 10 ? 0.1 : 3, false, decades);
            assertThat(surprise.lately(1)).isEqualTo(1);
        }
    }

    @Test
    void anIncidentBeforeAnOutageIsNotHeldAgainstWhatComesAfterIt() {
        for (int t = 0; t < 1000; t++) {
            flat(false);
        }
        for (int t = 0; t < 5; t++) {
            surprise.judge(10, false, decades);
        }
        assertThat(surprise.lately(1)).isGreaterThan(1.2);
        surprise.pass(48);
        assertThat(surprise.lately(1)).isBetween(0.99, 1.01);
        surprise.judge(0.1, false, decades);
        assertThat(decades[Channel.SHIFT.ordinal()]).isLessThan(0.3);
        assertThat(decades[Channel.VARIANCE.ordinal()]).isLessThan(0.3);
    }

    @Test
    void howMuchItSleptIsRemembered() throws IOException {
        for (int t = 0; t < 500; t++) {
            flat(t > 50);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        surprise.write(new DataOutputStream(bytes));
        Surprise read = new Surprise();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
        assertThat(surprise.awake()).isBetween(0.4, 0.7);
        assertThat(read.awake()).isEqualTo(surprise.awake());
    }
}
