package io.eddy.cli.page;

import io.eddy.cli.EmbeddedKafka;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** A real browser and a real broker for tests of the page. */
@Timeout(300)
abstract class PageTesting {
    static final String MAIN_CANVAS = ".chart.main canvas";
    static final String FIRST_NAME = ".row .name";

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    @SuppressWarnings("NullAway.Init")
    static TestingBrowser browser;

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

    static Page page(TestingFleet fleet) throws Exception {
        return Page.start(fleet.options(), "127.0.0.1", 0, List::of);
    }

    static String readout(int index) {
        return browser.text(".readout div:nth-child(" + index + ") dd");
    }

    static String drawing() {
        return drawing(MAIN_CANVAS);
    }

    static String drawing(String canvas) {
        return browser.script("return document.querySelector(arguments[0]).toDataURL()", canvas);
    }

    static TestingFleet fleet(String name) throws Exception {
        return new TestingFleet(kafka, name);
    }
}
