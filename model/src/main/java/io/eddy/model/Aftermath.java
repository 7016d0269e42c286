package io.eddy.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What follows an anomalous value while the series stays away, on the same side, from the level that it had before. Forecasts soon follow such values and
 * find nothing odd in them, but they are the rest of an incident: their score says so, and raises no alarm. A series has none in normal times.
 */
final class Aftermath {
    /** The least score of a value of an aftermath: nearly that of one in a thousand, and below 1, at which alarms begin. */
    static final double SCORE = 0.72;
    /** Standard deviations of the values around their level, from which on they are away from it. */
    private static final double AWAY = 3;
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
     */
    static @Nullable Aftermath next(
            @Nullable Aftermath now, double y, boolean anomalous, double level, double deviation) {
        if (now == null || --now.left < 0) {
            return anomalous ? new Aftermath(level, Math.copySign(AWAY * deviation, y - level)) : null;
        }
        boolean away = now.isAway(y);
        if (!away && Math.abs(y - now.level) <= Math.abs(now.distance)) {
            now.left = Math.min(now.left, BACK);
            return now;
        }
        if (anomalous) {
            return new Aftermath(now.level, away ? now.distance : -now.distance);
        }
        return now;
    }

    /** Whether a value lies as far from the level before, on the side of the anomaly. */
    boolean isAway(double y) {
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
