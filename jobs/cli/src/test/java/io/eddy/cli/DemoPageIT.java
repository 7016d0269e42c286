package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.cli.page.TestingBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page of the whole demo: both jobs, and faults that are planted while one looks. */
@Timeout(600)
class DemoPageIT {
    /** The demo takes its time on a slow machine. */
    private static final Duration SLOW = Duration.ofMinutes(4);

    private static final String OPENED = ".events li";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** A port that is free and whose next one is, too, below those that the system gives to clients: the demo has many of them. */
    private static int freePort() throws IOException {
        int first = 20_000 + 2 * (int) (ProcessHandle.current().pid() % 5_000);
        for (int port = first; port < first + 2_000; port += 2) {
            try (ServerSocket page = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                    ServerSocket flink = new ServerSocket(port + 1, 1, InetAddress.getLoopbackAddress())) {
                return page.getLocalPort();
            } catch (IOException e) {
                // one of them is taken; another try
            }
        }
        throw new IOException("port: expected two that are free from " + first + " on, found none");
    }

    @Test
    void plantedFaultsShowAsTheyHappen() throws Exception {
        int port = freePort();
        String address = "http://localhost:" + port;
        Process demo = TestingJvm.of(
                        Main.class,
                        List.of("-Xmx2g", "-Djava.io.tmpdir=" + folder),
                        "demo",
                        "--port",
                        String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("demo.log").toFile())
                .start();
        try (TestingBrowser browser = new TestingBrowser()) {
            awaitServer(port, demo);
            browser.open(address);
            browser.await(
                    "scores of the whole fleet",
                    SLOW,
                    () -> browser.text(".card[data-status=ALL] b").equals("240"));
            browser.await("an event", SLOW, () -> !browser.all(OPENED).isEmpty());
            browser.await("several events", SLOW, () -> browser.all(OPENED).size() >= 4);
            browser.await(
                    "a planted fault that was told",
                    SLOW,
                    () -> !browser.all(".planted .told a").isEmpty());
            browser.await(
                    "one that is over",
                    SLOW,
                    () -> browser.text(".planted summary").contains("Eddy told"));
            browser.screenshot("demo-fleet");

            List<String> planted = faults();
            List<String> told = browser.all(".planted .told a").stream()
                    .map(name -> String.valueOf(name.getDomProperty("textContent")))
                    .toList();
            assertThat(planted).containsAll(told);

            String odd = told.get(0);
            browser.open(address + "/#/series/" + odd + "/value");
            browser.await("the chart", () -> browser.colours(".chart.main canvas") > 20);
            browser.script(
                    "const e = document.getElementById('ago'); e.value = 18; e.dispatchEvent(new Event('input'))");
            browser.await("the events of the series", () -> !browser.all(OPENED).isEmpty());
            browser.screenshot("demo-series");
            browser.open(address + "/#/model");
            browser.await("the errors", () -> browser.all("main canvas").size() >= 2);
            browser.screenshot("demo-model");
            assertThat(browser.problems()).isEmpty();
        } finally {
            demo.destroyForcibly().waitFor();
        }
    }

    /** Names of the series that the demo's fleet breaks in its first two months. */
    private static List<String> faults() {
        SimulatedFleet.Spec spec = SimulatedFleet.Spec.ofSeed(1);
        return new SimulatedFleet(spec)
                .faultsUntil(spec.startMillis() + 60L * 24 * 3_600_000).stream()
                        .map(Fault::series)
                        .distinct()
                        .toList();
    }

    private void awaitServer(int port, Process demo) throws Exception {
        while (demo.isAlive()) {
            try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new AssertionError(
                "demo: expected it to run, found that it ended: " + Files.readString(folder.resolve("demo.log")));
    }
}
