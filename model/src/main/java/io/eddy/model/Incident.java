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
        CLOSE,
        /** It closed because its level has become the normal one. */
        ACCEPT
    }

    private static final double STRONGER = 1.3;

    private boolean open;
    private long startMillis;
    private long lastMillis;
    private long peakMillis;
    private double peakScore;
    private double notifiedScore;
    private int points;
    private int quiet;
    private int direction;
    private Channel channel = Channel.SPIKE;
    /** Whether the episode was told by its evidence before its score reached the threshold: its first anomalous point opens the event. */
    private boolean foretold;

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
        foretold |= told && !anomalous;
        if (!anomalous) {
            if (!open || ++quiet < mergeGap) {
                return Change.NONE;
            }
            open = false;
            return Change.CLOSE;
        }
        boolean opens = !open;
        if (opens && !told && !foretold) {
            return Change.NONE;
        }
        foretold = false;
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

    /** What was foretold is a routine that was told on a day before: its first anomalous point opens nothing. */
    void dismiss() {
        foretold = false;
    }

    /** Begins an event of steps that did not come; an open one is over. */
    Change miss(long startMillis, long newestMillis, long missing) {
        open = true;
        this.startMillis = startMillis;
        lastMillis = newestMillis;
        peakMillis = newestMillis;
        peakScore = 1;
        notifiedScore = 1;
        points = (int) Math.min(missing, Integer.MAX_VALUE);
        quiet = 0;
        foretold = false;
        direction = 0;
        channel = Channel.SILENCE;
        return Change.OPEN;
    }

    /** Ends the open event of steps that did not come, the newest of which is given; nothing where a person has closed it. */
    Change comeBack(long newestMillis, long missing) {
        if (!open) {
            return Change.NONE;
        }
        open = false;
        lastMillis = newestMillis;
        points = (int) Math.min(missing, Integer.MAX_VALUE);
        return Change.CLOSE;
    }

    /** Whether the open or last event, if there was one, has a point in a span of event time. */
    boolean overlaps(long fromMillis, long toMillis) {
        return points > 0 && startMillis <= toMillis && lastMillis >= fromMillis;
    }

    /** Ends the open event, for its newest point is on a level that is normal from now on; without an open one nothing is told. */
    Change accept() {
        if (!open) {
            return Change.NONE;
        }
        open = false;
        return Change.ACCEPT;
    }

    /**
     * Takes what happened in a span as normal: an event there ends.
     *
     * @return whether an event was open there
     */
    boolean accept(long fromMillis, long toMillis) {
        if (!open || !overlaps(fromMillis, toMillis)) {
            return false;
        }
        open = false;
        return true;
    }

    /** What the fourth format holds beyond the earlier ones. */
    void writeForetold(DataOutput out) throws IOException {
        out.writeBoolean(foretold);
    }

    void readForetold(DataInput in) throws IOException {
        foretold = in.readBoolean();
    }

    void write(DataOutput out) throws IOException {
        out.writeBoolean(open);
        out.writeLong(lastMillis);
        Bulk.writeSmall(out, lastMillis - startMillis);
        Bulk.writeSmall(out, lastMillis - peakMillis);
        out.writeDouble(peakScore);
        out.writeDouble(notifiedScore);
        Bulk.writeSmall(out, points);
        Bulk.writeSmall(out, quiet);
        out.writeByte(direction);
        out.writeByte(channel.ordinal());
    }

    void read(DataInput in, int format) throws IOException {
        open = in.readBoolean();
        if (format < 9) {
            startMillis = in.readLong();
            lastMillis = in.readLong();
            peakMillis = in.readLong();
        } else {
            lastMillis = in.readLong();
            startMillis = lastMillis - Bulk.readSmall(in);
            peakMillis = lastMillis - Bulk.readSmall(in);
        }
        peakScore = in.readDouble();
        notifiedScore = in.readDouble();
        points = Bulk.readSmall(in, format);
        quiet = Bulk.readSmall(in, format);
        direction = in.readByte();
        channel = Channel.values()[in.readByte()];
    }
}
