package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a series remembers of alarms under one rule, and what another makes of it. */
class HeldBackTest {
    private static final AlarmRule THREE_OF_FIVE = new AlarmRule(false, 0, 0, 0, 3, 5, 0);

    private final HeldBack heldBack = new HeldBack();
    private final Answer answer = new Answer(1);

    private Hold anomaly(AlarmRule rule) {
        answer.y = 10;
        answer.yhat = 0;
        answer.isAnomaly = true;
        answer.anomalyScore = 2;
        heldBack.apply(rule, false, 2, answer);
        return answer.hold;
    }

    private int bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        HeldBack.write(heldBack, new DataOutputStream(out));
        return out.size();
    }

    @Test
    void aRuleThatCountsBeginsToCountWhenItHolds() {
        for (int t = 0; t < 5; t++) {
            assertThat(anomaly(AlarmRule.NONE)).isEqualTo(Hold.NONE);
        }
        assertThat(anomaly(THREE_OF_FIVE)).isEqualTo(Hold.K_OF_N);
        assertThat(anomaly(THREE_OF_FIVE)).isEqualTo(Hold.K_OF_N);
        assertThat(anomaly(THREE_OF_FIVE)).isEqualTo(Hold.NONE);
    }

    @Test
    void aRuleThatDoesNotCountIsOneByteOfMemory() throws IOException {
        anomaly(AlarmRule.NONE);
        assertThat(bytes()).isOne();
        anomaly(THREE_OF_FIVE);
        assertThat(bytes()).isEqualTo(1 + Long.BYTES);
        anomaly(AlarmRule.NONE);
        assertThat(bytes()).isOne();
    }
}
