package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/** What a reading of a series meets: the steps that are not over, the labels of the newest reading, and when the newest step began that is over. */
public final class Inbox {
    private OpenSteps open = new OpenSteps();
    private Map<String, String> labels = Map.of();
    private long lastMillis = Long.MIN_VALUE;

    /** The steps that are not over yet. */
    public OpenSteps open() {
        return open;
    }

    /** The labels of the newest reading. */
    public Map<String, String> labels() {
        return labels;
    }

    /** Remembers the labels of a reading. */
    public void labels(Map<String, String> newest) {
        if (!labels.equals(newest)) {
            labels = Labels.of(newest);
        }
    }

    /** Event time of the newest step that was taken, in milliseconds; {@link Long#MIN_VALUE} before the first. */
    public long lastMillis() {
        return lastMillis;
    }

    /** The last millisecond of that step; {@link Long#MIN_VALUE} before the first. */
    public long endOfNewest(long stepMillis) {
        return lastMillis == Long.MIN_VALUE ? Long.MIN_VALUE : OpenSteps.endOf(lastMillis, stepMillis);
    }

    void lastMillis(long millis) {
        lastMillis = millis;
    }

    /** One that nothing done to this changes. */
    public Inbox copy() {
        Inbox copy = new Inbox();
        copy.open = open.copy();
        copy.labels = labels;
        copy.lastMillis = lastMillis;
        return copy;
    }

    /** Writes all of it, in the format of {@link Memory#FORMAT}. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(lastMillis);
        open.write(out);
        open.writeRest(out);
        Bulk.write(out, labels);
    }

    /** Reads what {@link #write} of this version wrote. */
    public static Inbox read(DataInput in) throws IOException {
        Inbox inbox = new Inbox();
        inbox.lastMillis = in.readLong();
        inbox.open.read(in, Bulk.FORMAT);
        inbox.open.readRest(in);
        inbox.labels = Labels.of(Bulk.readMap(in, Bulk.FORMAT));
        return inbox;
    }

    /** Formats before the thirteenth held the steps and the labels further on. */
    void readTwelfth(DataInput in, int format) throws IOException {
        open.read(in, format);
        labels = Labels.of(Bulk.readMap(in, format));
    }
}
