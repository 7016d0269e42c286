package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The open event of a series: anomalous points that belong together, from the first one until it has been quiet for a while. */
public final class Incident {
    /** What became of the event with the last point. */
    public enum Change {
        NONE,
        OPEN,
        UPDATE,
        CLOSE
    }

    private static final double STRONGER = 1.3;
    /** After this many anomalous points in a row the new behaviour is learnt; until then the history holds what was expected instead. */
    static final int PERSISTENCE = 3;

    private boolean open;
    private long startMillis;
    private long lastMillis;
    private long peakMillis;
    private double peakScore;
    private double notifiedScore;
    private int points;
    private int quiet;
    private int direction;
    private int run;
    private Channel channel = Channel.SPIKE;
    /** Whether the episode was worth telling before it reached the threshold, so that no event opened. */
    private boolean owed;

    public boolean isOpen() {
        return open;
    }

    /** Event time of the first anomalous point. */
    public long startMillis() {
        return startMillis;
    }

    /** Event time of the newest anomalous point. */
    public long lastMillis() {
        return lastMillis;
    }

    public long peakMillis() {
        return peakMillis;
    }

    public double peakScore() {
        return peakScore;
    }

    /** Anomalous points so far. */
    public int points() {
        return points;
    }

    /** -1 below, 1 above, 0 neither: of the peak. */
    public int direction() {
        return direction;
    }

    /** The channel of the peak. */
    public Channel channel() {
        return channel;
    }

    /**
     * Counts on.
     *
     * @param odd whether the newest point is anomalous, told or not
     * @return anomalous points at the end without a normal one between
     */
    int run(boolean odd) {
        run = odd ? run + 1 : 0;
        return run;
    }

    /**
     * Takes the next point.
     *
     * @param told whether a person is to be told of it; an event opens with such a point, or with the first anomalous one after it, and other
     *     anomalous points after a close belong to what was told before
     * @param mergeGap normal points that close an event
     */
    Change observe(
            long timeMillis,
            boolean anomalous,
            boolean told,
            double score,
            int direction,
            Channel channel,
            int mergeGap) {
        owed |= told && !anomalous;
        if (!anomalous) {
            if (!open || ++quiet < mergeGap) {
                return Change.NONE;
            }
            open = false;
            return Change.CLOSE;
        }
        boolean opens = !open;
        if (opens && !told && !owed) {
            return Change.NONE;
        }
        owed = false;
        if (opens) {
            open = true;
            startMillis = timeMillis;
            points = 0;
            peakScore = 0;
            notifiedScore = score;
        }
        quiet = 0;
        points++;
        lastMillis = timeMillis;
        if (score > peakScore) {
            peakScore = score;
            peakMillis = timeMillis;
            this.direction = direction;
            this.channel = channel;
        }
        if (opens) {
            return Change.OPEN;
        }
        if (peakScore > STRONGER * notifiedScore) {
            notifiedScore = peakScore;
            return Change.UPDATE;
        }
        return Change.NONE;
    }

    /**
     * Takes what happens in a span as normal: an event there ends, and anomalous points that follow at once, told or not, are learnt from.
     *
     * @return whether an event was open there
     */
    boolean accept(long fromMillis, long toMillis) {
        run = run > 0 ? PERSISTENCE : 0;
        if (!open || lastMillis < fromMillis || startMillis > toMillis) {
            return false;
        }
        open = false;
        return true;
    }

    /** What the third format holds beyond the earlier ones. */
    void writeRun(DataOutput out) throws IOException {
        out.writeInt(run);
    }

    void readRun(DataInput in) throws IOException {
        run = in.readInt();
    }

    /** What the fourth format holds beyond the earlier ones. */
    void writeOwed(DataOutput out) throws IOException {
        out.writeBoolean(owed);
    }

    void readOwed(DataInput in) throws IOException {
        owed = in.readBoolean();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(open);
        out.writeLong(startMillis);
        out.writeLong(lastMillis);
        out.writeLong(peakMillis);
        out.writeDouble(peakScore);
        out.writeDouble(notifiedScore);
        out.writeInt(points);
        out.writeInt(quiet);
        out.writeByte(direction);
        out.writeByte(channel.ordinal());
    }

    void read(DataInput in) throws IOException {
        open = in.readBoolean();
        startMillis = in.readLong();
        lastMillis = in.readLong();
        peakMillis = in.readLong();
        peakScore = in.readDouble();
        notifiedScore = in.readDouble();
        points = in.readInt();
        quiet = in.readInt();
        direction = in.readByte();
        channel = Channel.values()[in.readByte()];
    }
}
