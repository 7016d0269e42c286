package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backtest of readings with several fields: two targets and a covariate, from the weights that ship. */
class FieldsBacktestTest {
    private static final int ROWS = 300;
    private static final int SPIKE = 250;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void eachTargetIsForecastByItself() throws IOException {
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                "model:\n  fields: [cpu, heat, memory]\n  covariates: heat\n  season: 24\n");
        Path labels = Files.writeString(
                folder.resolve("labels.csv"), "series,from,to\na|memory," + time(SPIKE) + "," + time(SPIKE) + "\n");
        Path out = folder.resolve("out");
        assertThat(run(config, "--labels", labels.toString(), "--output", out.toString()))
                .isZero();

        assertThat(rows(out, "scores.csv"))
                .hasSize(2 * ROWS)
                .filteredOn(row -> row.getField("target").equals("memory"))
                .hasSize(ROWS)
                .allMatch(row -> row.getField("series").equals("a"));
        assertThat(rows(out, "scores.csv"))
                .filteredOn(row -> row.getField("status").equals("IMPUTED"))
                .singleElement()
                .returns("cpu", row -> row.getField("target"))
                .returns(time(100), row -> row.getField("event_time"));
        assertThat(rows(out, "rejects.csv"))
                .singleElement()
                .returns("cpu: expected a finite number, found much", row -> row.getField("reason"));
        assertThat(rows(out, "events.csv"))
                .filteredOn(row -> row.getField("start").equals(time(SPIKE)))
                .isNotEmpty()
                .allMatch(row -> row.getField("target").equals("memory"));
        JsonNode summary =
                new ObjectMapper().readTree(out.resolve("summary.json").toFile());
        assertThat(summary.get("series").fieldNames()).toIterable().containsExactly("a", "a|memory");
        assertThat(summary.get("readings").asInt()).isEqualTo(ROWS);
        assertThat(summary.get("labels").get("recall").asDouble()).isEqualTo(1);
        assertThat(out.resolve("report.html")).content().contains("\"series\":\"a|memory\"");
    }

    @Test
    void aFieldWithoutAColumnIsNamed() throws IOException {
        Path config = Files.writeString(folder.resolve("config.yaml"), "model.fields: cpu, disk\n");
        assertThat(run(config, "--output", folder.resolve("out").toString())).isEqualTo(2);
    }

    private int run(Path config, String... more) throws IOException {
        Random random = new Random(4);
        StringBuilder text = new StringBuilder("series,timestamp,cpu,heat,memory\n");
        for (int t = 0; t < ROWS; t++) {
            double day = Math.sin(2 * Math.PI * t / 24);
            double memory = t == SPIKE ? 900 : 50 + 5 * day + random.nextGaussian();
            text.append("a,").append(time(t)).append(',');
            text.append(t == 100 ? "much" : String.valueOf(20 + 9 * day + random.nextGaussian()));
            text.append(',')
                    .append(t % 7 == 0 ? "" : String.valueOf(day))
                    .append(',')
                    .append(memory)
                    .append('\n');
        }
        Path input = Files.writeString(folder.resolve("input.csv"), text);
        String[] first = {"backtest", "--no-train", "--input", input.toString(), "--config", config.toString()};
        return Main.run(Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new));
    }

    private static String time(int hour) {
        return Instant.ofEpochSecond(1_700_000_000L / 3600 * 3600 + 3600L * hour)
                .toString();
    }

    private static List<NamedCsvRecord> rows(Path folder, String file) throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
            return rows.stream().toList();
        }
    }
}
