package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.cli.page.TestingBrowser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of the whole demo: both jobs, and faults that are planted while one looks. */
@Timeout(600)
class DemoPageIT {
    /** The demo takes its time on a slow machine. */
    private static final Duration SLOW = Duration.ofMinutes(4);

    private static final String OPENED = ".events li";

    /** A port that is free and whose next one is, too. */
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket second =
                            new ServerSocket(first.getLocalPort() + 1, 1, InetAddress.getLoopbackAddress())) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException e) {
                // the next one is taken or there is none; another try
            }
        }
    }

    @Test
    void plantedFaultsShowAsTheyHappen() throws Exception {
        int port = freePort();
        String address = "http://localhost:" + port;
        CompletableFuture<Integer> demo =
                CompletableFuture.supplyAsync(() -> Main.run("demo", "--for", "100s", "--port", String.valueOf(port)));
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
        }
        assertThat(demo.get()).isZero();
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

    private static void awaitServer(int port, CompletableFuture<Integer> demo) throws Exception {
        while (!demo.isDone()) {
            try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException e) {
                Thread.sleep(200);
            }
        }
        throw new AssertionError("demo: expected it to run, found that it ended with " + demo.get());
    }
}
