package io.eddy.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/** A time as angles of its day, its week and its hour (UTC), and its day as a holiday. Kept from one series to the next: many step at the same time. */
final class Calendar {
    static final int ANGLES = 4;
    private static final double DAY_MILLIS = 86_400_000.0;
    private static final long HOUR_MILLIS = 3_600_000;

    /** [{@link #ANGLES}]: sine and cosine of the day, sine and cosine of the week, each -1 to 1. */
    final float[] angles = new float[ANGLES];
    /** 1 on a holiday, otherwise 0; and the same of the next day. */
    float holiday;

    float holidayTomorrow;
    /** The minute of the hour as an angle of the hour, each -1 to 1. */
    float minuteSine;

    float minuteCosine;

    private final Set<LocalDate> holidays;
    private final ZoneId zone;
    private final boolean knowsMinutes;
    private long millis = Long.MIN_VALUE;

    /**
     * @param holidays the days that are holidays
     * @param zone where these days begin and end
     * @param knowsMinutes whether the minute of the hour is asked for
     */
    Calendar(Set<LocalDate> holidays, ZoneId zone, boolean knowsMinutes) {
        this.holidays = holidays;
        this.zone = zone;
        this.knowsMinutes = knowsMinutes;
    }

    Calendar at(long timeMillis) {
        if (timeMillis != millis) {
            millis = timeMillis;
            double day = 2 * Math.PI * (timeMillis / DAY_MILLIS);
            angles[0] = (float) Math.sin(day);
            angles[1] = (float) Math.cos(day);
            angles[2] = (float) Math.sin(day / 7);
            angles[3] = (float) Math.cos(day / 7);
            if (knowsMinutes) {
                double hour = 2 * Math.PI * Math.floorMod(timeMillis, HOUR_MILLIS) / HOUR_MILLIS;
                minuteSine = (float) Math.sin(hour);
                minuteCosine = (float) Math.cos(hour);
            }
            if (!holidays.isEmpty()) {
                LocalDate date = LocalDate.ofInstant(Instant.ofEpochMilli(timeMillis), zone);
                holiday = holidays.contains(date) ? 1 : 0;
                holidayTomorrow = holidays.contains(date.plusDays(1)) ? 1 : 0;
            }
        }
        return this;
    }
}
