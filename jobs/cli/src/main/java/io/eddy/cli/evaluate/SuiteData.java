package io.eddy.cli.evaluate;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.eddy.cli.CsvSource;
import io.eddy.train.Corpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the series of a set. */
final class SuiteData {
    private static final int FIRST_SIMULATED = 500_000_000;
    /** A Monday, for what has no times. */
    private static final long START = 1_577_836_800_000L - 2 * 86_400_000L;

    /** Values by time of one series. */
    private static final class Points {
        final TreeMap<Long, Double> values = new TreeMap<>();
        /** The first time of the test file. */
        long split = Long.MAX_VALUE;
    }

    private SuiteData() {}

    /**
     * The series that are long enough to be judged, by name.
     *
     * @throws IllegalArgumentException if a file cannot be read or no series is long enough
     */
    static List<SuiteSeries> read(SuiteSet set) {
        List<SuiteSeries> series = switch (set.layout()) {
            case SIMULATED -> simulated(set);
            case PLAIN -> List.of(plain(set));
            case LONG, WIDE -> timed(set);
        };
        List<SuiteSeries> enough =
                series.stream().filter(one -> one.values().length > one.split()).toList();
        if (enough.isEmpty()) {
            throw new IllegalArgumentException(
                    "set " + set.name() + ": expected a series longer than split=" + set.split() + " rows, found none");
        }
        return enough;
    }

    /** Series of the generator that have the set's step; told apart from those of pretraining by their numbers. */
    private static List<SuiteSeries> simulated(SuiteSet set) {
        List<SuiteSeries> series = new ArrayList<>();
        int length = Math.min(set.maxRows(), 1400);
        for (int number = FIRST_SIMULATED; series.size() < set.series(); number++) {
            Corpus.Series one = Corpus.series(set.seed(), number, length);
            if (one.stepMillis() == set.stepMillis() && !Double.isNaN(one.values()[0])) {
                series.add(new SuiteSeries(one.name(), one.startMillis(), one.values(), set.split()));
            }
        }
        return series;
    }

    private static List<SuiteSeries> timed(SuiteSet set) {
        Map<String, Points> points = new TreeMap<>();
        read(set, set.path(), points, false);
        if (set.testPath() != null) {
            read(set, set.testPath(), points, true);
        }
        List<SuiteSeries> series = new ArrayList<>();
        points.forEach((name, one) -> {
            if (!one.values.isEmpty()) {
                series.add(onGrid(set, name, one));
            }
        });
        return series;
    }

    private static void read(SuiteSet set, @Nullable Path path, Map<String, Points> points, boolean test) {
        if (path == null) {
            return;
        }
        CsvSource source = CsvSource.open(path, set.layout() == SuiteSet.Layout.WIDE, set.timeColumn());
        source.read(bad -> {}).forEachInTimeOrder(row -> {
            Points one = points.computeIfAbsent(row.series(), name -> new Points());
            if (!Double.isNaN(row.value())) {
                one.values.putIfAbsent(row.timeMillis(), row.value());
                one.split = test ? Math.min(one.split, row.timeMillis()) : one.split;
            }
        });
    }

    private static SuiteSeries onGrid(SuiteSet set, String name, Points points) {
        long start = points.values.firstKey();
        long rows = Math.min(set.maxRows(), (points.values.lastKey() - start) / set.stepMillis() + 1);
        double[] values = new double[(int) rows];
        Arrays.fill(values, Double.NaN);
        points.values.forEach((time, value) -> {
            long row = (time - start) / set.stepMillis();
            if (row < rows) {
                values[(int) row] = value;
            }
        });
        int split = points.split == Long.MAX_VALUE ? set.split() : (int) ((points.split - start) / set.stepMillis());
        return new SuiteSeries(name, start, values, split);
    }

    private static SuiteSeries plain(SuiteSet set) {
        List<Double> values = new ArrayList<>();
        Path path = set.path();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(Files.newInputStream(Objects.requireNonNull(path)), StandardCharsets.UTF_8)) {
            int line = 0;
            for (CsvRecord row : reader) {
                line++;
                if (line > set.skipLines() && values.size() < set.maxRows()) {
                    values.add(number(row, set.column(), line));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("set " + set.name() + ": expected a readable file, found " + path, e);
        }
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return new SuiteSeries(set.name(), START, all, set.split());
    }

    private static double number(CsvRecord row, int column, int line) {
        String cell = column < row.getFieldCount() ? row.getField(column).trim() : "";
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("line " + line + ": expected a number, found " + cell, e);
        }
    }
}
