package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final long EVENT = 1000;
    /** The share of the evidence behind an event that a score just below an alarm has. */
    private static final double LESS = 0.5;

    private final Incident none = new Incident();
    private final Incident shift = new Incident();
    private Verdicts verdicts = new Verdicts();

    VerdictsTest() {
        shift.observe(EVENT, true, true, 2, 1, Channel.SHIFT, 3);
    }

    /** What is left of ten decades of each channel. */
    private double[] weighed() {
        double[] decades = new double[Channel.ALL.length];
        Arrays.fill(decades, 10);
        verdicts.weigh(decades);
        return decades;
    }

    private double weighed(Channel channel) {
        assertThat(verdicts.weight(channel)).isEqualTo(weighed()[channel.ordinal()] / 10);
        return weighed()[channel.ordinal()];
    }

    @Test
    void whereNobodySaidAnythingNothingIsWeighed() {
        assertThat(weighed()).containsOnly(10);
        assertThat(verdicts.weight(Channel.SILENCE)).isEqualTo(1);
        assertThat(verdicts.isExpected(EVENT)).isFalse();
    }

    @Test
    void ofAnEventOnlyWhatSpeaksInItsKindIsWeighed() {
        verdicts.hear(Verdict.NOT_ANOMALY, EVENT, EVENT, shift, LESS);
        for (Channel channel : Channel.ALL) {
            boolean same = channel == Channel.SHIFT || channel == Channel.LEVEL;
            assertThat(weighed(channel)).as("%s", channel).isEqualTo(same ? 10 * LESS : 10);
        }
    }

    @Test
    void aFalseAlarmThatHardlyWasOneWeighsClearlyLessToo() {
        verdicts.hear(Verdict.NOT_ANOMALY, EVENT, EVENT, shift, 0.99);
        assertThat(weighed(Channel.SHIFT)).isLessThan(9);
    }

    @Test
    void whereNoEventTellsWhatItWasAllChannelsAreWeighedALittle() {
        verdicts.hear(Verdict.NOT_ANOMALY, EVENT, EVENT, none, 0.01);
        for (double decades : weighed()) {
            assertThat(decades).isBetween(5.0, 9.0);
        }
    }

    @Test
    void howeverOftenItIsSaidNoSeriesFallsSilentAndNoneCriesWithoutEnd() {
        for (int k = 0; k < 100; k++) {
            verdicts.hear(Verdict.NOT_ANOMALY, EVENT - k, EVENT, shift, 0.01);
        }
        assertThat(weighed(Channel.SHIFT)).as("of ten decades").isGreaterThan(1);
        for (int k = 0; k < 100; k++) {
            verdicts.hear(Verdict.ANOMALY, EVENT - k, EVENT, shift, LESS);
        }
        assertThat(weighed(Channel.SHIFT)).isBetween(10.0, 30.0);
    }

    @Test
    void anExpectationHoldsFromItsStartToItsEndUntilItIsTakenBack() throws IOException {
        verdicts.hear(Verdict.ANOMALY_EXPECTED, 10, 20, none, LESS);
        restart();
        assertThat(verdicts.isExpected(9)).isFalse();
        assertThat(verdicts.isExpected(10)).isTrue();
        assertThat(verdicts.isExpected(20)).isTrue();
        assertThat(verdicts.isExpected(21)).isFalse();
        assertThat(weighed()).containsOnly(10);
        verdicts.hear(Verdict.NO_FEEDBACK, 10, 20, none, LESS);
        restart();
        assertThat(verdicts.isExpected(15)).isFalse();
    }

    @Test
    void theSameSaidTwiceInARowIsNoNewsAfterARestartEither() throws IOException {
        assertThat(verdicts.hear(Verdict.ANOMALY, 10, 20, none, LESS)).isTrue();
        double[] once = weighed();
        restart();
        assertThat(verdicts.hear(Verdict.ANOMALY, 10, 20, none, LESS)).isFalse();
        assertThat(weighed()).isEqualTo(once);
        assertThat(verdicts.hear(Verdict.ANOMALY, 10, 40, none, LESS)).isTrue();
        assertThat(verdicts.hear(Verdict.NOT_ANOMALY, 10, 40, none, LESS)).isTrue();
    }

    private void restart() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        verdicts.write(new DataOutputStream(bytes));
        verdicts = Verdicts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
    }
}
