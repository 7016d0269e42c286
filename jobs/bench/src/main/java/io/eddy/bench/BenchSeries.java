package io.eddy.bench;

import io.eddy.cli.CsvSource;
import io.eddy.cli.SimulatedFleet;
import io.eddy.train.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One series to forecast.
 *
 * @param millis event times, ascending
 * @param values one for each; NaN where missing
 */
record BenchSeries(String name, long[] millis, double[] values) {
    static final long HOUR = 3_600_000L;
    private static final int SIMULATED = 36;
    private static final int SIMULATED_STEPS = 1000;
    private static final long SEED = 11;

    /** Hourly series of the generator of base weights, which the benchmark does not use. */
    static List<BenchSeries> simulated() {
        List<BenchSeries> all = new ArrayList<>();
        for (int number = 0; all.size() < SIMULATED; number++) {
            Corpus.Series series = Corpus.series(SEED, number, SIMULATED_STEPS);
            if (series.stepMillis() == HOUR) {
                long[] millis = new long[SIMULATED_STEPS];
                Arrays.setAll(millis, t -> series.startMillis() + t * HOUR);
                all.add(new BenchSeries(series.name(), millis, series.values()));
            }
        }
        return all;
    }

    /** The next steps of a fleet that has one reading a step. */
    static List<BenchSeries> of(SimulatedFleet fleet, int steps) {
        Map<String, double[]> values = new HashMap<>();
        long[] millis = new long[steps];
        for (int step = 0; step < steps; step++) {
            int t = step;
            millis[t] = fleet.nextStepMillis();
            fleet.nextStep(reading ->
                    values.computeIfAbsent(reading.series(), name -> new double[steps])[t] = reading.value());
        }
        return fleet.series().stream()
                .map(name -> new BenchSeries(name, millis, Objects.requireNonNull(values.get(name))))
                .toList();
    }

    /** CSV files as a backtest reads them, every row a step; of rows of one time the first. */
    static List<BenchSeries> read(Path input, boolean wide, @Nullable String timeColumn) {
        Map<String, TreeMap<Long, Double>> points = new TreeMap<>();
        CsvSource.open("--input", input, wide, timeColumn)
                .read(bad -> {})
                .forEachInTimeOrder(row -> points.computeIfAbsent(row.series(), name -> new TreeMap<>())
                        .putIfAbsent(row.timeMillis(), row.value()));
        List<BenchSeries> all = new ArrayList<>();
        points.forEach((name, one) -> all.add(new BenchSeries(
                name,
                one.keySet().stream().mapToLong(Long::longValue).toArray(),
                one.values().stream().mapToDouble(Double::doubleValue).toArray())));
        return all;
    }

    /** The time before which this share of all rows lies. */
    static long cut(List<BenchSeries> all, double share) {
        long[] times = all.stream()
                .flatMapToLong(series -> Arrays.stream(series.millis))
                .sorted()
                .toArray();
        return times[(int) (share * (times.length - 1))];
    }
}
