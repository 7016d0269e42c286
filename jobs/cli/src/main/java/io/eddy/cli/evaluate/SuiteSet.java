package io.eddy.cli.evaluate;

import io.eddy.connectors.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One data set of a suite.
 *
 * @param name of the set
 * @param path of the data, relative to the working directory; null for {@link Layout#SIMULATED}
 * @param testPath rows that follow those of {@code path}; the judged part starts with them; null: there are none
 * @param layout how the file is written
 * @param timeColumn of a wide or long file; null: found by its name
 * @param column of a plain file, from 0
 * @param skipLines of a plain file
 * @param stepMillis length of a step, above 0
 * @param season in steps, of the metrics and of the seasonal-naive forecast, at least 1
 * @param seasonKnown whether the forecaster is told the season; if not, it finds it
 * @param horizon steps ahead, at least 1
 * @param horizons squared errors are given for the steps up to each of these too
 * @param nrmse root mean squared errors are given for just these steps ahead
 * @param targets by metric, at most this is aimed at; of coverage in the worst stretch, at least this
 * @param split the first judged row of each series, at least 1; without {@code testPath}
 * @param stride rows from one judged forecast to the next, at least 1
 * @param standardise rows whose mean and deviation make the unit of squared errors; 0: squared errors are left out
 * @param maxRows rows of each series that are read
 * @param series of a simulated set
 * @param seed of a simulated set
 */
record SuiteSet(
        String name,
        @Nullable Path path,
        @Nullable Path testPath,
        Layout layout,
        @Nullable String timeColumn,
        int column,
        int skipLines,
        long stepMillis,
        int season,
        boolean seasonKnown,
        int horizon,
        List<Integer> horizons,
        List<Integer> nrmse,
        Map<String, Double> targets,
        int split,
        int stride,
        int standardise,
        int maxRows,
        int series,
        int seed) {
    /** How a file is written: as for a backtest, or a column of numbers without times, or no file at all. */
    enum Layout {
        LONG,
        WIDE,
        PLAIN,
        SIMULATED
    }

    /**
     * Reads what a suite says of one set.
     *
     * @throws IllegalArgumentException naming the set, the rule and what was found
     */
    static SuiteSet of(Map<?, ?> entries) {
        Map<String, Object> left = new HashMap<>();
        entries.forEach((key, value) -> left.put(String.valueOf(key), value));
        String name = text(left, "name");
        if (name == null) {
            throw new IllegalArgumentException("name: expected a name for each set, found none");
        }
        try {
            SuiteSet set = read(name, left);
            if (!left.isEmpty()) {
                throw new IllegalArgumentException(left.keySet().iterator().next()
                        + ": expected a key of a set, as configs/suites/public.yaml lists them, found an unknown one");
            }
            return set;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("set " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Looks whether its data is there.
     *
     * @throws IllegalArgumentException if not
     */
    void expectData() {
        Stream.of(Optional.ofNullable(path), Optional.ofNullable(testPath))
                .flatMap(Optional::stream)
                .filter(data -> !Files.exists(data))
                .forEach(data -> {
                    throw new IllegalArgumentException((data.equals(path) ? "path" : "test_path")
                            + ": expected a file or folder, found no " + data);
                });
    }

    private static SuiteSet read(String name, Map<String, Object> left) {
        Layout layout = layout(text(left, "layout", "long"));
        String path = text(left, "path");
        if ((path == null) != (layout == Layout.SIMULATED)) {
            throw new IllegalArgumentException(
                    "path: expected one, except for layout simulated, found " + (path == null ? "none" : path));
        }
        String test = text(left, "test_path");
        String step = text(left, "step", "1h");
        long stepMillis = Option.parseDuration("step", step).toMillis();
        if (stepMillis < 1) {
            throw new IllegalArgumentException("step: expected a duration from 1ms, found " + step);
        }
        int horizon = whole(left, "horizon", 24, 1, 336);
        return new SuiteSet(
                name,
                path == null ? null : Path.of(path),
                test == null ? null : Path.of(test),
                layout,
                text(left, "time_column"),
                whole(left, "column", 0, 0, 10_000),
                whole(left, "skip_lines", 0, 0, 10_000),
                stepMillis,
                whole(left, "season", 1, 1, 10_000),
                !"false".equals(text(left, "season_known", "true")),
                horizon,
                steps("horizons", left, horizon),
                steps("nrmse", left, horizon),
                targets(left.remove("targets")),
                whole(left, "split", 1, 1, Integer.MAX_VALUE),
                whole(left, "stride", 1, 1, Integer.MAX_VALUE),
                whole(left, "standardise", 0, 0, Integer.MAX_VALUE),
                whole(left, "max_rows", Integer.MAX_VALUE, 2, Integer.MAX_VALUE),
                whole(left, "series", 40, 1, 100_000),
                whole(left, "seed", 1, 0, Integer.MAX_VALUE));
    }

    private static Layout layout(String text) {
        for (Layout layout : Layout.values()) {
            if (layout.name().equalsIgnoreCase(text)) {
                return layout;
            }
        }
        throw new IllegalArgumentException("layout: expected long, wide, plain or simulated, found " + text);
    }

    private static List<Integer> steps(String key, Map<String, Object> left, int horizon) {
        Object value = left.remove(key);
        List<Integer> steps = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                steps.add(number(key, String.valueOf(entry), 1, horizon));
            }
        } else if (value != null) {
            throw new IllegalArgumentException(key + ": expected a list, found " + value);
        }
        return List.copyOf(steps);
    }

    private static Map<String, Double> targets(@Nullable Object value) {
        Map<String, Double> targets = new LinkedHashMap<>();
        if (value != null && !(value instanceof Map<?, ?>)) {
            throw new IllegalArgumentException("targets: expected metrics and numbers, found " + value);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((metric, target) -> {
                if (!(target instanceof Number number)) {
                    throw new IllegalArgumentException(
                            "targets: expected a number for " + metric + ", found " + target);
                }
                targets.put(String.valueOf(metric), number.doubleValue());
            });
        }
        return Collections.unmodifiableMap(targets);
    }

    private static int whole(Map<String, Object> left, String key, int byDefault, int from, int to) {
        String text = text(left, key);
        return text == null ? byDefault : number(key, text, from, to);
    }

    private static int number(String key, String text, int from, int to) {
        try {
            int number = Integer.parseInt(text);
            if (number >= from && number <= to) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                key + ": expected a whole number from " + from + " to " + to + ", found " + text);
    }

    private static @Nullable String text(Map<String, Object> left, String key) {
        Object value = left.remove(key);
        return value == null ? null : String.valueOf(value);
    }

    private static String text(Map<String, Object> left, String key, String byDefault) {
        String value = text(left, key);
        return value == null ? byDefault : value;
    }
}
