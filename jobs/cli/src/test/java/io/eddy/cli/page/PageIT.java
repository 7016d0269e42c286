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
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What the page shows in a real browser, fed through a real broker. */
class PageIT extends PageTesting {
    private static final String ACTUAL_COLOUR = "#0072b2";
    private static final String ANOMALY_COLOUR = "#d55e00";

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
        try (TestingFleet fleet = fleet("fault");
                Page page = page(fleet)) {
            browser.open(page.address());
            for (String series : new String[] {"calm", "quiet", "login-eu-01.latency"}) {
                fleet.steps(series, 0, 150);
            }
            fleet.send(weights(1, WeightsStatus.champion));
            browser.await("three rows", () -> browser.all(".row").size() == 3);
            assertThat(browser.text(".card[data-status=EVENT] b")).isEqualTo("0");
            browser.await("the line of the first row", () -> browser.colours(".row canvas") > 1);

            fault(fleet, "login-eu-01.latency", 150, 155);
            browser.await(
                    "the open event",
                    () -> browser.text(".card[data-status=EVENT] b").equals("1"));
            browser.await("the worst first", () -> browser.text(FIRST_NAME).equals("login-eu-01.latency"));
            assertThat(browser.text(".events li.open"))
                    .contains("level shift, above", "login-eu-01.latency", "peak 3.5");
            // The event and the scores come over topics of their own.
            browser.await("the odd values of its row", () -> browser.pixels(".row canvas", ANOMALY_COLOUR) > 10);
            browser.screenshot("fleet");

            browser.one(".row").click();
            browser.await("the chart", () -> browser.colours(MAIN_CANVAS) > 20);
            assertThat(browser.text("h1")).isEqualTo("login-eu-01.latency");
            browser.await("the newest step", () -> readout(1).equals("2024-01-07 10:00"));
            assertThat(browser.pixels(MAIN_CANVAS, ANOMALY_COLOUR)).isGreaterThan(20);
            assertThat(readout(2)).isEqualTo("160");
            assertThat(readout(7)).isEqualTo("3.5");
            assertThat(readout(9)).isEqualTo("anomaly");
            browser.screenshot("series");
            assertThat(browser.problems()).isEmpty();
        }
    }

    @Test
    void whatIsHeldBackIsMarkedThoughItsScoreIsNone() throws Exception {
        try (TestingFleet fleet = fleet("held");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 100);
            browser.open(page.address() + "/#/series/cpu/value");
            browser.await("the newest step", () -> readout(1).equals("2024-01-05 03:00"));
            assertThat(browser.pixels(MAIN_CANVAS, ANOMALY_COLOUR)).isZero();
            fleet.send(score("cpu", 100, 160, Status.SUPPRESSED, 0));
            fleet.steps("cpu", 101, 103);
            browser.await("a mark", () -> browser.pixels(MAIN_CANVAS, ANOMALY_COLOUR) > 5);
        }
    }

    @Test
    void theForecastMovesOnAndEarlierOnesCanBeSeen() throws Exception {
        try (TestingFleet fleet = fleet("fan");
                Page page = page(fleet)) {
            fleet.steps("cpu", 0, 100);
            browser.open(page.address() + "/#/series/cpu/value");
            browser.await("the newest step", () -> readout(1).equals("2024-01-05 03:00"));
            String before = drawing();
            fleet.steps("cpu", 100, 103);
            browser.await("the next steps", () -> readout(1).equals("2024-01-05 06:00"));
            browser.await("the fan to move", () -> !drawing().equals(before));

            int purple = browser.pixels(MAIN_CANVAS, "#b0578d");
            browser.script(
                    "const e = document.getElementById('ago'); e.value = 20; e.dispatchEvent(new Event('input'))");
            browser.await("the earlier forecast", () -> browser.pixels(MAIN_CANVAS, "#b0578d") > purple);
            assertThat(browser.text(".ago output")).isEqualTo("20 steps ago");

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

    @Test
    void aButtonOfAnEventWritesFeedback() throws Exception {
        try (TestingFleet fleet = fleet("feedback");
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
                assertThat(said.getTarget()).isEqualTo("value");
                assertThat(said.getType()).isEqualTo(FeedbackType.NOT_ANOMALY);
                assertThat(said.getFrom()).isEqualTo(Instant.ofEpochMilli(time(2)));
                assertThat(said.getTo()).isEqualTo(Instant.ofEpochMilli(time(4)));
            });
            browser.one(".events button[data-type=ANOMALY_NEW_TREND]").click();
            browser.await("the second word", () -> browser.text(".events .said").equals("said: new normal"));
            browser.one(".events button[data-type=ANOMALY]").click();
            browser.await("the third word", () -> browser.text(".events .said").equals("said: an anomaly"));
            assertThat(fleet.feedback())
                    .extracting(Feedback::getType)
                    .containsExactly(FeedbackType.NOT_ANOMALY, FeedbackType.ANOMALY_NEW_TREND, FeedbackType.ANOMALY);
        }
    }

    @Test
    void hostileNamesAreTextAndNothingElse() throws Exception {
        String hostile =
                "<img src=x onerror=\"window.hacked=1\">/../%2e#?&\"'</script><script>window.hacked=1</script>";
        try (TestingFleet fleet = fleet("hostile");
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
    void theModelViewShowsWhatTheTopicsCarry() throws Exception {
        try (TestingFleet fleet = fleet("model");
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
        try (TestingFleet fleet = fleet("models");
                Page page = page(fleet)) {
            Weights other = weights(7, WeightsStatus.champion);
            other.setModelId("<b>disks</b>");
            fleet.send(other); // the model that was there first stays chosen
            fleet.send(weights(1, WeightsStatus.champion));
            Score ofOther = score("disk", 0);
            ofOther.setModelId("<b>disks</b>");
            ofOther.setModelVersion(7);
            fleet.send(ofOther);
            fleet.steps("cpu", 0, 50);
            browser.open(page.address() + "/#/model");
            browser.await("both models", () -> browser.all("#model option").size() == 2);
            browser.await("both versions", () -> browser.text("#strip").contains("7 · 1"));
            assertThat(browser.text(".lead")).contains("Version 7 is the newest");
            assertThat(browser.text(".note")).startsWith("Fills when the first forecasts");
            assertThat(browser.text("tbody td:nth-child(4)"))
                    .as("series using it")
                    .isEqualTo("1");
            browser.one("#model").sendKeys("default");
            browser.await("the other", () -> browser.text(".lead").contains("Version 1 is the newest"));
            browser.await(
                    "the series using it",
                    () -> browser.text("tbody td:nth-child(4)").equals("1"));
            browser.await("its errors", () -> browser.text(".note").contains("of 1 series"));
            assertThat(browser.all("main canvas")).hasSizeGreaterThan(1);
            browser.one("#model").sendKeys(Keys.ARROW_UP);
            browser.await("the first again", () -> browser.text(".note").startsWith("Fills when"));
            assertThat(browser.problems()).isEmpty();
        }
    }
}
