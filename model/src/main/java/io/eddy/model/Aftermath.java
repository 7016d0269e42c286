package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What follows an anomalous value that is away from the level which the series had before. While values stay away, on the same side, forecasts soon follow
 * them and find nothing odd in them, but they are the rest of an incident: their score says so, and raises no alarm. What is back at the level looks odd beside
 * such forecasts, and is hardly news. A series has none in normal times.
 */
final class Aftermath {
    /** The least score of a value of an aftermath: as odd as what raised the alarm, but below 1, at which alarms begin. */
    static final double SCORE = 0.95;
    /** The share of its score that a value which is back keeps: the forecast and the means that it is judged by still follow what was. */
    static final double IS_BACK = 0.5;
    /** Standard deviations of the values around their level, from which on they are away from it. */
    private static final double AWAY = 3;
    /** The same as a share of the range that was seen: where values have hardly moved for a while, three deviations are next to nothing. */
    private static final double OF_RANGE = 0.05;
    /** Steps after the last anomalous value; what stays for longer is how the series is. */
    private static final int LONGEST = 500;
    /** Steps after a value that is back at the level: so long the way back is no other incident, and the series may leave again. */
    private static final int BACK = 24;

    private final double level;
    /** To the nearest value that is still away, below 0 where the series went down. */
    private final double distance;

    private int left = LONGEST;

    private Aftermath(double level, double distance) {
        this.level = level;
        this.distance = distance;
    }

    /**
     * The aftermath that a series is in after its next value; null for none.
     *
     * @param now the one that it is in
     * @param level of the values before
     * @param deviation of usual values around their level, 0 or more
     * @param range of the values before, from the lowest to the highest
     */
    static @Nullable Aftermath next(
            @Nullable Aftermath now, double y, boolean anomalous, double level, double deviation, double range) {
        if (now == null || --now.left < 0) {
            double distance = Math.max(AWAY * deviation, OF_RANGE * range);
            boolean begins = anomalous && Math.abs(y - level) > distance;
            return begins ? new Aftermath(level, Math.copySign(distance, y - level)) : null;
        }
        boolean away = now.isAway(y);
        if (now.isBack(y)) {
            now.left = Math.min(now.left, BACK);
            return now;
        }
        if (anomalous) {
            return new Aftermath(now.level, away ? now.distance : -now.distance);
        }
        return now;
    }

    /** The aftermath that a series is in after steps that were not judged; null for none. */
    static @Nullable Aftermath pass(@Nullable Aftermath now, long steps) {
        if (now == null || steps > now.left) {
            return null;
        }
        now.left -= (int) steps;
        return now;
    }

    /** Whether a value is the rest of the incident: still away, and none was back since the last anomalous one. */
    boolean holds(double y) {
        return left > BACK && isAway(y);
    }

    /** Whether a value is back at the level before. */
    boolean isBack(double y) {
        return Math.abs(y - level) <= Math.abs(distance);
    }

    /** Whether a value lies as far from the level before, on the side of the anomaly. */
    private boolean isAway(double y) {
        return (y - level) * Math.signum(distance) > Math.abs(distance);
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(level);
        out.writeDouble(distance);
        out.writeShort(left);
    }

    static Aftermath read(DataInput in) throws IOException {
        Aftermath aftermath = new Aftermath(in.readDouble(), in.readDouble());
        aftermath.left = in.readShort();
        return aftermath;
    }
}
