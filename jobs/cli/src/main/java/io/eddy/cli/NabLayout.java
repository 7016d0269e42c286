package io.eddy.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.eddy.Score;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores in the results layout of the Numenta Anomaly Benchmark: {@code category/file.csv} with timestamp, value and a score
 * squeezed into 0 to 1. The category is the folder of the input file; files at the top of the input take the input folder's name.
 */
final class NabLayout implements AutoCloseable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final String topCategory;
    private final Map<String, CsvWriter> files = new TreeMap<>();

    NabLayout(Path folder, Path input) {
        this.folder = folder;
        Path name = input.toAbsolutePath().normalize().getFileName();
        topCategory = name == null || Files.isRegularFile(input) ? "input" : name.toString();
    }

    /**
     * Takes a score.
     *
     * @param name of the file
     * @param alert the evidence where a person is told, 0 where not: the benchmark counts every row that is told
     */
    void score(String name, Score score, double alert) {
        files.computeIfAbsent(name, this::open)
                .writeRecord(
                        TIME.format(score.getEventTime()),
                        Double.isNaN(score.getY()) ? "" : String.valueOf(score.getY()),
                        String.valueOf(squeeze(alert)));
    }

    /** Strictly monotone from [0, infinity) into [0, 1); evidence at the false-alarm rate becomes 0.5. */
    static double squeeze(double score) {
        return score / (1 + score);
    }

    private CsvWriter open(String series) {
        Path file = folder.resolve(series.contains("/") ? series + ".csv" : topCategory + "/" + series + ".csv")
                .normalize();
        if (!file.startsWith(folder.normalize())) {
            throw new IllegalArgumentException(
                    "series: expected a name that stays within " + folder + ", found " + series);
        }
        try {
            Files.createDirectories(file.resolveSibling("."));
            CsvWriter writer =
                    CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file);
            writer.writeRecord("timestamp", "value", "anomaly_score");
            return writer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (CsvWriter writer : files.values()) {
            writer.close();
        }
    }
}
