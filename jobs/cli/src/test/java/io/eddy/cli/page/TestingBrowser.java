package io.eddy.cli.page;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window, with a profile of its own. */
public final class TestingBrowser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path profile;
    private final ChromeDriver driver;

    public TestingBrowser(String... more) throws IOException {
        profile = Files.createTempDirectory("eddy-browser-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(onPath("chromium"));
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=1440,960",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(onPath("chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
    }

    private static File onPath(String name) {
        return Stream.of(Objects.requireNonNull(System.getenv("PATH")).split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        name + ": expected on the PATH (Debian: chromium and chromium-driver), found none"));
    }

    public void open(String address) {
        driver.get(address);
        problems(); // those of the page before
    }

    public void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    public String address() {
        return String.valueOf(driver.getCurrentUrl());
    }

    /** All elements that are there now. */
    public List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** Waits for the element. */
    public WebElement one(String css) {
        await(css, () -> !all(css).isEmpty());
        return all(css).get(0);
    }

    /** Presses the key that moves the focus on. */
    public void focusNext() {
        new Actions(driver).sendKeys(Keys.TAB).perform();
    }

    /** Moves the mouse over an element, so many pixels right of its middle. */
    public void hover(String css, int right) {
        new Actions(driver).moveToElement(one(css), right, 0).perform();
    }

    /** Presses the mouse in the middle of an element, moves it so many pixels to the right and lets go. */
    public void drag(String css, int right) {
        new Actions(driver)
                .moveToElement(one(css))
                .clickAndHold()
                .moveByOffset(right, 0)
                .release()
                .perform();
    }

    /** The text of the first such element; empty if there is none. */
    public String text(String css) {
        return script("const e = document.querySelector(arguments[0]); return e ? e.textContent : ''", css);
    }

    /** Runs a piece of JavaScript in the page; what it returns as text. */
    public String script(String code, Object... arguments) {
        return String.valueOf(driver.executeScript(code, arguments));
    }

    /** How many different colours a canvas has: 1 where nothing was drawn, 0 without a canvas. */
    public int colours(String css) {
        return Integer.parseInt(script("""
                const canvas = document.querySelector(arguments[0]);
                if (!canvas || canvas.width === 0 || canvas.height === 0) return 0;
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                const found = new Set();
                for (let i = 0; i < data.length; i += 4) {
                  found.add(((data[i] << 24) | (data[i + 1] << 16) | (data[i + 2] << 8) | data[i + 3]) >>> 0);
                }
                return found.size""", css));
    }

    /** How many pixels of a canvas are close to a colour, e.g. {@code #d55e00}. */
    public int pixels(String css, String colour) {
        return Integer.parseInt(script("""
                const canvas = document.querySelector(arguments[0]);
                const n = parseInt(arguments[1].slice(1), 16);
                const wanted = [n >> 16, (n >> 8) & 255, n & 255];
                const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
                let count = 0;
                for (let i = 0; i < data.length; i += 4) {
                  const near = wanted.every((part, k) => Math.abs(data[i + k] - part) < 12);
                  count += near && data[i + 3] > 200 ? 1 : 0;
                }
                return count""", css, colour));
    }

    /** Waits until something is so, a minute at most. */
    public void await(String what, Supplier<Boolean> condition) {
        await(what, PATIENCE, condition);
    }

    /** Waits until something is so. */
    public void await(String what, Duration patience, Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                screenshot("failed");
                throw new AssertionError("expected within " + patience.toSeconds() + " s: " + what + "; the page says "
                        + problems() + ", see target/screenshots/failed.png");
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }

    private static boolean holds(Supplier<Boolean> condition) {
        try {
            return condition.get();
        } catch (StaleElementReferenceException e) {
            return false;
        }
    }

    /** What the browser's console says is wrong since the last call: errors of scripts, refused resources, breaches of the policy. */
    public List<String> problems() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                // Said of the tests themselves, which read pixels back.
                .filter(message -> !message.contains("willReadFrequently"))
                .toList();
    }

    /** Writes a picture of the window to target/screenshots. */
    public Path screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            return Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            Path[] deepestFirst = files.sorted(Comparator.reverseOrder()).toArray(Path[]::new);
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        }
    }
}
