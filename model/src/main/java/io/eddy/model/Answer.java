package io.eddy.model;

import io.eddy.model.network.Classifier;
import io.eddy.model.network.Quantiles;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Forecaster#step} says about one step. One instance is used again and again; read it before the next step. */
public final class Answer {
    /** Horizon steps whose coverage is realised, besides the first. */
    public static final int[] LEADS = Leads.steps();

    /** True where a forecast for this step existed and the value was there to be judged. */
    public boolean scored;
    /** The value of the step; NaN where it is missing. */
    public double y;
    /** What was expected of this step one step before; NaN where nothing was. */
    public double yhat;
    /** The range within which the error of the value alone stays below a score of 1. */
    public double yhatLower;

    public double yhatUpper;
    /** log(p-value) / log(false-alarm rate): 0 as expected, 1 at the false-alarm rate, linear in the surprise beyond; an {@link Aftermath} changes it. */
    public double anomalyScore;
    /** The same before a rule held the alarm back; {@link #anomalyScore} is 0 then. */
    public double rawScore;
    /** Why a rule held the alarm back. */
    public Hold hold = Hold.NONE;
    /** Over normal data a fraction p of points has a p-value of at most p; 0.01 or more where a run of odd steps goes on and is hardly odder than before. */
    public double pValue;
    /**
     * How likely a person would call the step anomalous, 0 to 1, by the weights' {@link Classifier}; NaN where there is none, no value, or while the series
     * is warming up.
     */
    public double anomalyProbability = Double.NaN;
    /** Evidence against the false-alarm rate where a person is to be told; 0 where not, or where it belongs to what was told before. */
    public double alert;
    /** -1 below, 1 above, 0 as expected. */
    public int direction;

    public boolean isAnomaly;
    /** Why the series is still warming up; null when it is not. */
    public @Nullable String warmingUp;

    public Channel channel = Channel.SPIKE;
    /** Values of this series that were seen, this one included. */
    public long samplesSeen;
    /** Length of a step in milliseconds, given or learnt; 0 while unknown. */
    public long stepMillis;
    /** Version of the weights that made the forecast; 0 without. */
    public long version;
    /** Version of the weights that the hidden state was started with; 0 without. */
    public long memoryVersion;

    /** When {@link Listener#ask} is to be asked whether the series has fallen silent; {@link Listener#NEVER} where it need not be. */
    public long listenMillis = Listener.NEVER;

    public Incident.Change change = Incident.Change.NONE;

    /**
     * [horizon * {@link Quantiles#COUNT}], the quantiles of a step together and ascending, in the unit of the values; only {@link #steps} of them are of
     * now. In one array, for so it is copied into what is told.
     */
    public final double[] forecast;
    /** How many steps of the forecast were filled: the whole horizon, or only the first, which the next value is judged by. */
    public int steps;

    /** [horizon]: the value one season before; the last value where there is no season. */
    public final double[] seasonalNaive;

    /** Mean absolute one-step error of late. */
    public double realisedError;
    /** 1 - error / error of the seasonal-naive forecast, one step ahead. */
    public double realisedSkill;
    /** Share of actuals within the 80 % interval, one step ahead. */
    public double realisedCoverage80;
    /** Share of actuals within the 95 % interval, one step ahead. */
    public double realisedCoverage95;

    /** [leads]: the same for the {@link #LEADS}; NaN while too few were judged. */
    public final double[] leadCoverage95 = new double[LEADS.length];
    /** The members of the mixture: the experts, then the network. */
    public List<String> mixed = List.of();
    /** [mixed]: share of each in the median of the next step; together 1, or 0 before the first value. */
    public double[] weights = {};

    /** Says that nothing came and nothing was expected. */
    void nothing() {
        scored = false;
        y = Double.NaN;
        yhat = Double.NaN;
        yhatLower = Double.NaN;
        yhatUpper = Double.NaN;
        anomalyScore = 0;
        rawScore = 0;
        hold = Hold.NONE;
        pValue = 1;
        anomalyProbability = Double.NaN;
        alert = 0;
        direction = 0;
        isAnomaly = false;
        warmingUp = null;
        change = Incident.Change.NONE;
        listenMillis = Listener.NEVER;
        steps = 0;
    }

    /** How many steps ahead are forecast at the most. */
    public int horizon() {
        return seasonalNaive.length;
    }

    /** A quantile of the forecast so many steps ahead, 1 or more; its level is the one with that index in {@link Quantiles}. */
    public double quantile(int h, int quantile) {
        return forecast[Quantiles.place(h, quantile)];
    }

    /** All quantiles of the forecast so many steps ahead, 1 or more, [{@link Quantiles#COUNT}], ascending; a copy. */
    public double[] quantiles(int h) {
        return Arrays.copyOfRange(forecast, Quantiles.place(h, 0), Quantiles.place(h + 1, 0));
    }

    /** Whether the forecast of the whole horizon is there. */
    public boolean isWhole() {
        return steps == horizon();
    }

    /** Whether that forecast can be told: there was a value, and how long a step takes is known. */
    public boolean isIssued() {
        return isWhole() && stepMillis > 0 && samplesSeen > 0;
    }

    public Answer(int horizon) {
        forecast = new double[horizon * Quantiles.COUNT];
        seasonalNaive = new double[horizon];
    }
}
