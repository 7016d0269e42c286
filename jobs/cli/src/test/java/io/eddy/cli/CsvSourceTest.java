package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Rows of files as people have them. */
class CsvSourceTest extends TestingCsvFiles {
    @Test
    void aFileIsASeries() throws Exception {
        write("cpu.csv", "timestamp,value", "0,1.5", "60,2", "120,-3e2");
        read("cpu.csv");
        assertThat(rows).containsExactly(row("cpu", 0, 1.5), row("cpu", MINUTE, 2), row("cpu", 2 * MINUTE, -300));
        assertThat(bad).isEmpty();
    }

    @Test
    void aFolderIsReadRecursivelyAndTheRelativePathIsTheSeries() throws Exception {
        write("b.csv", "timestamp,value", "0,1");
        write("eu/west/a.CSV", "timestamp,value", "0,2");
        write("eu/c.csv.gz", "timestamp,value", "0,3");
        write("eu/readme.txt", "not,a,table");
        write(".cache/d.csv", "hidden");
        write("eu/._c.csv", "hidden");
        read("");
        assertThat(rows).containsExactly(row("b", 0, 1), row("eu/c", 0, 3), row("eu/west/a", 0, 2));
    }

    @Test
    void aSeriesColumnNamesTheSeries() throws Exception {
        write("1.csv", "series,timestamp,value", "b,0,1", "a,0,2", ",0,3");
        write("2.csv", "timestamp,value,series", "0,4,a");
        CsvRows found = CsvSource.open("--input", folder, false, null).read(bad::add);
        found.forEachInTimeOrder(rows::add);
        assertThat(rows).containsExactly(row("a", 0, 2), row("a", 0, 4), row("b", 0, 1));
        assertThat(found.series()).containsExactly("a", "b");
        assertThat(found.size()).isEqualTo(3);
        assertThat(bad).extracting(CsvSource.BadRow::reason).containsExactly("series: expected a name, found nothing");
    }

    @Test
    void everyNumericColumnOfAWideFileIsASeries() throws Exception {
        write(
                "w/etth.csv",
                ",date,HUFL,place,OT,none",
                "0,2016-07-01 00:00:00,5,here,30.5,",
                "1,2016-07-01 01:00:00,,there,n/a,",
                "2,2016-07-01 02:00:00,7,1,NaN,");
        read("", true, "date");
        long start = 1_467_331_200_000L;
        assertThat(rows)
                .containsExactly(
                        row("w/etth/HUFL", start, 5),
                        row("w/etth/OT", start, 30.5),
                        row("w/etth/HUFL", start + 60 * MINUTE, Double.NaN),
                        row("w/etth/HUFL", start + 120 * MINUTE, 7),
                        row("w/etth/OT", start + 120 * MINUTE, Double.NaN));
        assertThat(bad)
                .containsExactly(new CsvSource.BadRow(
                        folder.resolve("w/etth.csv").toString(),
                        3,
                        "1,2016-07-01 01:00:00,,there,n/a,",
                        "OT: expected a finite number, found n/a"));
    }

    @Test
    void timesThatBeginBelowTheYearsCountAndYearsAloneAreRefused() throws Exception {
        write("count.csv", "timestamp,value", "1,1", "1950,2", "20240131,3", "1700000000000,4");
        write("day.csv", "timestamp,value", "20240131,1", "20240201,2", "2024,3");
        read("");
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        row("count", 1000, 1),
                        row("count", 1_950_000, 2),
                        row("count", 20_240_131_000L, 3),
                        row("count", 1_700_000_000_000L, 4),
                        row("day", 1_706_659_200_000L, 1),
                        row("day", 1_706_745_600_000L, 2));
        assertThat(bad)
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).endsWith("write the first day, 2024-01-01"));
    }

    @Test
    void emptyNanAndNullAreMissing() throws Exception {
        write("a.csv", "timestamp,value", "0,", "1,NaN", "2,nan", "3,null", "4,NULL", "5,\"\"", "6, ");
        read("a.csv");
        assertThat(rows).hasSize(7).allMatch(row -> Double.isNaN(row.value()));
        assertThat(bad).isEmpty();
    }

    @Test
    void byteOrderMarkCrLfQuotesAndEmptyLinesAreRead() throws Exception {
        Files.writeString(
                folder.resolve("a.csv"),
                "\uFEFF\"timestamp\",\"value\",\"label\"\r\n\r\n\"0\",\"1\",\"a, \"\"b\"\"\nc\"\r\n60,2,\r\n60,x,",
                StandardCharsets.UTF_8);
        read("a.csv");
        assertThat(rows).containsExactly(row("a", 0, 1), row("a", MINUTE, 2));
        assertThat(bad).extracting(CsvSource.BadRow::line).containsExactly(6L);
    }

    @Test
    void rowsComeInTheOrderOfTimeThenSeriesThenFileAndDuplicatesStay() throws Exception {
        write("1.csv", "timestamp,value,series", "120,1,b", "0,2,b", "120,3,b", "60,4,a");
        write("2.csv", "timestamp,value,series", "0,5,b", "120,6,a", "0,7,a");
        read("");
        assertThat(rows)
                .containsExactly(
                        row("a", 0, 7),
                        row("b", 0, 2),
                        row("b", 0, 5),
                        row("a", MINUTE, 4),
                        row("a", 2 * MINUTE, 6),
                        row("b", 2 * MINUTE, 1),
                        row("b", 2 * MINUTE, 3));
    }
}
