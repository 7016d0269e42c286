package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.event;
import static io.eddy.cli.page.TestingRecords.score;
import static io.eddy.cli.page.TestingRecords.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.EventState;
import io.eddy.Reject;
import io.eddy.Status;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** How the page is used, and how it bears time, size and restarts, in a real browser. */
class PageUseIT extends PageTesting {
    @Test
    void searchAndFilterNarrowTheList() throws Exception {
        try (TestingFleet fleet = fleet("search");
                Page page = page(fleet)) {
            for (int i = 0; i < 30; i++) {
                fleet.steps("web-" + i, 0, 3);
            }
            fleet.send(score("web-7", 3, 200, Status.ANOMALY, 2));
            browser.open(page.address());
            browser.await("all series", () -> browser.text(".found").equals("30 of 30"));
            browser.one("#search").sendKeys("web-2 region=eu");
            browser.await("the found ones", () -> browser.text(".found").equals("11 of 30"));
            browser.one("#search").sendKeys(" region=us");
            browser.await("no series", () -> browser.text(".found").equals("0 of 30"));
            assertThat(browser.one(".list .empty").isDisplayed()).isTrue();
            browser.one("#search").clear();
            browser.one("#search").sendKeys(" ");
            browser.one(".card[data-status=ANOMALY]").click();
            browser.await("the anomalous one", () -> browser.text(".found").equals("1 of 30"));
            assertThat(browser.text(FIRST_NAME)).isEqualTo("web-7");
            browser.one(".card[data-status=ALL]").click();
            browser.one("#sort").sendKeys("by name");
            browser.await("the first name", () -> browser.text(FIRST_NAME).equals("web-0"));
            browser.one(".row").sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ENTER);
            browser.await("a series by keys alone", () -> browser.text("h1").equals("web-10"));
        }
    }

    @Test
    void thePageRecoversWhenTheServerRestarts() throws Exception {
        try (TestingFleet fleet = fleet("restart")) {
            fleet.steps("cpu", 0, 50);
            int port;
            try (Page page = page(fleet)) {
                port = Integer.parseInt(page.address().replaceAll(".*:", ""));
                browser.open(page.address() + "/#/series/cpu/value");
                browser.await("the newest step", () -> readout(1).equals("2024-01-03 01:00"));
            }
            browser.await("the loss to show", () -> browser.text("#link").equals("connecting"));
            fleet.steps("cpu", 50, 53);
            try (Page page = Page.start(fleet.options(), "127.0.0.1", port, List::of)) {
                browser.await("the connection", () -> browser.text("#link").equals("live"));
                browser.await("what came meanwhile", () -> readout(1).equals("2024-01-03 04:00"));
                browser.script("location.hash = '#/'");
                browser.await("the list", () -> browser.text(FIRST_NAME).equals("cpu"));
            }
        }
    }

    /** Those of a demo, so that one sees what was told, what was not, and how nearly. */
    @Test
    void plantedFaultsStandBesideWhatWasTold() throws Exception {
        List<Planted> planted = List.of(
                new Planted("cpu", "flat", time(20), time(30), 0.999, false, true),
                new Planted("cpu", "spike", time(45), time(46), 1.62, true, true),
                new Planted("cpu", "spike", time(47), time(48), 1.44, false, true),
                new Planted("disk", "trend", time(48), time(70), 0.25, false, false));
        try (TestingFleet fleet = fleet("planted");
                Page page = Page.start(fleet.options(), "127.0.0.1", 0, () -> planted)) {
            browser.open(page.address());
            browser.await("the page", () -> browser.text(".list .empty").startsWith("Waiting for the first scores"));
            fleet.steps("cpu", 0, 50);
            browser.await("the faults", () -> browser.all(".planted tbody tr").size() == 4);
            assertThat(browser.text(".planted summary")).contains("told 1 of 3");
            assertThat(browser.all(".planted tbody tr").stream()
                            .map(row -> row.getDomProperty("textContent"))
                            .toList())
                    .satisfiesExactly(
                            trend -> assertThat(trend).contains("trend, 22 h", "disk", "under way, highest score 0.25"),
                            again -> assertThat(again).contains("not told anew, score 1.4 soon after another event"),
                            spike -> assertThat(spike).contains("spike, 1 h", "cpu", "told, score 1.6"),
                            flat -> assertThat(flat).contains("flat, 10 h", "cpu", "not told, highest score 0.99"));
            browser.open(page.address() + "/#/series/cpu/value");
            browser.await("the chart", () -> browser.colours(MAIN_CANVAS) > 20);
            browser.await("the marks", () -> browser.pixels(MAIN_CANVAS, "#8a6d00") > 200);
            browser.screenshot("planted");
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void whyThereAreNoScoresIsSaidInTheirPlace() throws Exception {
        try (TestingFleet fleet = fleet("rejected");
                Page page = page(fleet)) {
            browser.open(page.address());
            browser.await("no readings", () -> browser.text(".list .empty").endsWith("no readings on the topic yet."));
            fleet.send(new Reject(ByteBuffer.allocate(0), "readings", 0, 0L, "vall: expected a field, found val"));
            browser.await(
                    "the reason", () -> browser.text(".list .empty").contains("The newest: vall: expected a field"));
        }
    }

    @Test
    void tenThousandSeriesAreAFewRows() throws Exception {
        try (TestingFleet fleet = fleet("many");
                Page page = page(fleet)) {
            for (int i = 0; i < 10_000; i++) {
                fleet.send(score("series-%05d".formatted(i), 0));
            }
            browser.open(page.address());
            browser.await("all series", () -> browser.text(".found").equals("10,000 of 10,000"));
            assertThat(browser.all(".row").size()).isBetween(5, 60);
            browser.one("#sort").sendKeys("by name");
            browser.script("document.querySelector('.list').scrollTop = 1e9");
            browser.await(
                    "the last row",
                    () -> browser.script(
                                    "return [...document.querySelectorAll('.row .name')].map((n) => n.textContent).sort().pop()")
                            .equals("series-09999"));
            assertThat(browser.all(".row").size()).isBetween(5, 60);
        }
    }

    /** What a day of steps does: what came last stays, and nothing grows with what has been. */
    @Test
    void aPageThatIsLeftOpenDoesNotGrow() throws Exception {
        try (TestingFleet fleet = fleet("long");
                Page page = page(fleet)) {
            browser.open(page.address());
            events(fleet, 0, 100);
            browser.await(
                    "the newest events", () -> browser.text(".events li .facts").startsWith(clock(99)));
            browser.one(".row");
            int nodes = nodes();
            events(fleet, 100, 3_000);
            browser.await(
                    "the newest events", () -> browser.text(".events li .facts").startsWith(clock(2_999)));
            assertThat(browser.all(".events li")).hasSize(60);
            assertThat(nodes()).isEqualTo(nodes);

            browser.open(page.address() + "/#/series/cpu/value");
            fleet.steps("cpu", 3_000, 6_000);
            browser.await("the newest step", () -> readout(1).equals(clock(5_999)));
            nodes = nodes();
            fleet.steps("cpu", 6_000, 7_000);
            browser.await("the newest step", () -> readout(1).equals(clock(6_999)));
            assertThat(nodes()).isEqualTo(nodes);

            // The buffers themselves, which the document does not show.
            assertThat(browser.script("""
                    return (async () => {
                    const { SeriesData } = await import("./points.js");
                    const { FleetState } = await import("./state.js");
                    const data = new SeriesData();
                    const fleet = new FleetState();
                    for (let i = 0; i < 20000; i++) {
                      const points = [[i * 1000, "NORMAL", 1, 1, 0, 2, 0, 0, 2, 2, 0.1, 0.5]];
                      data.merge({ full: i === 0, points, limit: 500, forecast: null, earlier: null, switches: [], newest: i * 1000 });
                      fleet.merge({ share: [[i * 1000, 10, 1]] });
                    }
                    return [data.points.length, data.points[0][0], fleet.share.size, Math.min(...fleet.share.keys())].join();
                    })()""")).isEqualTo("500,19500000,720,19280000");
            assertThat(browser.problems()).isEmpty();
        }
    }

    private static void events(TestingFleet fleet, int from, int to) {
        for (int step = from; step < to; step++) {
            fleet.send(score("cpu", step));
            fleet.send(event("cpu", step, step, EventState.open));
            fleet.send(event("cpu", step, step, EventState.close));
        }
    }

    /** Elements of the page, once there have been as many for a while: what it shows comes over several topics. */
    private static int nodes() throws InterruptedException {
        int before = -1;
        for (int now = elements(); now != before; now = elements()) {
            before = now;
            Thread.sleep(1500);
        }
        return before;
    }

    private static int elements() {
        return Integer.parseInt(browser.script("return document.getElementsByTagName('*').length"));
    }

    private static String clock(int step) {
        return Instant.ofEpochMilli(time(step)).toString().replace('T', ' ').substring(0, 16);
    }

    @Test
    void aHiddenPageAsksForNothing() throws Exception {
        try (TestingFleet fleet = fleet("hidden");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 3);
            browser.open(page.address());
            browser.await("the connection", () -> browser.text("#link").equals("live"));
            hidden(true);
            browser.await("the pause", () -> browser.text("#link").equals("paused"));
            fleet.steps("web", 0, 3);
            hidden(false);
            browser.await("what came meanwhile", () -> browser.text(".found").equals("2 of 2"));
        }
    }

    private static void hidden(boolean hidden) {
        browser.script(
                "Object.defineProperty(document, 'hidden', { configurable: true, value: arguments[0] });"
                        + "document.dispatchEvent(new Event('visibilitychange'))",
                hidden);
    }

    @Test
    void theKeyboardReachesEverything() throws Exception {
        try (TestingFleet fleet = fleet("keys");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 60);
            fleet.send(event("cpu", 50, 52, EventState.open));
            browser.open(page.address());
            browser.one(".events button");
            browser.one(".row");
            browser.focusNext();
            assertThat(focused()).endsWith("Skip to the content");
            String all = reached(40);
            assertThat(all).contains("Fleet", "Model", "theme", "search", "sort", "row", "not an anomaly");
            browser.open(page.address() + "/#/series/cpu/value");
            browser.await("the chart", () -> browser.colours(MAIN_CANVAS) > 20);
            assertThat(reached(40)).contains("← Fleet", "ago", "Zoom in", "follow", "chart main", "new normal");
        }
    }

    private static String reached(int tabs) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < tabs; i++) {
            browser.focusNext();
            all.append(focused()).append(" | ");
        }
        return all.toString();
    }

    private static String focused() {
        return browser.script(
                "const e = document.activeElement; return [e.id, e.className, e.textContent.slice(0, 40), e.ariaLabel].filter(Boolean).join(' ')");
    }

    @Test
    void lightDarkAndAPhone() throws Exception {
        try (TestingFleet fleet = fleet("phone");
                Page page = page(fleet)) {
            fleet.steps("cpu-of-a-rather-long-host-name-that-does-not-fit.percent", 0, 100);
            fleet.send(event("cpu-of-a-rather-long-host-name-that-does-not-fit.percent", 90, 92, EventState.open));
            browser.open(page.address());
            browser.one(".row");
            String light = browser.script("return getComputedStyle(document.body).backgroundColor");
            browser.one("#theme").click();
            assertThat(browser.script("return getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
            browser.size(500, 900);
            for (String view : new String[] {"/#/", "/#/model"}) {
                browser.open(page.address() + view);
                assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
                        .as(view)
                        .matches("0|-\\d+");
            }
            browser.open(page.address() + "/#/");
            browser.one(".row").click();
            browser.await("the chart", () -> browser.colours(MAIN_CANVAS) > 20);
            browser.screenshot("phone-dark");
        } finally {
            browser.script("localStorage.clear()");
            browser.size(1440, 960);
        }
    }
}
