package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows and files that are none: a bad row is reported and passed over, a file that is no table is refused. */
class BadCsvTest extends TestingCsvFiles {
    private static final String NAMES =
            "; --time-column, --value-column and --series-column name others, and with --wide every numeric column is a series";

    @Test
    void badRowsAreReportedWithFileAndLineAndTheRestIsUsed() throws Exception {
        write(
                "in/bad.csv",
                "timestamp,value",
                "0,1",
                "soon,1",
                "60,Infinity",
                "60,1e999",
                "60,1d",
                "60",
                "60,1,2",
                ",1",
                "2014-02-30,1",
                "60,\"2\"x",
                "120,3");
        read("");
        assertThat(rows).containsExactly(row("in/bad", 0, 1), row("in/bad", 2 * MINUTE, 3));
        assertThat(bad).extracting(CsvSource.BadRow::line).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
        assertThat(bad).allMatch(row -> row.file().endsWith("bad.csv"));
        assertThat(bad.get(0).text()).isEqualTo("soon,1");
        assertThat(bad.get(0).reason()).isEqualTo("timestamp: expected a time in ISO 8601 or a number, found soon");
        assertThat(bad.get(1).reason()).isEqualTo("value: expected a finite number, found Infinity");
        assertThat(bad.get(4).reason()).isEqualTo("expected 2 cells as in the header, found 1");
    }

    @Test
    void aQuoteThatIsNotClosedIsToldWithTheLinesThatItTakes() throws Exception {
        write("a.csv", "timestamp,value", "0,1", "60,\"2", "120,3", "180,4");
        write("b.csv", "timestamp,value", "0,1", "\"60,2", "120,3", "180,4");
        read("");
        assertThat(rows).containsExactly(row("a", 0, 1), row("b", 0, 1));
        assertThat(bad).extracting(CsvSource.BadRow::line).containsExactly(3L, 3L);
        assertThat(bad)
                .allMatch(row -> row.reason().endsWith("; the row goes over 3 lines, as where a quote is not closed"));
    }

    @Test
    void aFileThatBreaksOffIsReportedAndItsRowsAreUsed() throws Exception {
        String[] lines = new String[20_000];
        lines[0] = "timestamp,value";
        for (int i = 1; i < lines.length; i++) {
            lines[i] = i + "," + Math.sin(i);
        }
        write("a.csv.gz", lines);
        byte[] whole = Files.readAllBytes(folder.resolve("a.csv.gz"));
        Files.write(folder.resolve("a.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
        write("b.csv", "timestamp,value", "0,1");
        read("");
        assertThat(rows).hasSizeBetween(5_000, 15_000).contains(row("b", 0, 1));
        assertThat(bad)
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).contains("unreadable"));
    }

    @Test
    void refusesAFileWhereResultsNeedAFolder() throws Exception {
        String file = Files.writeString(folder.resolve("file"), "").toString();
        assertThat(TestingConsole.complained(2, "backtest", "--input", "x", "--output", file))
                .containsExactly("eddy: --output: expected a folder, found the file " + file);
        assertThat(TestingConsole.complained(2, "backtest", "--input", "x", "--output", "y", "--nab-layout", file))
                .containsExactly("eddy: --nab-layout: expected a folder, found the file " + file);
    }

    @Test
    void refusesWhatCannotBeReadInOneLine() throws Exception {
        assertRefused("nowhere", false, "--input: expected a file or folder, found no " + folder.resolve("nowhere"));
        Files.createDirectory(folder.resolve("empty"));
        assertRefused(
                "empty", false, "--input: expected .csv or .csv.gz files, found none in " + folder.resolve("empty"));
        write("a.csv", "date,load", "2020-01-01,high");
        assertRefused(
                "a.csv",
                false,
                folder.resolve("a.csv") + ": expected the columns timestamp and value, found date, load" + NAMES);
        assertRefused(
                "a.csv", true, folder.resolve("a.csv") + ": expected a numeric column, found none among date, load");
        write("b.csv", "a,b,a", "0,1,2");
        assertRefused(
                "b.csv",
                true,
                folder.resolve("b.csv")
                        + ": expected the column timestamp, found a, b, a; --time-column names another");
        write("c.csv");
        assertRefused(
                "c.csv",
                false,
                folder.resolve("c.csv") + ": expected the columns timestamp and value, found an empty file");
        write("d.csv", "time,a,a", "0,1,2");
        assertRefused(
                "d.csv", true, folder.resolve("d.csv") + ": expected different names for the columns, found a twice");
        Files.writeString(folder.resolve("e.csv.gz"), "timestamp,value\n0,1");
        assertRefused(
                "e.csv.gz", false, folder.resolve("e.csv.gz") + ": expected a CSV file, found Not in GZIP format");
    }

    @Test
    void saysWhatIsLikelyWrongWithAFileThatLooksLikeATable() throws Exception {
        String path = folder.resolve("a.csv") + ": expected ";
        write("a.csv", "2024-01-01T00:00:00Z,51.3", "2024-01-01T01:00:00Z,51.2");
        String columns =
                "the columns timestamp and value, found 2024-01-01T00:00:00Z, 51.3; the first line must hold the names of the columns";
        assertRefused("a.csv", false, path + columns);
        write("a.csv", "timestamp,value,Value", "0,1,2");
        assertRefused("a.csv", false, path + "different names for the columns, found value twice");
    }

    @Test
    void refusesFilesOfWhichNoRowCanBeRead() throws Exception {
        write("a.csv", "timestamp,value", "0,up", "60,up");
        assertThatThrownBy(() -> read("a.csv"))
                .hasMessage("--input: expected rows under the header, found none that can be read; the first, "
                        + folder.resolve("a.csv") + " line 2: value: expected a finite number, found up");
        assertThat(bad).hasSize(2);
    }

    @Test
    void namesThatAreNoUtf8AreNotMadeUp() throws Exception {
        String text = "timestamp,value,series\n0,1,K\u00fchlung\n0,2,pump";
        Files.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.ISO_8859_1));
        read("a.csv");
        assertThat(rows).containsExactly(row("pump", 0, 2));
        assertThat(bad)
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).startsWith("series: expected UTF-8, found other text, "));

        Files.write(folder.resolve("b.csv"), "timestamp,K\u00fchlung\n0,1".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> CsvSource.open("--input", folder.resolve("b.csv"), true, null))
                .hasMessageContaining("b.csv: expected UTF-8, found other text in the first line: timestamp, K");
    }

    @Test
    void numbersThatTheJobsWouldNotTakeAreBad() throws Exception {
        write("a.csv", "timestamp,value", "0,1e30", "60,-1e308");
        read("a.csv");
        assertThat(rows).containsExactly(row("a", 0, 1e30));
        String reason = "value: expected a number up to 1.0E30, found -1e308";
        assertThat(bad).extracting(CsvSource.BadRow::reason).containsExactly(reason);
    }

    private void assertRefused(String input, boolean wide, String message) {
        assertThatThrownBy(() -> CsvSource.open("--input", folder.resolve(input), wide, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
