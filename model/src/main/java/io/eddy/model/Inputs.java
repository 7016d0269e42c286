package io.eddy.model;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What enters a network at every step: the {@link History#INPUTS} numbers that always do, then those that were asked for. Forecasting and
 * training fill them here alone.
 *
 * @param extras those asked for, in their order, none twice
 * @param covariates names of those whose value and mask enter after the extras, in their order
 * @param holidays the days that are holidays; looked at by {@link Extra#HOLIDAY} and {@link Extra#HOLIDAY_TOMORROW}
 * @param zone where these days begin and end
 */
public record Inputs(List<Extra> extras, List<String> covariates, Set<LocalDate> holidays, ZoneId zone)
        implements Serializable {
    /** What may enter beside the usual inputs. Weights name them by their {@link #text}. */
    public enum Extra {
        /** Steps without a value just before this one (the time gap of GRU-D, Che et al. 2018), asinh; 0 where the step before had one. */
        TIME_SINCE,
        /** The value one season before as its distance from the level, in scales, asinh; 0 without a season or that value. */
        SEASON_AGO,
        /** 1 where the step begins on a holiday, otherwise 0. */
        HOLIDAY,
        /** 1 where it begins on the day before a holiday, otherwise 0. */
        HOLIDAY_TOMORROW,
        /** Sine of the minute of the hour, as an angle of the hour. */
        MINUTE_SINE,
        /** Its cosine. */
        MINUTE_COSINE;

        /** The name in options and weights, e.g. {@code time_since}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Before the name of a covariate in those of the inputs: its value, and the mask beside it. */
    private static final String FIELD = "field:";

    private static final String MASK = "mask:";

    /** The usual inputs alone. */
    public static final Inputs USUAL = new Inputs(List.of(), List.of(), Set.of(), ZoneOffset.UTC);

    public Inputs {
        extras = List.copyOf(extras);
        covariates = List.copyOf(covariates);
        holidays = Set.copyOf(holidays);
        if (Set.copyOf(extras).size() < extras.size()) {
            throw new IllegalArgumentException("extras: expected each once, found " + extras);
        }
    }

    /**
     * Inputs from the names of those beside the usual ones.
     *
     * @param names extras, then {@code field:} and {@code mask:} of each covariate side by side
     * @throws IllegalArgumentException if a name is unknown, comes twice or stands where it should not
     */
    public static Inputs of(List<String> names, Set<LocalDate> holidays, ZoneId zone) {
        Inputs inputs = new Inputs(
                names.stream()
                        .filter(name -> name.indexOf(':') < 0)
                        .map(Inputs::extra)
                        .toList(),
                names.stream()
                        .filter(name -> name.startsWith(FIELD))
                        .map(name -> name.substring(FIELD.length()))
                        .toList(),
                holidays,
                zone);
        if (!inputs.names().equals(names)) {
            throw new IllegalArgumentException("extras: expected " + inputs.names() + ", found " + names);
        }
        return inputs;
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

    /**
     * Whether a step had a value, by its inputs.
     *
     * @param x inputs of several steps, one after the other
     * @param from where those of the step begin
     */
    public static boolean hasValue(float[] x, int from) {
        return x[from + History.HAS_VALUE] != 0;
    }

    /** How many numbers enter. */
    public int count() {
        return History.INPUTS + extras.size() + 2 * covariates.size();
    }

    /** The names of those beside the usual ones, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        extras.forEach(extra -> names.add(extra.text()));
        for (String covariate : covariates) {
            names.add(FIELD + covariate);
            names.add(MASK + covariate);
        }
        return List.copyOf(names);
    }

    /**
     * Says why a network cannot forecast from these inputs.
     *
     * @return null if it can
     */
    @Nullable
    String misfit(Architecture network) {
        if (!network.extras().equals(names())) {
            return "inputs: expected " + names() + " beside the usual ones, found " + network.extras()
                    + "; retrain or set model.inputs and model.covariates to match";
        }
        if (network.inputs() != count()) {
            return "inputs: expected " + count() + ", found " + network.inputs();
        }
        if (network.quantiles() != Quantiles.COUNT) {
            return "quantiles: expected " + Quantiles.COUNT + ", found " + network.quantiles();
        }
        return null;
    }

    /** A calendar that knows what of a time enters. */
    Calendar calendar() {
        boolean asksHolidays = extras.contains(Extra.HOLIDAY) || extras.contains(Extra.HOLIDAY_TOMORROW);
        boolean asksMinutes = extras.contains(Extra.MINUTE_SINE) || extras.contains(Extra.MINUTE_COSINE);
        return new Calendar(asksHolidays ? holidays : Set.of(), zone, asksMinutes);
    }

    /**
     * Fills the inputs of the newest step.
     *
     * @param x [{@link #count}]
     * @param known of the covariates at that step; where they are others than those that enter, these are missing
     * @param calendar of the time of that step, see {@link #calendar}
     */
    void fill(float[] x, History history, Covariates known, Calendar calendar) {
        history.inputs(x, calendar);
        for (int i = 0; i < extras.size(); i++) {
            x[History.INPUTS + i] = switch (extras.get(i)) {
                case TIME_SINCE -> gap(history);
                case SEASON_AGO -> seasonAgo(history);
                case HOLIDAY -> calendar.holiday;
                case HOLIDAY_TOMORROW -> calendar.holidayTomorrow;
                case MINUTE_SINE -> calendar.minuteSine;
                case MINUTE_COSINE -> calendar.minuteCosine;
            };
        }
        if (!covariates.isEmpty()) {
            int from = History.INPUTS + extras.size();
            if (known.are(covariates)) {
                known.fill(x, from);
            } else {
                Arrays.fill(x, from, from + 2 * covariates.size(), 0);
            }
        }
    }

    /** Steps without a value just before the newest one, as far as they are remembered, asinh. */
    private static float gap(History history) {
        int known = (int) Math.min(history.steps(), Ring.CAPACITY);
        int lag = 1;
        while (lag < known && Double.isNaN(history.ago(lag))) {
            lag++;
        }
        return Asinh.of(lag - 1);
    }

    /** The value one season before the newest step as its distance from the level, in scales, asinh; 0 where there is none. */
    private static float seasonAgo(History history) {
        int season = history.seasons.season();
        double value = season == 0 ? Double.NaN : history.ago(season);
        return Double.isNaN(value) ? 0 : Asinh.of((value - history.level()) / history.scale());
    }
}
