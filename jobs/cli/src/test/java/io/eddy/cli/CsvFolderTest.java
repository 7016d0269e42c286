package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files without rows: alone they are mistakes, among others they are passed over and told. */
class CsvFolderTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFileWithoutRowsDoesNotKeepTheOthersFromBeingRead() throws IOException {
        Path empty = Files.writeString(folder.resolve("a.csv"), "");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvSource.open("--input", folder, false, null))
                .withMessage("--input: expected .csv or .csv.gz files, found only empty ones in " + folder);
        Path header = Files.writeString(folder.resolve("b.csv"), "timestamp,value\n");
        Files.writeString(folder.resolve("c.csv"), "timestamp,value\n0,1\n");

        List<CsvSource.BadRow> bad = new ArrayList<>();
        CsvRows rows = CsvSource.open("--input", folder, false, null).read(bad::add);
        assertThat(rows.series()).containsExactly("c");
        assertThat(bad)
                .extracting(CsvSource.BadRow::place)
                .containsExactly(
                        empty + " line 1: expected rows under a header, found none",
                        header + " line 1: expected rows under a header, found none");
    }

    /** What helps stands behind them. */
    @Test
    void ofManyColumnsOnlyTheFirstAreShown() throws IOException {
        Path wide = Files.writeString(folder.resolve("a.csv"), "column,".repeat(1000) + "end\n0,1\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvSource.open("--input", wide, false, null))
                .withMessageStartingWith(wide + ": expected the columns timestamp and value, found column, column, ")
                .withMessageEndingWith(
                        "…; --time-column, --value-column and --series-column name others, and with --wide"
                                + " every numeric column is a series");
    }

    @Test
    void ofNoRowsAtAllTheFirstFileIsNamed() throws IOException {
        Path header = Files.writeString(folder.resolve("a.csv"), "timestamp,value\n");
        for (Path input : List.of(header, folder)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(
                            () -> CsvSource.open("--input", input, false, null).read(row -> {}))
                    .withMessage("--input: expected rows under the header, found none in " + header);
        }
    }
}
