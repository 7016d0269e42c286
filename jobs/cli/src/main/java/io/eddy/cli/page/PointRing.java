package io.eddy.cli.page;

/**
 * The newest points of one series in the order of their times, the columns as single-precision numbers. It begins small, doubles up to
 * its limit, and gives memory back when the limit falls.
 */
final class PointRing {
    private static final int FIRST_CAPACITY = 32;
    /** Status of a point that has a forecast and no score yet. */
    static final byte NO_STATUS = -1;

    private long[] times = new long[FIRST_CAPACITY];
    private int[] stamps = new int[FIRST_CAPACITY];
    private byte[] statuses = new byte[FIRST_CAPACITY];
    /** [{@link Column#COUNT}][capacity] */
    private float[][] columns = new float[Column.COUNT][FIRST_CAPACITY];

    private int first;
    private int size;

    int size() {
        return size;
    }

    private int place(int index) {
        return (first + index) % times.length;
    }

    long time(int index) {
        return times[place(index)];
    }

    /** The revision of the series at which the point was changed last. */
    int stamp(int index) {
        return stamps[place(index)];
    }

    byte status(int index) {
        return statuses[place(index)];
    }

    float get(Column column, int index) {
        return columns[column.ordinal()][place(index)];
    }

    void set(Column column, int index, float value) {
        columns[column.ordinal()][place(index)] = value;
    }

    void mark(int index, byte status, int stamp) {
        statuses[place(index)] = status;
        stamps[place(index)] = stamp;
    }

    /** The index of a point, or, as {@code -1 - index}, where it would be. */
    int find(long time) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int mid = (low + high) >>> 1;
            long at = time(mid);
            if (at == time) {
                return mid;
            }
            if (at < time) {
                low = mid + 1;
            } else {
                high = mid - 1;
            }
        }
        return -1 - low;
    }

    /**
     * The index of a point; an empty one is put in where there was none.
     *
     * @param limit points to keep, at least 1
     * @return -1 if the ring is full of newer points
     */
    int findOrInsert(long time, int limit) {
        resize(limit);
        int found = find(time);
        if (found >= 0) {
            return found;
        }
        int index = -1 - found;
        if (size == times.length) {
            if (index == 0) {
                return -1;
            }
            first = (first + 1) % times.length;
            size--;
            index--;
        }
        size++;
        for (int i = size - 1; i > index; i--) {
            copy(place(i - 1), place(i));
        }
        int place = place(index);
        times[place] = time;
        statuses[place] = NO_STATUS;
        for (float[] column : columns) {
            column[place] = Float.NaN;
        }
        return index;
    }

    private void copy(int from, int to) {
        times[to] = times[from];
        stamps[to] = stamps[from];
        statuses[to] = statuses[from];
        for (float[] column : columns) {
            column[to] = column[from];
        }
    }

    private void resize(int limit) {
        int capacity = times.length;
        if (capacity > limit) {
            move(limit);
        } else if (size == capacity && capacity < limit) {
            move(Math.min(2 * capacity, limit));
        }
    }

    /** Moves the newest points to arrays of the given length. */
    private void move(int capacity) {
        int keep = Math.min(size, capacity);
        int from = size - keep;
        long[] newTimes = new long[capacity];
        int[] newStamps = new int[capacity];
        byte[] newStatuses = new byte[capacity];
        float[][] newColumns = new float[Column.COUNT][capacity];
        for (int i = 0; i < keep; i++) {
            int place = place(from + i);
            newTimes[i] = times[place];
            newStamps[i] = stamps[place];
            newStatuses[i] = statuses[place];
            for (int c = 0; c < Column.COUNT; c++) {
                newColumns[c][i] = columns[c][place];
            }
        }
        times = newTimes;
        stamps = newStamps;
        statuses = newStatuses;
        columns = newColumns;
        first = 0;
        size = keep;
    }
}
