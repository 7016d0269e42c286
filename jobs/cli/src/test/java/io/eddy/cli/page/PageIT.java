package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.event;
import static io.eddy.cli.page.TestingRecords.forecast;
import static io.eddy.cli.page.TestingRecords.score;
import static io.eddy.cli.page.TestingRecords.time;
import static io.eddy.cli.page.TestingRecords.weights;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.EventState;
import io.eddy.Feedback;
import io.eddy.FeedbackType;
import io.eddy.Reject;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.cli.EmbeddedKafka;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The page in a real browser, fed through a real broker. */
@Timeout(300)
class PageIT {
    private static final String ACTUAL_COLOUR = "#0072b2";
    private static final String ANOMALY_COLOUR = "#d55e00";
    private static final String MAIN_CANVAS = ".chart.main canvas";
    private static final String FIRST_NAME = ".row .name";

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    @SuppressWarnings("NullAway.Init")
    private static TestingBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start();
        browser = new TestingBrowser();
    }

    @AfterAll
    static void stop() throws Exception {
        browser.close();
        kafka.close();
    }

    private static Page page(TestingFleet fleet) throws Exception {
        return Page.start(fleet.options(), "127.0.0.1", 0);
    }

    private static String readout(int index) {
        return browser.text(".readout div:nth-child(" + index + ") dd");
    }

    /** An incident that is under way: scores, and the event that opens. */
    private static void fault(TestingFleet fleet, String series, int from, int to) {
        fleet.send(event(series, from, from, EventState.open));
        for (int step = from; step < to; step++) {
            fleet.send(score(series, step, 160, Status.ANOMALY, 3.5));
            fleet.send(forecast(series, step));
        }
        fleet.steps("calm", from, to);
    }

    @Test
    void aFaultShowsAsItHappensAndItsSeriesOpens() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "fault");
                Page page = page(fleet)) {
            browser.open(page.address());
            for (String series : new String[] {"calm", "quiet", "login-eu-01.latency"}) {
                fleet.steps(series, 0, 150);
            }
            fleet.send(weights(1, WeightsStatus.champion));
            browser.await("three rows", () -> browser.all(".row").size() == 3);
            assertThat(browser.text(".card[data-status=EVENT] b")).isEqualTo("0");
            assertThat(browser.colours(".row canvas")).isGreaterThan(1);

            fault(fleet, "login-eu-01.latency", 150, 155);
            browser.await(
                    "the open event",
                    () -> browser.text(".card[data-status=EVENT] b").equals("1"));
            browser.await("the worst first", () -> browser.text(FIRST_NAME).equals("login-eu-01.latency"));
            assertThat(browser.text(".events li.open"))
                    .contains("level shift, above", "login-eu-01.latency", "peak 3.5");
            assertThat(browser.pixels(".row canvas", ANOMALY_COLOUR)).isGreaterThan(10);
            browser.screenshot("fleet");

            browser.one(".row").click();
            browser.await("the chart", () -> browser.colours(MAIN_CANVAS) > 20);
            assertThat(browser.text("h1")).isEqualTo("login-eu-01.latency");
            assertThat(browser.pixels(MAIN_CANVAS, ANOMALY_COLOUR)).isGreaterThan(20);
            assertThat(readout(1)).isEqualTo("2024-01-07 10:00");
            assertThat(readout(2)).isEqualTo("160");
            assertThat(readout(7)).isEqualTo("3.5");
            assertThat(readout(9)).isEqualTo("anomaly");
            browser.screenshot("series");
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void theForecastMovesOnAndEarlierOnesCanBeSeen() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "fan");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 100);
            browser.open(page.address() + "/#/series/cpu/value");
            browser.await("the newest step", () -> readout(1).equals("2024-01-05 03:00"));
            String before = drawing();
            fleet.steps("cpu", 100, 103);
            browser.await("the next steps", () -> readout(1).equals("2024-01-05 06:00"));
            browser.await("the fan to move", () -> !drawing().equals(before));

            String newestOnly = drawing();
            int purple = browser.pixels(MAIN_CANVAS, "#b0578d");
            browser.script(
                    "const e = document.getElementById('ago'); e.value = 20; e.dispatchEvent(new Event('input'))");
            browser.await("the earlier forecast", () -> !drawing().equals(newestOnly));
            assertThat(browser.text(".ago output")).isEqualTo("20 steps ago");
            assertThat(browser.pixels(MAIN_CANVAS, "#b0578d")).isGreaterThan(purple);

            browser.hover(".chart.main .u-over", -200);
            browser.await("the values there", () -> readout(1).compareTo("2024-01-05") < 0);
            for (int value = 2; value <= 9; value++) {
                assertThat(readout(value))
                        .as("value " + value + " of the step below the mouse")
                        .isNotEqualTo("–");
            }
            browser.hover("h1", 0);
            browser.await("the newest step again", () -> readout(1).equals("2024-01-05 06:00"));
            String all = drawing();
            browser.drag(".chart.main .u-over", 150);
            browser.await("the part that was marked", () -> !drawing().equals(all));
            assertThat(browser.one(".follow").getAttribute("aria-pressed")).isEqualTo("false");
            browser.one(".chart.main").sendKeys(Keys.HOME);
            assertThat(browser.one(".follow").getAttribute("aria-pressed")).isEqualTo("true");

            browser.one(".chart.main").sendKeys("+", "+", Keys.ARROW_LEFT);
            assertThat(browser.one(".follow").getAttribute("aria-pressed")).isEqualTo("false");
            browser.one(".follow").click();
            assertThat(browser.one(".follow").getAttribute("aria-pressed")).isEqualTo("true");
            assertThat(browser.problems()).isEmpty();
        }
    }

    private static String drawing() {
        return drawing(MAIN_CANVAS);
    }

    private static String drawing(String canvas) {
        return browser.script("return document.querySelector(arguments[0]).toDataURL()", canvas);
    }

    @Test
    void searchAndFilterNarrowTheList() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "search");
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
    void aButtonOfAnEventWritesFeedback() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "feedback");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 5);
            fleet.send(event("cpu", 2, 4, EventState.open));
            fleet.send(event("cpu", 2, 4, EventState.close));
            browser.open(page.address());
            browser.one(".events button[data-type=NOT_ANOMALY]").click();
            browser.await(
                    "the word from the topic",
                    () -> browser.text(".events .said").equals("said: not an anomaly"));
            assertThat(fleet.feedback()).singleElement().satisfies(said -> {
                assertThat(said.getSeries()).isEqualTo("cpu");
                assertThat(said.getType()).isEqualTo(FeedbackType.NOT_ANOMALY);
                assertThat(said.getFrom()).isEqualTo(Instant.ofEpochMilli(time(2)));
                assertThat(said.getTo()).isEqualTo(Instant.ofEpochMilli(time(4)));
            });
            browser.one(".events button[data-type=ANOMALY_NEW_TREND]").click();
            browser.await("the second word", () -> browser.text(".events .said").equals("said: new normal"));
            assertThat(fleet.feedback())
                    .extracting(Feedback::getType)
                    .containsExactly(FeedbackType.NOT_ANOMALY, FeedbackType.ANOMALY_NEW_TREND);
        }
    }

    @Test
    void hostileNamesAreTextAndNothingElse() throws Exception {
        String hostile =
                "<img src=x onerror=\"window.hacked=1\">/../%2e#?&\"'</script><script>window.hacked=1</script>";
        try (TestingFleet fleet = new TestingFleet(kafka, "hostile");
                Page page = page(fleet)) {
            fleet.steps(hostile, 0, 5);
            fleet.send(event(hostile, 2, 4, EventState.open));
            fleet.send(new Reject(ByteBuffer.allocate(0), "readings", 0, 0L, hostile));
            browser.open(page.address());
            browser.await("the name", () -> browser.text(FIRST_NAME).equals(hostile));
            browser.await(
                    "the event's name", () -> browser.text(".events a.name").equals(hostile));
            assertThat(browser.all("main img, main script")).isEmpty();
            browser.one(".row").click();
            browser.await("the view of the series", () -> browser.text("h1").equals(hostile));
            browser.await("its values", () -> readout(1).startsWith("2024-01-01 04:00"));
            assertThat(browser.all("main img, main script")).isEmpty();
            assertThat(browser.script("return String(window.hacked)")).isEqualTo("undefined");
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void thePageRecoversWhenTheServerRestarts() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "restart")) {
            fleet.steps("cpu", 0, 50);
            int port;
            try (Page page = page(fleet)) {
                port = Integer.parseInt(page.address().replaceAll(".*:", ""));
                browser.open(page.address() + "/#/series/cpu/value");
                browser.await("the newest step", () -> readout(1).equals("2024-01-03 01:00"));
            }
            browser.await("the loss to show", () -> browser.text("#link").equals("connecting"));
            fleet.steps("cpu", 50, 53);
            try (Page page = Page.start(fleet.options(), "127.0.0.1", port)) {
                browser.await("the connection", () -> browser.text("#link").equals("live"));
                browser.await("what came meanwhile", () -> readout(1).equals("2024-01-03 04:00"));
                browser.script("location.hash = '#/'");
                browser.await("the list", () -> browser.text(FIRST_NAME).equals("cpu"));
            }
        }
    }

    @Test
    void tenThousandSeriesAreAFewRows() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "many");
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

    @Test
    void theModelViewShowsWhatTheTopicsCarry() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "model");
                Page page = page(fleet)) {
            fleet.send(weights(1, WeightsStatus.champion));
            fleet.send(weights(2, WeightsStatus.rejected));
            fleet.send(weights(3, WeightsStatus.champion));
            fleet.send(weights(3, WeightsStatus.champion)); // it is on the topic under two keys
            fleet.steps("cpu", 0, 100);
            browser.open(page.address() + "/#/model");
            browser.await("the versions", () -> browser.all("tbody tr").size() == 3);
            assertThat(browser.text(".lead")).contains("Version 3 is the newest", "2 published, 1 not");
            browser.await("errors by horizon", () -> browser.all("main canvas").size() == 5);
            assertThat(browser.text(".note")).contains("of 1 series");
            browser.screenshot("model");

            assertThat(browser.text("#why")).isEqualTo("Published: better than its parent");
            assertThat(browser.text("#curve")).contains("good: the validation loss came down");
            for (String curve : new String[] {"#learning canvas", "#gradients canvas"}) {
                assertThat(browser.pixels(curve, ACTUAL_COLOUR)).as(curve).isGreaterThan(50);
            }
            assertThat(browser.pixels("[aria-label='Held-out loss of each version'] canvas", ANOMALY_COLOUR))
                    .as("the rejected version's point")
                    .isGreaterThan(10);
            String newest = drawing("#learning canvas");
            browser.one("#round").sendKeys("version 2, rejected");
            browser.await(
                    "why it was rejected", () -> browser.text("#why").equals("Rejected: no better than its parent"));
            fleet.send(weights(4, WeightsStatus.champion));
            browser.await("the next version", () -> browser.all("tbody tr").size() == 4);
            assertThat(browser.text("#why")).as("the choice stays").startsWith("Rejected");

            browser.one("nav a[data-view=fleet]").click();
            browser.one(".row");
            browser.one("nav a[data-view=model]").click();
            browser.await("the versions again", () -> browser.all("tbody tr").size() == 4);
            browser.await("the curve again", () -> browser.colours("#learning canvas") > 2);
            assertThat(drawing("#learning canvas")).isEqualTo(newest);
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void aModelOfSeveralIsChosen() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "models");
                Page page = page(fleet)) {
            Weights other = weights(7, WeightsStatus.champion);
            other.setModelId("<b>disks</b>");
            fleet.send(weights(1, WeightsStatus.champion));
            fleet.send(other);
            fleet.steps("cpu", 0, 3);
            browser.open(page.address() + "/#/model");
            browser.await("both models", () -> browser.all("#model option").size() == 2);
            assertThat(browser.text(".lead")).contains("Version 7 is the newest");
            assertThat(browser.text("tbody td:nth-child(4)"))
                    .as("series using it")
                    .isEqualTo("0");
            browser.one("#model").sendKeys("default");
            browser.await("the other", () -> browser.text(".lead").contains("Version 1 is the newest"));
            assertThat(browser.text("tbody td:nth-child(4)"))
                    .as("series using it")
                    .isEqualTo("1");
        }
    }

    /** What a day of steps does: what came last stays, and nothing grows with what has been. */
    @Test
    void aPageThatIsLeftOpenDoesNotGrow() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "long");
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

    private static int nodes() {
        return Integer.parseInt(browser.script("return document.getElementsByTagName('*').length"));
    }

    private static String clock(int step) {
        return Instant.ofEpochMilli(time(step)).toString().replace('T', ' ').substring(0, 16);
    }

    @Test
    void aHiddenPageAsksForNothing() throws Exception {
        try (TestingFleet fleet = new TestingFleet(kafka, "hidden");
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
        try (TestingFleet fleet = new TestingFleet(kafka, "keys");
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
        try (TestingFleet fleet = new TestingFleet(kafka, "phone");
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
