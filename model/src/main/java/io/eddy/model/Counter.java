package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A series whose values are those of a counter, which only grows: bytes, or requests, since a start. Each step is worth what the counter has grown by
 * since the last step that had a value; where it is less than it was, it began anew at 0, as {@code increase()} of Prometheus has it. 17 bytes, and 32
 * for each step that is open.
 */
final class Counter {
    /** What has come for a step: the highest value, and the newest by event time, of two of the same time the higher. */
    private record Seen(double highest, double newest, long newestMillis) {
        Seen and(double value, long timeMillis) {
            boolean newer = timeMillis > newestMillis || (timeMillis == newestMillis && value > newest);
            return new Seen(Math.max(highest, value), newer ? value : newest, newer ? timeMillis : newestMillis);
        }
    }

    /** By the time at which each step begins, those that are open and have a value. */
    private final TreeMap<Long, Seen> open = new TreeMap<>();
    /** At the end of the newest step that had a value; NaN before the first. */
    private double last = Double.NaN;
    /** Event time at which that step began. */
    private long lastMillis = Long.MIN_VALUE;

    /** Takes a value of a step, no NaN; in any order. */
    void add(long startMillis, long timeMillis, double value) {
        Seen before = open.get(startMillis);
        open.put(startMillis, before == null ? new Seen(value, value, timeMillis) : before.and(value, timeMillis));
    }

    /**
     * Ends a step: what the counter has grown by, in each of the steps since the last that had a value alike.
     *
     * @param startMillis of the step; one that is not later than the last is passed over
     * @param stepMillis length of a step; 0: every reading is a step, however far from the last
     * @return NaN where that is not known: with the first value, and in a step without one
     */
    double close(long startMillis, long stepMillis) {
        Seen seen = open.remove(startMillis);
        if (seen == null || startMillis <= lastMillis) {
            return Double.NaN;
        }
        long steps = stepMillis == 0 ? 1 : (startMillis - lastMillis) / stepMillis;
        double grown = seen.highest < last ? seen.highest : seen.highest - last;
        // Within the step: it went on from the last value to the highest, then from 0. A little less than the highest
        // is no new beginning.
        boolean anew = seen.highest >= last && seen.newest < last;
        last = anew ? seen.newest : seen.highest;
        lastMillis = startMillis;
        return (anew ? grown + seen.newest : grown) / steps;
    }

    Counter copy() {
        Counter copy = new Counter();
        copy.open.putAll(open);
        copy.last = last;
        copy.lastMillis = lastMillis;
        return copy;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(last);
        out.writeLong(lastMillis);
        Bulk.writeSmall(out, open.size());
        for (Map.Entry<Long, Seen> step : open.entrySet()) {
            out.writeLong(step.getKey());
            out.writeDouble(step.getValue().highest);
            out.writeDouble(step.getValue().newest);
            out.writeLong(step.getValue().newestMillis);
        }
    }

    static Counter read(DataInput in) throws IOException {
        Counter counter = new Counter();
        counter.last = in.readDouble();
        counter.lastMillis = in.readLong();
        for (long left = Bulk.readSmall(in); left > 0; left--) {
            counter.open.put(in.readLong(), new Seen(in.readDouble(), in.readDouble(), in.readLong()));
        }
        return counter;
    }
}
