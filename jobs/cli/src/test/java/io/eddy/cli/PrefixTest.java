package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No look-ahead: what is said of the first k steps is the same to the last bit whatever comes later, or when nothing does. */
@Timeout(300)
class PrefixTest {
    private static final int STEPS = 700;
    private static final int SERIES = 2;
    /** Where a third series begins to have a daily season; it is found later still. */
    private static final int SEASON_FROM = 260;

    private static final List<String> FILES = List.of("scores.csv", "forecasts.csv", "events.csv");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** The cell of a series at a step, {@link #NO_ROW} where there is none. */
    private interface Signal {
        String at(int series, int step);
    }

    private static final String NO_ROW = "no row";

    private static String usual(int series, int step) {
        double noise = new Random(31L * series + step * 1009L).nextGaussian();
        double day = 20 * Math.sin(2 * Math.PI * step / 24);
        double spike = step % 170 == 120 ? 90 : 0;
        boolean seasonal = series < SERIES || step >= SEASON_FROM;
        return step % 97 == 50 ? "" : String.valueOf(50 + (seasonal ? day : 0) + noise * (series + 1) + spike);
    }

    private static Signal from(int k, Signal later) {
        return (series, step) -> step < k ? usual(series, step) : later.at(series, step);
    }

    private static Signal shifted(int k) {
        return from(k, (series, step) -> usual(series, step).isEmpty() ? "" : "1e6");
    }

    private static Signal missing(int k) {
        return from(k, (series, step) -> step % 3 == 0 ? "" : step % 3 == 1 ? NO_ROW : usual(series, step));
    }

    private static Signal ended(int k) {
        return from(k, (series, step) -> NO_ROW);
    }

    /** Runs a backtest; the result is what {@link #FILES} hold, without the head lines. */
    private List<String> outputs(String name, Signal signal, String... more) throws IOException {
        StringBuilder text = new StringBuilder("timestamp,series,value\n");
        for (int step = 0; step < STEPS; step++) {
            for (int series = 0; series <= SERIES; series++) {
                String value = signal.at(series, step);
                if (!value.equals(NO_ROW)) {
                    text.append(Instant.ofEpochSecond(1_700_000_000L / 3600 * 3600 + 3600L * step))
                            .append(",s" + series + ',' + value + '\n');
                }
            }
        }
        Path input = Files.writeString(folder.resolve(name + ".csv"), text);
        Path output = folder.resolve(name);
        String[] usual = {"backtest", "--input", input.toString(), "--output", output.toString()};
        assertThat(Main.run(
                        Stream.concat(Arrays.stream(usual), Arrays.stream(more)).toArray(String[]::new)))
                .isZero();
        return FILES.stream().map(file -> read(output.resolve(file))).toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertPrefix(List<String> whole, List<String> prefix) {
        for (int i = 0; i < FILES.size(); i++) {
            assertThat(whole.get(i).startsWith(prefix.get(i))).as(FILES.get(i)).isTrue();
        }
    }

    @Test
    void laterRowsChangeNothingOfWhatWasSaidBefore() throws IOException {
        String[] options = {"--no-train"};
        List<String> whole = outputs("whole", PrefixTest::usual, options);
        for (int k : new int[] {60, 291, 480}) {
            List<String> prefix = outputs("ended-" + k, ended(k), options);
            assertThat(prefix.get(0).lines().count()).isEqualTo(1 + (SERIES + 1) * k);
            assertPrefix(whole, prefix);
            assertPrefix(outputs("shifted-" + k, shifted(k), options), prefix);
            assertPrefix(outputs("missing-" + k, missing(k), options), prefix);
        }
        assertThat(whole.get(2)).as("events").contains("open", "close");
    }

    @Test
    void norDoTheyWhereWeightsAreTrainedOnTheWayAndStepsAreWindows() throws IOException {
        Path config = Files.writeString(
                folder.resolve("short.yaml"), "model.hidden: 16\ntrain.round_windows: 20\ntrain.batches: 20\n");
        String[] options = {"--config", config.toString(), "--step", "1h"};
        List<String> prefix = outputs("ended", ended(480), options);
        assertThat(prefix.get(0)).as("version of the weights").containsPattern(",[1-9][0-9]*\n$");
        assertPrefix(outputs("whole", PrefixTest::usual, options), prefix);
        assertPrefix(outputs("shifted", shifted(480), options), prefix);
    }
}
