package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.cli.page.TestingBrowser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report of a backtest, opened from the disk in a real browser without a network. */
@Timeout(300)
class ReportIT {
    private static final String HOSTILE =
            "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>";
    private static final long FIVE_MB = 5_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** Daily curves with noise. */
    private Path input(int series, int steps) throws IOException {
        Path file = folder.resolve("fleet.csv");
        StringBuilder text = new StringBuilder("timestamp,series,value\n");
        Random random = new Random(1);
        for (int s = 0; s < series; s++) {
            String name = s == 0 ? HOSTILE : "series-" + s;
            for (int step = 0; step < steps; step++) {
                double value = 50 + 20 * Math.sin(2 * Math.PI * step / 24) + (s + 1) * random.nextGaussian();
                text.append(Instant.ofEpochSecond(1_700_000_000L / 3600 * 3600 + 3600L * step))
                        .append(",\"")
                        .append(name)
                        .append("\",")
                        .append(value)
                        .append('\n');
            }
        }
        return Files.writeString(file, text);
    }

    private Path backtest(Path input, String output) {
        Path out = folder.resolve(output);
        assertThat(Main.run("backtest", "--input", input.toString(), "--output", out.toString(), "--no-train"))
                .isZero();
        return out.resolve("report.html");
    }

    @Test
    void opensFromDiskWithoutANetworkAndItsChartsAreDrawn() throws Exception {
        Path report = backtest(input(3, 500), "out");
        // Everything but the disk goes to a proxy that is not there.
        try (TestingBrowser browser = new TestingBrowser("--proxy-server=127.0.0.1:9")) {
            browser.open(report.toUri().toString());
            browser.await(
                    "the headline", () -> browser.text(".lead").startsWith("Eddy forecast 3 series of fleet.csv"));
            assertThat(browser.text(".lead")).contains("MASE is", "seasonal naive forecast's", "95 % intervals held");
            for (String chart : new String[] {"#errors", "#coverage", "#reliability"}) {
                assertThat(browser.colours(chart + " canvas")).as(chart).isGreaterThan(20);
            }
            assertThat(browser.all(".chart.series")).hasSize(3);
            assertThat(browser.pixels("#errors canvas", "#0072b2")).isGreaterThan(50);
            assertThat(browser.pixels(".chart.series canvas", "#0072b2")).isGreaterThan(200);
            assertThat(browser.text("#report")).contains("Best: ", "Median: ", "Worst: ", HOSTILE);
            assertThat(browser.text("pre")).contains("./eddy backtest --input", "--no-train");
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
    void twoRunsGiveTheSameBytesAndTwoHundredSeriesAreSmall() throws Exception {
        Path input = input(200, 60);
        Path first = backtest(input, "first");
        assertThat(first).hasSameBinaryContentAs(backtest(input, "second"));
        assertThat(Files.size(first)).isLessThan(FIVE_MB);
    }
}
