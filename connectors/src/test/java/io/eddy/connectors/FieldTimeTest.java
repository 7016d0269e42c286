package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTimeTest {
    @ParameterizedTest
    @CsvSource({
        "20240131, 2024-01-31T00:00:00Z",
        "20240131.0, 2024-01-31T00:00:00Z",
        "2024-01-31, 2024-01-31T00:00:00Z",
        "20240131093015, 2024-01-31T09:30:15Z",
        "20240131093015.0, 2024-01-31T09:30:15Z",
        "20240131246060, 2611-05-21T18:40:46.060Z",
        "202401310960, 1976-05-31T14:35:10.960Z",
        "1772366400000, 2026-03-01T12:00:00Z",
        "20240132, 1970-08-23T06:15:32Z",
        "31536000, 1971-01-01T00:00:00Z",
        "1899, 1970-01-01T00:31:39Z",
        "2101, 1970-01-01T00:35:01Z",
        "2024.5, 1970-01-01T00:33:44.500Z",
        "0, 1970-01-01T00:00:00Z",
    })
    void digitsThatAreADayOrASecondOfOneAreThat(String text, Instant time) {
        assertThat(FieldTime.AUTO.read("time", text)).isEqualTo(time);
    }

    @Test
    void aYearAloneIsRefusedUnlessTheUnitIsSaid() {
        for (Object year : new Object[] {1900, "2024", 2024.0, 2100L}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> FieldTime.AUTO.read("time", year))
                    .withMessage(
                            "time: expected a time in ISO 8601 or a number, found " + year
                                    + "; of a year, write the first day, %s-01-01",
                            String.valueOf(year).substring(0, 4));
        }
        assertThat(FieldTime.S.read("time", 2024)).isEqualTo(Instant.ofEpochSecond(2024));
        assertThat(FieldTime.S.read("time", 20240131)).isEqualTo(Instant.ofEpochSecond(20240131));
    }

    @Test
    void aMinuteInDigitsIsRefusedUnlessTheUnitIsSaid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldTime.AUTO.read("time", "202401310930"))
                .withMessage("time: expected a time in ISO 8601 or a number, found 202401310930; of a minute, write"
                        + " 2024-01-31T09:30");
        assertThat(FieldTime.MS.read("time", 202401310930L)).isEqualTo(Instant.ofEpochMilli(202401310930L));
        assertThat(FieldTime.AUTO.millis("202401310930", true))
                .as("in a column that counts")
                .isEqualTo(202401310930L);
    }

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
