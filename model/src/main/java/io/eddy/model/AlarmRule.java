package io.eddy.model;

/**
 * Which anomalous values of a series are alarms. It holds alarms back and never makes one by itself; what is learnt and forecast is the same
 * with and without.
 *
 * @param silent no value is
 * @param direction 1: only values above the expected, -1: only those below, 0: both
 * @param minAbsolute least |value - expected|, in the unit of the values, 0 or more
 * @param minRelative least |value - expected| as a share of |expected|, 0 or more
 * @param k so many of the last n values have to be anomalous and not held back otherwise, 1 to n
 * @param n values, the newest one included, 1 to 64
 * @param falseAlarmRate share of normal values whose score reaches 1, in place of that of the options; 0: that of the options
 */
public record AlarmRule(
        boolean silent, int direction, double minAbsolute, double minRelative, int k, int n, double falseAlarmRate) {
    /** Holds nothing back. */
    static final AlarmRule NONE = new AlarmRule(false, 0, 0, 0, 1, 1, 0);

    public AlarmRule {
        Expected.that(direction >= -1 && direction <= 1, "direction", "-1, 0 or 1", direction);
        Expected.that(minAbsolute >= 0, "minAbsolute", "0 or more", minAbsolute);
        Expected.that(minRelative >= 0, "minRelative", "0 or more", minRelative);
        Expected.that(n >= 1 && n <= 64, "n", "1 to 64", n);
        Expected.that(k >= 1 && k <= n, "k", "1 to n", k);
        Expected.that(falseAlarmRate >= 0 && falseAlarmRate < 0.02, "falseAlarmRate", "0 to 0.02", falseAlarmRate);
    }

    /** Share of normal values whose score reaches 1, where that of the options is the usual one. */
    public double rate(double usual) {
        return falseAlarmRate == 0 ? usual : falseAlarmRate;
    }

    /** What speaks against an alarm, the values before apart. */
    Hold hold(double y, double yhat) {
        double deviation = Math.abs(y - yhat);
        if (silent) {
            return Hold.SILENT;
        }
        if (direction != 0 && Math.signum(y - yhat) != direction) {
            return Hold.DIRECTION;
        }
        if (deviation < minAbsolute) {
            return Hold.ABSOLUTE;
        }
        return deviation < minRelative * Math.abs(yhat) ? Hold.RELATIVE : Hold.NONE;
    }
}
