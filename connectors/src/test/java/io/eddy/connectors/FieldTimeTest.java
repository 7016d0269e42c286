package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FieldTimeTest {
    /** Its parsing costs the square of its length: a message of a megabyte would hold the job back for seconds. */
    @Test
    void aNumberOfHundredsOfDigitsIsNoTime() {
        assertThat(FieldTime.AUTO.read("time", "0".repeat(20) + "1772366400"))
                .isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldTime.AUTO.read("time", "0".repeat(200) + "1772366400"))
                .withMessageStartingWith("time: expected a time in ISO 8601 or a number, found 0000");
    }
}
