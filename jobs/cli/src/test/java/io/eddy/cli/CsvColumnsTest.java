package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which column is which, and what stands between the cells. */
class CsvColumnsTest {
    private static final long MINUTE = 60_000;
    private static final CsvColumns USUAL = new CsvColumns(false, null, null, List.of("value"));

    @TempDir
    Path folder;

    private final List<CsvSource.Row> rows = new ArrayList<>();
    private final List<CsvSource.BadRow> bad = new ArrayList<>();

    @Test
    void columnsAreFoundInAnyCaseAndTheTimeByItsUsualNames() throws Exception {
        write("a.csv", " Timestamp , VALUE ,label", "0, 1 ,1");
        write("b.csv", "DateTime,value", "0,2");
        write("c.csv", "date,value", "0,3");
        write("d.csv", "time,value,timestamp", "60,4,0");
        read(USUAL);
        assertThat(rows).containsExactly(row("a", 0, 1), row("b", 0, 2), row("c", 0, 3), row("d", 0, 4));
    }

    @Test
    void theTimeColumnMayBeNamed() throws Exception {
        write("a.csv", "timestamp,When,value", "0,60,1");
        read(new CsvColumns(false, "when", null, List.of("value")));
        assertThat(rows).containsExactly(row("a", MINUTE, 1));
    }

    @Test
    void theColumnsOfValuesAndSeriesMayBeNamed() throws Exception {
        write("a.csv", "unique_id,ds,y,value", "H1,0,1.5,9", "H2,0,2,9");
        CsvColumns columns = new CsvColumns(false, "ds", "Unique_ID", List.of("y"));
        read(columns);
        assertThat(rows).containsExactly(row("H1", 0, 1.5), row("H2", 0, 2));
        assertThatThrownBy(() -> CsvSource.open("--input", folder, new CsvColumns(false, "ds", "name", List.of("y"))))
                .hasMessageContaining(
                        ": expected the columns ds, name and y, found unique_id, ds, y, value; --time-column,");
    }

    /** As a spreadsheet writes them where the comma stands before the decimals. */
    @Test
    void semicolonsAndTabsMaySeparateTheCellsAndThenCommasTheDecimals() throws Exception {
        write("a.csv", "timestamp;value;note", "0;1,5;a, b", "60;-2,5e3;", "120;7.25;", "180;1.234,5;");
        write("b.csv", "timestamp\tvalue", "0\t0,5");
        write("c.csv", "timestamp,value", "0,\"1,5\"");
        read(USUAL);
        assertThat(rows)
                .containsExactly(
                        row("a", 0, 1.5), row("b", 0, 0.5), row("a", MINUTE, -2500), row("a", 2 * MINUTE, 7.25));
        assertThat(bad)
                .extracting(CsvSource.BadRow::text, CsvSource.BadRow::reason)
                .containsExactly(
                        tuple("180;1.234,5;", "value: expected a finite number, found 1.234,5"),
                        tuple("0,1,5", "value: expected a finite number, found 1,5"));

        rows.clear();
        write("w/w.csv", "date;load;place", "2024-01-01 00:00:00;1,5;here");
        CsvSource.open("--input", folder.resolve("w"), true, null)
                .read(bad::add)
                .forEachInTimeOrder(rows::add);
        assertThat(rows).containsExactly(row("w/load", 1_704_067_200_000L, 1.5));
    }

    private void read(CsvColumns columns) {
        CsvSource.open("--input", folder, columns).read(bad::add).forEachInTimeOrder(rows::add);
    }

    private static CsvSource.Row row(String series, long timeMillis, double value) {
        return new CsvSource.Row(series, timeMillis, value);
    }

    private void write(String file, String... lines) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), String.join("\n", lines));
    }
}
