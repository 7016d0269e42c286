package io.eddy.cli.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a suite says, and the data of its sets. */
class SuiteDataTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatIsWrongWithASuite() {
        assertThatThrownBy(() -> SuiteSet.of(Map.of("name", "a", "path", "x.csv", "saeson", 24)))
                .hasMessage(
                        "set a: saeson: expected a key of a set, as configs/suites/public.yaml lists them, found an unknown one");
        assertThatThrownBy(() -> SuiteSet.of(Map.of("name", "a", "path", "x.csv", "horizon", 0)))
                .hasMessage("set a: horizon: expected a whole number from 1 to 336, found 0");
        assertThatThrownBy(() -> SuiteSet.of(Map.of("name", "a", "path", "x.csv", "targets", Map.of("mase", "low"))))
                .hasMessage("set a: targets: expected a number for mase, found low");
        assertThatThrownBy(() -> SuiteSet.of(Map.of("path", "x.csv")))
                .hasMessage("name: expected a name for each set, found none");
        assertThat(Main.run("evaluate", "--suite", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
    }

    @Test
    void saysWhichValuesOfASetDoNotCount() throws IOException {
        Path halfHours = folder.resolve("half-hours.csv");
        StringBuilder csv = new StringBuilder("timestamp,value\n1577836800,up\n");
        for (int t = 0; t < 400; t++) {
            csv.append(1_577_836_800L + 1800L * t).append(',').append(t % 24).append('\n');
        }
        Files.writeString(halfHours, csv);
        SuiteSet set = SuiteSet.of(Map.of("name", "a", "path", halfHours, "step", "1h", "split", 100));
        List<String> told = new ArrayList<>();
        assertThat(SuiteData.read(set, told::add))
                .singleElement()
                .satisfies(one -> assertThat(one.values()).hasSize(200));
        assertThat(told)
                .containsExactly(
                        "set a: 1 row could not be read; the first is " + halfHours
                                + " line 2: value: expected a finite number, found up",
                        "set a: of several values in a step of 3600.0 s the last counts, 200 others do not");
        told.clear();
        SuiteData.read(
                SuiteSet.of(
                        Map.of("name", "a", "path", TestingDaily.write(folder, 1, 200), "step", "1h", "split", 100)),
                told::add);
        assertThat(told).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithTheDataOfASet() throws IOException {
        SuiteSet gone = SuiteSet.of(Map.of("name", "a", "path", "gone.csv"));
        assertThatThrownBy(gone::expectData).hasMessage("path: expected a file or folder, found no gone.csv");
        assertThatThrownBy(() -> SuiteSet.of(Map.of("name", "a", "path", "x.csv", "step", "0ms")))
                .hasMessage("set a: step: expected a duration from 1ms, found 0ms");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThatThrownBy(() -> read(Map.of("name", "a", "path", empty)))
                .hasMessage("path: expected .csv or .csv.gz files, found none in " + empty);
        Path data = TestingDaily.write(folder, 1, 200);
        assertThatThrownBy(() -> read(Map.of("name", "a", "path", data, "layout", "plain", "column", 1)))
                .hasMessage(data + " line 1: expected a number, found value");
        assertThatThrownBy(
                        () -> read(Map.of("name", "a", "path", data, "layout", "plain", "column", 2, "skip_lines", 1)))
                .hasMessage("column: expected one with numbers, found none in 2 of " + data);
    }

    private static List<SuiteSeries> read(Map<?, ?> set) {
        return SuiteData.read(SuiteSet.of(set), trouble -> {});
    }
}
