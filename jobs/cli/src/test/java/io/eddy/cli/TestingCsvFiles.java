package io.eddy.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Files of CSV in a folder of their own, and what is read of them. */
abstract class TestingCsvFiles {
    static final long MINUTE = 60_000;

    @TempDir
    Path folder;

    final List<CsvSource.Row> rows = new ArrayList<>();
    final List<CsvSource.BadRow> bad = new ArrayList<>();

    void read(String input) {
        read(input, false, null);
    }

    void read(String input, boolean wide, @Nullable String timeColumn) {
        CsvSource.open("--input", folder.resolve(input), wide, timeColumn)
                .read(bad::add)
                .forEachInTimeOrder(rows::add);
    }

    static CsvSource.Row row(String series, long timeMillis, double value) {
        return new CsvSource.Row(series, timeMillis, value);
    }

    void write(String file, String... lines) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        OutputStream plain = Files.newOutputStream(path);
        try (OutputStream out = file.endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }
}
