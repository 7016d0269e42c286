package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final int MERGE_GAP = 3;

    private Incident incident = new Incident();
    private long step;

    private Incident.Change observe(boolean anomalous, boolean told) {
        return incident.observe(++step, anomalous, told, anomalous ? 1.1 : 0.5, 1, Channel.FLAT, MERGE_GAP);
    }

    /** An anomalous point that is told only where it opens an event. */
    private Incident.Change anomaly(double score, int direction, Channel channel) {
        return incident.observe(++step, true, !incident.isOpen(), score, direction, channel, MERGE_GAP);
    }

    @Test
    void anEpisodeThatWasWorthTellingBeforeItReachedTheThresholdOpensWhenItDoes() {
        assertThat(observe(false, true)).isEqualTo(Incident.Change.NONE);
        assertThat(observe(true, false)).isEqualTo(Incident.Change.OPEN);
    }

    @Test
    void anAnomalousPointThatBelongsToWhatWasToldOpensNoSecondEvent() {
        assertThat(observe(true, true)).isEqualTo(Incident.Change.OPEN);
        for (int k = 1; k < MERGE_GAP; k++) {
            assertThat(observe(false, false)).isEqualTo(Incident.Change.NONE);
        }
        assertThat(observe(false, false)).isEqualTo(Incident.Change.CLOSE);
        assertThat(observe(true, false)).isEqualTo(Incident.Change.NONE);
    }

    @Test
    void anAnomalousPointStartsTheWaitForTheCloseAnew() {
        observe(true, true);
        for (int round = 0; round < 4; round++) {
            for (int k = 1; k < MERGE_GAP; k++) {
                assertThat(observe(false, false)).isEqualTo(Incident.Change.NONE);
            }
            assertThat(observe(true, false)).isEqualTo(Incident.Change.NONE);
        }
        assertThat(incident.points()).isEqualTo(5);
        assertThat(incident.startMillis()).isEqualTo(1);
        assertThat(incident.lastMillis()).isEqualTo(step);
    }

    @Test
    void itIsToldAgainOnlyWhereItHasBecomeClearlyWorseThanWhatWasTold() {
        assertThat(anomaly(2, 1, Channel.SPIKE)).isEqualTo(Incident.Change.OPEN);
        assertThat(anomaly(2.1, 1, Channel.SPIKE)).as("hardly worse").isEqualTo(Incident.Change.NONE);
        assertThat(anomaly(4, 1, Channel.SPIKE)).as("twice as odd").isEqualTo(Incident.Change.UPDATE);
        assertThat(anomaly(4.2, 1, Channel.SPIKE)).as("beside the update").isEqualTo(Incident.Change.NONE);
        assertThat(anomaly(1.5, 1, Channel.SPIKE)).as("less").isEqualTo(Incident.Change.NONE);
        assertThat(anomaly(8, 1, Channel.SPIKE)).as("twice again").isEqualTo(Incident.Change.UPDATE);
    }

    @Test
    void aNewEventKnowsNothingOfTheOneBefore() {
        anomaly(9, -1, Channel.LEVEL);
        while (observe(false, false) != Incident.Change.CLOSE) {
            assertThat(incident.isOpen()).isTrue();
        }
        assertThat(anomaly(2, 1, Channel.SPIKE)).isEqualTo(Incident.Change.OPEN);
        assertThat(incident.startMillis()).isEqualTo(step);
        assertThat(incident.points()).isOne();
        assertThat(incident.peakScore()).isEqualTo(2);
        assertThat(incident.direction()).isOne();
        assertThat(incident.channel()).isEqualTo(Channel.SPIKE);
        assertThat(anomaly(4, 1, Channel.SPIKE)).as("worse than this one").isEqualTo(Incident.Change.UPDATE);
    }

    @Test
    void isDescribedByItsPeakBeforeAndAfterARestart() throws IOException {
        anomaly(2, -1, Channel.LEVEL);
        anomaly(5, 1, Channel.RANGE);
        anomaly(3, -1, Channel.SPIKE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        incident.write(new DataOutputStream(bytes));
        Incident read = new Incident();
        read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), Memory.FORMAT);
        for (Incident each : new Incident[] {incident, read}) {
            assertThat(each.isOpen()).isTrue();
            assertThat(each.startMillis()).isOne();
            assertThat(each.lastMillis()).isEqualTo(3);
            assertThat(each.points()).isEqualTo(3);
            assertThat(each.peakMillis()).isEqualTo(2);
            assertThat(each.peakScore()).isEqualTo(5);
            assertThat(each.direction()).isOne();
            assertThat(each.channel()).isEqualTo(Channel.RANGE);
        }
        incident = read;
        assertThat(anomaly(5.5, 1, Channel.RANGE)).as("told as 5").isEqualTo(Incident.Change.NONE);
        assertThat(anomaly(10, 1, Channel.RANGE)).as("twice as odd").isEqualTo(Incident.Change.UPDATE);
    }

    @Test
    void aSpanIsItsOwnWhereItSharesAPointWithIt() {
        assertThat(incident.overlaps(Long.MIN_VALUE, Long.MAX_VALUE))
                .as("none yet")
                .isFalse();
        step = 9;
        anomaly(2, 1, Channel.SPIKE);
        anomaly(2, 1, Channel.SPIKE);
        assertThat(incident.overlaps(0, 9)).isFalse();
        assertThat(incident.overlaps(0, 10)).isTrue();
        assertThat(incident.overlaps(11, 20)).isTrue();
        assertThat(incident.overlaps(12, 20)).isFalse();
    }
}
