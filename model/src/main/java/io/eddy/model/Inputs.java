package io.eddy.model;

import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What enters a network at every step: the {@link History#INPUTS} numbers that always do, then those that were asked for. Forecasting and
 * training fill them here alone.
 *
 * @param extras those asked for, in their order, none twice
 * @param holidays the days that are holidays; looked at by {@link Extra#HOLIDAY} and {@link Extra#HOLIDAY_TOMORROW}
 * @param zone where these days begin and end
 */
public record Inputs(List<Extra> extras, Set<LocalDate> holidays, ZoneId zone) implements Serializable {
    /** What may enter beside the usual inputs. Weights name them by their {@link #text}. */
    public enum Extra {
        /** Steps without a value just before this one (the time gap of GRU-D, Che et al. 2018), asinh; 0 where the step before had one. */
        TIME_SINCE,
        /** The value one season before as its distance from the level, in scales, asinh; 0 without a season or that value. */
        SEASON_AGO,
        /** 1 where the step begins on a holiday, otherwise 0. */
        HOLIDAY,
        /** 1 where it begins on the day before a holiday, otherwise 0. */
        HOLIDAY_TOMORROW;

        /** The name in options and weights, e.g. {@code time_since}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The usual inputs alone. */
    public static final Inputs USUAL = new Inputs(List.of(), Set.of(), ZoneOffset.UTC);

    public Inputs {
        extras = List.copyOf(extras);
        holidays = Set.copyOf(holidays);
        if (Set.copyOf(extras).size() < extras.size()) {
            throw new IllegalArgumentException("extras: expected each once, found " + extras);
        }
    }

    /**
     * Inputs from the names of the extras.
     *
     * @throws IllegalArgumentException if a name is unknown or comes twice
     */
    public static Inputs of(List<String> names, Set<LocalDate> holidays, ZoneId zone) {
        return new Inputs(names.stream().map(Inputs::extra).toList(), holidays, zone);
    }

    static Extra extra(String name) {
        for (Extra extra : Extra.values()) {
            if (extra.text().equals(name)) {
                return extra;
            }
        }
        throw new IllegalArgumentException(
                "extras: expected some of " + Arrays.toString(Extra.values()) + ", found " + name);
    }

    /** How many numbers enter. */
    public int count() {
        return History.INPUTS + extras.size();
    }

    /** The names of the extras, in their order. */
    public List<String> names() {
        return extras.stream().map(Extra::text).toList();
    }

    /** Whether the calendar has to know the holidays. */
    boolean knowsHolidays() {
        return !holidays.isEmpty() && (extras.contains(Extra.HOLIDAY) || extras.contains(Extra.HOLIDAY_TOMORROW));
    }

    /**
     * Fills the inputs of the newest step.
     *
     * @param x [{@link #count}]
     * @param calendar of the time of that step, made with these inputs
     */
    void fill(float[] x, History history, Calendar calendar) {
        history.inputs(x, calendar);
        for (int i = 0; i < extras.size(); i++) {
            x[History.INPUTS + i] = switch (extras.get(i)) {
                case TIME_SINCE -> history.gap();
                case SEASON_AGO -> history.seasonAgo();
                case HOLIDAY -> calendar.holiday;
                case HOLIDAY_TOMORROW -> calendar.holidayTomorrow;
            };
        }
    }
}
