package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final int MERGE_GAP = 3;

    private final Incident incident = new Incident();
    private long step;

    private Incident.Change observe(boolean anomalous, boolean told) {
        return incident.observe(++step, anomalous, told, anomalous ? 1.1 : 0.5, 1, Channel.FLAT, MERGE_GAP);
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
}
