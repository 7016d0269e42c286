package io.eddy.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The rows of one series in primitive arrays, 16 bytes each. */
final class SeriesRows {
    final String series;
    private long[] times = new long[16];
    private double[] values = new double[16];
    private int size;
    private boolean inOrder = true;

    SeriesRows(String series) {
        this.series = series;
    }

    void add(long timeMillis, double value) {
        if (size == times.length) {
            int capacity = size + size / 2;
            times = Arrays.copyOf(times, capacity);
            values = Arrays.copyOf(values, capacity);
        }
        inOrder &= size == 0 || times[size - 1] <= timeMillis;
        times[size] = timeMillis;
        values[size] = value;
        size++;
    }

    /** Sorts by time; rows of one time stay in the order they came. */
    void sort() {
        if (inOrder) {
            return;
        }
        long[] unsortedTimes = times;
        double[] unsortedValues = values;
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(row -> unsortedTimes[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        times = Arrays.stream(order).mapToLong(row -> unsortedTimes[row]).toArray();
        values = Arrays.stream(order).mapToDouble(row -> unsortedValues[row]).toArray();
        inOrder = true;
    }

    int size() {
        return size;
    }

    long time(int row) {
        return times[row];
    }

    double value(int row) {
        return values[row];
    }
}
