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
import java.util.function.Consumer;
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

        /** Values that are not the last of their step. */
        long shared(long stepMillis) {
            long start = values.firstKey();
            return values.size()
                    - values.keySet().stream()
                            .mapToLong(time -> (time - start) / stepMillis)
                            .distinct()
                            .count();
        }
    }

    private static final class BadRows implements Consumer<CsvSource.BadRow> {
        long count;
        CsvSource.@Nullable BadRow first;

        @Override
        public void accept(CsvSource.BadRow row) {
            first = count++ == 0 ? row : first;
        }
    }

    private SuiteData() {}

    /**
     * The series that are long enough to be judged, by name.
     *
     * @param trouble takes what a person should know of rows that do not count
     * @throws IllegalArgumentException if a file cannot be read or no series is long enough
     */
    static List<SuiteSeries> read(SuiteSet set, Consumer<String> trouble) {
        List<SuiteSeries> series = switch (set.layout()) {
            case SIMULATED -> simulated(set);
            case PLAIN -> List.of(plain(set));
            case LONG, WIDE -> timed(set, trouble);
        };
        List<SuiteSeries> enough =
                series.stream().filter(one -> one.values().length > one.split()).toList();
        if (enough.isEmpty()) {
            throw new IllegalArgumentException(
                    "split: expected fewer rows than the longest series has, found " + set.split());
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
                series.add(new SuiteSeries(one.name(), one.startMillis(), one.values(), set.split(), 0));
            }
        }
        return series;
    }

    private static List<SuiteSeries> timed(SuiteSet set, Consumer<String> trouble) {
        Map<String, Points> points = new TreeMap<>();
        BadRows bad = new BadRows();
        read(set, set.path(), points, false, bad);
        if (set.testPath() != null) {
            read(set, set.testPath(), points, true, bad);
        }
        if (bad.first != null) {
            trouble.accept("set " + set.name() + ": " + bad.count + (bad.count == 1 ? " row" : " rows")
                    + " could not be read; the first is " + bad.first.place());
        }
        List<SuiteSeries> series = new ArrayList<>();
        points.forEach((name, one) -> {
            if (!one.values.isEmpty()) {
                series.add(onGrid(set, name, one));
            }
        });
        long shared = points.values().stream()
                .filter(one -> !one.values.isEmpty())
                .mapToLong(one -> one.shared(set.stepMillis()))
                .sum();
        if (shared > 0) {
            trouble.accept("set " + set.name() + ": of several values in a step of " + set.stepMillis() / 1000.0
                    + " s the last counts, " + shared + (shared == 1 ? " other does not" : " others do not"));
        }
        return series;
    }

    private static void read(SuiteSet set, @Nullable Path path, Map<String, Points> points, boolean test, BadRows bad) {
        if (path == null) {
            return;
        }
        CsvSource source = CsvSource.open(
                test ? "test_path" : "path", path, set.layout() == SuiteSet.Layout.WIDE, set.timeColumn());
        source.read(bad).forEachInTimeOrder(row -> {
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
        return new SuiteSeries(name, start, values, split, 0);
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
                    values.add(number(set, row, line));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("path: expected a readable file, found " + path, e);
        }
        if (values.stream().allMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException(
                    "column: expected one with numbers, found none in " + set.column() + " of " + path);
        }
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return new SuiteSeries(set.name(), START, all, set.split(), 0);
    }

    private static double number(SuiteSet set, CsvRecord row, int line) {
        String cell =
                set.column() < row.getFieldCount() ? row.getField(set.column()).trim() : "";
        try {
            return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(set.path() + " line " + line + ": expected a number, found " + cell, e);
        }
    }
}
