package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Steps that are over and that a late reading corrects. */
class ClosedStepsTest {
    private static final double RATE = 1e-4;
    private static final int KEPT = 4;
    private static final double EXPECTED = 100;
    /** Half the width of the range. */
    private static final double EDGE = 10;

    private ClosedSteps closed = new ClosedSteps();
    private final Answer answer = new Answer(1);

    /** A step of one reading, judged by a range around the expected value. */
    private void add(long start, double value, @Nullable String warmingUp, int most) {
        Answer judged = new Answer(1);
        judged.yhat = EXPECTED;
        judged.yhatUpper = EXPECTED + EDGE;
        judged.warmingUp = warmingUp;
        judged.version = 10 + start;
        closed.add(start, value, 1, judged, most);
    }

    /** One more reading, by which the mean becomes this. */
    private boolean correct(long start, double mean, @Nullable AlarmRule rule, boolean expected) {
        return closed.correct(start, 2 * mean - EXPECTED, rule, RATE, expected, answer);
    }

    private boolean correct(long start, double mean) {
        return correct(start, mean, null, false);
    }

    private static AlarmRule rule(int direction, double rate) {
        return new AlarmRule(false, direction, 0, 0, 1, 1, rate);
    }

    @Test
    void theScoreIsTheErrorInHalfWidthsOfTheRange() {
        double[][] cases = {{100, 0, 0}, {104, 0.4, 0}, {91, 0.9, 0}, {111, 1.1, 1}, {70, 3, -1}};
        for (double[] each : cases) {
            closed = new ClosedSteps();
            add(0, EXPECTED, null, KEPT);
            assertThat(correct(0, each[0])).isTrue();
            assertThat(answer.y).isEqualTo(each[0]);
            assertThat(answer.anomalyScore).as("%s", each[0]).isCloseTo(each[1], within(1e-9));
            assertThat(answer.rawScore).isEqualTo(answer.anomalyScore);
            assertThat(answer.direction).as("%s", each[0]).isEqualTo((int) each[2]);
            assertThat(answer.isAnomaly).as("%s", each[0]).isEqualTo(each[1] >= 1);
            assertThat(answer.pValue).isCloseTo(Math.pow(RATE, each[1]), within(1e-9));
            assertThat(answer.yhatLower).isEqualTo(EXPECTED - EDGE);
            assertThat(answer.yhatUpper).isEqualTo(EXPECTED + EDGE);
            assertThat(answer.version).isEqualTo(10);
        }
    }

    @Test
    void whatWasWarmingUpIsNoAnomaly() {
        add(0, EXPECTED, "3 of 48 steps", KEPT);
        correct(0, 130);
        assertThat(answer.warmingUp).isNotNull();
        assertThat(answer.isAnomaly).isFalse();
        add(1, EXPECTED, null, KEPT);
        correct(1, 130);
        assertThat(answer.warmingUp).isNull();
        assertThat(answer.isAnomaly).isTrue();
    }

    @Test
    void whereNothingWasExpectedItIsNotJudged() {
        closed.add(0, EXPECTED, 1, unexpected(), KEPT);
        assertThat(correct(0, 130)).isTrue();
        assertThat(answer.scored).isFalse();
        assertThat(answer.isAnomaly).isFalse();
        assertThat(answer.y).isEqualTo(130);
        assertThat(answer.pValue).isEqualTo(1);
    }

    private static Answer unexpected() {
        Answer judged = new Answer(1);
        judged.nothing();
        return judged;
    }

    @Test
    void whatAPersonExpectedOrARuleDoesNotWantIsHeldBack() {
        add(0, EXPECTED, null, KEPT);
        correct(0, 130, null, true);
        assertHeld(Hold.EXPECTED);
        add(1, EXPECTED, null, KEPT);
        correct(1, 130, rule(-1, 0), false);
        assertHeld(Hold.DIRECTION);
        add(2, EXPECTED, null, KEPT);
        correct(2, 104, rule(-1, 0), true);
        assertThat(answer.hold).as("nothing to hold back").isEqualTo(Hold.NONE);
        assertThat(answer.anomalyScore).isCloseTo(0.4, within(1e-9));
    }

    private void assertHeld(Hold hold) {
        assertThat(answer.hold).isEqualTo(hold);
        assertThat(answer.isAnomaly).isFalse();
        assertThat(answer.anomalyScore).isZero();
        assertThat(answer.rawScore).isCloseTo(3, within(1e-9));
    }

    @Test
    void aPValueGoesByTheRateOfTheRule() {
        add(0, EXPECTED, null, KEPT);
        correct(0, 111, rule(0, 1e-6), false);
        assertThat(answer.pValue).isCloseTo(Math.pow(1e-6, 1.1), within(1e-12));
    }

    @Test
    void theNewestStepsAreKeptWhateverTheirNumberBecomes() throws IOException {
        for (int start = 0; start < 7; start++) {
            add(start, EXPECTED, null, KEPT);
        }
        assertKept(3, 6);
        restart();
        assertKept(3, 6);
        add(7, EXPECTED, null, 2);
        assertKept(6, 7);
        add(8, EXPECTED, null, 3);
        assertKept(6, 8);
        add(9, EXPECTED, null, 0);
        assertKept(0, -1);
    }

    private void assertKept(long first, long last) {
        for (long start = 0; start < 12; start++) {
            assertThat(correct(start, EXPECTED)).as("step %s", start).isEqualTo(start >= first && start <= last);
        }
    }

    private void restart() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        closed.write(new DataOutputStream(bytes));
        closed = new ClosedSteps();
        closed.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
