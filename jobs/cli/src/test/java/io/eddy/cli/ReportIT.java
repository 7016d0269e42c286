package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.cli.page.TestingBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report of a backtest, opened from the disk in a real browser without a network. */
@Timeout(300)
class ReportIT {
    private static final String HOSTILE =
            "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
    private static final String ACTUAL = "#0072b2";
    private static final String ANOMALY = "#d55e00";
    private static final long FIVE_MB = 5_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final int SHIFT_AT = 560;

    /** Daily curves with noise, which all stand higher for half a day. */
    private Path input(int series, int steps) throws IOException {
        Path file = folder.resolve("fleet.csv");
        StringBuilder text = new StringBuilder("timestamp,series,value\n");
        Random random = new Random(1);
        for (int s = 0; s < series; s++) {
            for (int step = 0; step < steps; step++) {
                double shift = step >= SHIFT_AT && step < SHIFT_AT + 12 ? 60 + 10 * s : 0;
                double value = shift + 50 + 20 * Math.sin(2 * Math.PI * step / 24) + (s + 1) * random.nextGaussian();
                text.append(time(step)).append(',').append(name(s)).append(',').append(value);
                text.append('\n');
            }
        }
        return Files.writeString(file, text);
    }

    /** The half day, of every series. */
    private Path labels(int series) throws IOException {
        StringBuilder text = new StringBuilder("series,from,to\n");
        for (int s = 0; s < series; s++) {
            text.append(name(s)).append(',').append(time(SHIFT_AT)).append(',').append(time(SHIFT_AT + 11));
            text.append('\n');
        }
        return Files.writeString(folder.resolve("labels.csv"), text);
    }

    private static String name(int series) {
        return '"' + (series == 0 ? HOSTILE : "series-" + series) + '"';
    }

    private static Instant time(int step) {
        return Instant.ofEpochSecond(1_700_000_000L / 3600 * 3600 + 3600L * step);
    }

    private Path backtest(Path input, String output, String... more) {
        Path out = folder.resolve(output);
        String[] first = {"backtest", "--input", input.toString(), "--output", out.toString()};
        assertThat(Main.run(
                        Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(String[]::new)))
                .isZero();
        return out.resolve("report.html");
    }

    /** Short rounds of a small network: points are judged once there are weights. */
    private Path shortRounds() throws IOException {
        return Files.writeString(
                folder.resolve("short.yaml"),
                "model.hidden: 16\ntrain.round_windows: 20\ntrain.batches: 20\nreadings.step: 1h\n");
    }

    @Test
    void opensFromDiskWithoutANetworkAndItsChartsAreDrawn() throws Exception {
        Path report = backtest(
                input(6, 600),
                "out",
                "--config",
                shortRounds().toString(),
                "--labels",
                labels(6).toString());
        // Everything but the disk goes to a proxy that is not there.
        try (TestingBrowser browser = new TestingBrowser("--proxy-server=127.0.0.1:9")) {
            browser.open(report.toUri().toString());
            browser.await(
                    "the headline", () -> browser.text(".lead").startsWith("Eddy forecast 6 series of fleet.csv"));
            assertThat(browser.text(".lead")).contains("MASE is", "seasonal naive forecast's", "95 % intervals held");
            for (String chart : new String[] {"#errors", "#coverage", "#reliability"}) {
                assertThat(browser.pixels(chart + " canvas", ACTUAL)).as(chart).isGreaterThan(50);
            }
            assertThat(browser.all(".chart.series")).hasSize(3);
            assertThat(browser.pixels(".chart.series canvas", ACTUAL)).isGreaterThan(200);
            assertThat(browser.pixels(".chart.series canvas", ANOMALY)).isGreaterThan(5);
            assertThat(browser.text("#report")).contains("Best: ", "Median: ", "Worst: ", HOSTILE);
            assertThat(browser.text("pre")).contains("./eddy backtest --input", "--config", "--labels");
            String known = "[aria-label='Known anomalies'] ";
            assertThat(browser.text(known + "tr.eddy td:nth-child(1)")).isEqualTo("1, as configured");
            for (int column = 2; column <= 5; column++) {
                assertThat(Double.parseDouble(browser.text(known + "tr.eddy td:nth-child(" + column + ")")))
                        .isBetween(0.01, 1.0);
            }
            assertThat(browser.text(known + ".note")).startsWith("6 labelled spans with ");
            assertThat(browser.all("#report img, #report script")).isEmpty();
            assertThat(browser.script("return String(window.hacked)")).isEqualTo("undefined");
            assertThat(browser.script("return performance.getEntriesByType('resource').length"))
                    .as("things loaded from elsewhere")
                    .isEqualTo("0");
            assertThat(browser.problems()).isEmpty();
            browser.size(1200, 4000);
            browser.screenshot("report");
        }
    }

    @Test
    void saysWhyThereIsNoError() throws Exception {
        StringBuilder text = new StringBuilder("timestamp,value\n" + time(0) + ",5\n");
        Path one = Files.writeString(folder.resolve("one.csv"), text);
        for (int step = 1; step < 100; step++) {
            text.append(time(step)).append(",5\n");
        }
        text.append(time(99)).append(",5\n");
        Path constant = Files.writeString(folder.resolve("constant.csv"), text);
        try (TestingBrowser browser = new TestingBrowser()) {
            browser.open(backtest(one, "one").toUri().toString());
            browser.await("the headline", () -> browser.text(".lead").endsWith(" No forecast met an actual."));
            assertThat(browser.text("[aria-label=Accuracy]")).doesNotContain("--step");
            browser.open(backtest(constant, "constant").toUri().toString());
            browser.await(
                    "the headline",
                    () -> browser.text(".lead").contains(". It has no MASE, for the values never change."));
            assertThat(browser.text("[aria-label=Accuracy]"))
                    .contains("1 reading has the time of the one before; without --step every row is a step");
            assertThat(browser.text("#report")).contains("The only one: constant", "no series has both changed");
            assertThat(browser.pixels(".chart.series canvas", ACTUAL)).isGreaterThan(50);
        }
    }

    @Test
    void twoRunsGiveTheSameBytesAndTwoHundredSeriesAreSmall() throws Exception {
        Path input = input(200, 60);
        Path first = backtest(input, "first", "--no-train");
        assertThat(first).hasSameBinaryContentAs(backtest(input, "second", "--no-train"));
        assertThat(Files.size(first)).isLessThan(FIVE_MB);
    }
}
