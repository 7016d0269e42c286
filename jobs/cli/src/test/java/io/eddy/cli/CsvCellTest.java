package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvCellTest {
    @ParameterizedTest
    @CsvSource({
        "2014-07-01T00:30:00Z, 1404174600000",
        "2014-07-01t00:30:00z, 1404174600000",
        "2014-07-01T00:30:00, 1404174600000",
        "2014-07-01T00:30, 1404174600000",
        "2014-07-01 00:30:00, 1404174600000",
        "2014-07-01 00:30, 1404174600000",
        "2014-07-01, 1404172800000",
        "2014-07-01T00:30:00.25, 1404174600250",
        "2014-07-01 00:30:00.123456789, 1404174600123",
        "2014-07-01T02:30:00+02:00, 1404174600000",
        "2014-07-01T02:30:00+0200, 1404174600000",
        "2014-07-01 02:30:00.250+02, 1404174600250",
        "2014-06-30T19:00:00-05:30, 1404174600000",
        "1404174600, 1404174600000",
        "1404174600.25, 1404174600250",
        "1404174600250, 1404174600250",
        "1404174600250000, 1404174600250",
        "1404174600250999999, 1404174600250",
        "1.4041746e9, 1404174600000",
        "20140701, 1404172800000",
        "0, 0",
        "-60, -60000",
        "1969-12-31T23:59:59.5Z, -500",
    })
    void readsTimes(String text, long millis) {
        assertThat(CsvCell.time(text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "NaN",
                "yesterday",
                "2014-02-30",
                "2014-07-0100:30",
                "2014-07-01T",
                "2014-07-01T25:00",
                "2014-07-01T00:30 2014-07-01",
                "01/07/2014",
                "1e400"
            })
    void refusesOtherTimes(String text) {
        assertThatThrownBy(() -> CsvCell.time(text))
                .isInstanceOf(DateTimeException.class)
                .hasMessageStartingWith("expected ")
                .hasMessageEndingWith(", found " + (text.isEmpty() ? "nothing" : text));
    }

    @Test
    void refusesAYearAlone() {
        assertThatThrownBy(() -> CsvCell.time("2014"))
                .isInstanceOf(DateTimeException.class)
                .hasMessageEndingWith(", found 2014; of a year, write the first day, 2014-01-01");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "-1.5e-3, -0.0015", "+2, 2", ".5, 0.5", "1e3, 1000", "NULL, NaN", "'', NaN", "nan, NaN"})
    void readsValues(String text, double value) {
        assertThat((Object) CsvCell.value(text, false)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-Infinity", "1e999", "1f", "0x1p3", "1,5", "1-2", "--1", "e", "."})
    void refusesOtherValues(String text) {
        assertThatThrownBy(() -> CsvCell.value(text, false)).hasMessage("expected a finite number, found " + text);
    }
}
