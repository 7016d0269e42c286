package io.eddy.bench;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import io.eddy.model.Scoring;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often p-values come up in normal times: on a simulated fleet, and on the points of KPI that nobody labelled, with the labelled ones fed as they came
 * and with them taken out before, as missing values. Beside the share of series within a
 * factor of two of the level stand the share that a perfect score would reach, for of so many points in a series a few are expected, and their number
 * is a Poisson variable; how many are expected; and the share of series with as many as the factor or chance allows. What is told in the first {@link #WARM_UP} steps is counted apart.
 */
final class CalibrationRows {
    private static final int STEPS = 20_000;
    private static final int WARM_UP = 1000;
    /** A young series: from its first answer on. */
    private static final int YOUNG = 48;

    private static final double[] LEVELS = {1e-2, 1e-3, 1e-4};
    /** Of the numbers of points that come by chance on either side of the 95 % that are nearest. */
    private static final double BY_CHANCE = 0.025;

    private final String side;
    private final Forecaster forecaster = EddyDetector.forecaster(EddyDetector.LEAN, Scoring.USUAL);
    private final Answer answer = new Answer(1);
    private final double[] shares = new double[LEVELS.length];
    private final double[] within = new double[LEVELS.length];
    private final double[] perfect = new double[LEVELS.length];
    private final double[] withinOrChance = new double[LEVELS.length];
    private final double[] expectedPoints = new double[LEVELS.length];
    private double told;
    private double young;
    private int series;

    private CalibrationRows(String side) {
        this.side = side;
    }

    /**
     * The figures.
     *
     * @param kpi null: without
     * @param count simulated series
     */
    static List<Row> of(@Nullable List<LabelledSeries> kpi, int count) {
        List<Row> rows = new ArrayList<>();
        CalibrationRows fleet = new CalibrationRows("normal-fleet/eddy");
        long[] millis = new long[STEPS];
        for (int t = 0; t < STEPS; t++) {
            millis[t] = NormalFleet.millis(t);
        }
        for (int k = 0; k < count; k++) {
            fleet.add(millis, NormalFleet.series(k, STEPS), new boolean[STEPS]);
        }
        fleet.addTo(rows);
        if (kpi != null) {
            CalibrationRows unlabelled = new CalibrationRows("kpi-normal/eddy");
            kpi.forEach(one -> unlabelled.add(one.millis(), one.values()[0], one.anomalous()));
            unlabelled.addTo(rows);
            CalibrationRows without = new CalibrationRows("kpi-without-labelled/eddy");
            kpi.forEach(one -> without.add(one.millis(), unlabelled(one), one.anomalous()));
            without.addTo(rows);
        }
        return rows;
    }

    /** The values of a series, its labelled ones missing. */
    private static double[] unlabelled(LabelledSeries series) {
        double[] values = series.values()[0].clone();
        for (int t = 0; t < values.length; t++) {
            values[t] = series.anomalous()[t] ? Double.NaN : values[t];
        }
        return values;
    }

    private void add(long[] millis, double[] values, boolean[] anomalous) {
        Memory memory = new Memory();
        int[] counts = new int[LEVELS.length];
        int points = 0;
        for (int t = 0; t < values.length; t++) {
            forecaster.step(memory, EddyDetector.SHIPPED, millis[t], values[t], answer);
            if (t < YOUNG || anomalous[t] || !answer.scored) {
                continue;
            }
            if (t < WARM_UP) {
                young++;
                told += answer.change == Incident.Change.OPEN ? 1 : 0;
                continue;
            }
            points++;
            for (int i = 0; i < LEVELS.length; i++) {
                counts[i] += answer.pValue <= LEVELS[i] ? 1 : 0;
            }
        }
        for (int i = 0; i < LEVELS.length; i++) {
            double expected = points * LEVELS[i];
            shares[i] += (double) counts[i] / points;
            boolean isWithin = counts[i] >= expected / 2 && counts[i] <= expected * 2;
            within[i] += isWithin ? 1 : 0;
            withinOrChance[i] += isWithin || isChance(counts[i], expected) ? 1 : 0;
            expectedPoints[i] += expected;
            perfect[i] += poisson(expected, (int) Math.ceil(expected / 2), (int) Math.floor(expected * 2));
        }
        series++;
    }

    /** Whether so many points lie in the middle 95 % of a Poisson variable. */
    static boolean isChance(int count, double expected) {
        double less = poisson(expected, 0, count - 1);
        return less <= 1 - BY_CHANCE && less + poisson(expected, count, count) >= BY_CHANCE;
    }

    /** The probability that a Poisson variable lies between two numbers, both included. */
    static double poisson(double mean, int from, int to) {
        double logTerm = -mean;
        double sum = 0;
        for (int k = 0; k <= to; k++) {
            sum += k >= from ? Math.exp(logTerm) : 0;
            logTerm += Math.log(mean) - Math.log(k + 1);
        }
        return sum;
    }

    private void addTo(List<Row> rows) {
        for (int i = 0; i < LEVELS.length; i++) {
            String level = "p_at_most_" + LEVELS[i];
            rows.add(row(level, shares[i], "share of points"));
            rows.add(row(level + "_within_2", within[i], "share of series"));
            rows.add(row(level + "_within_2_at_best", perfect[i], "share of series"));
            rows.add(row(level + "_within_2_or_chance", withinOrChance[i], "share of series"));
            rows.add(row(level + "_expected", expectedPoints[i], "points of a series"));
        }
        rows.add(Row.of(
                AnomaliesBench.NAME,
                side,
                "events_steps_" + YOUNG + "_to_" + WARM_UP,
                1e4 * told / young,
                "per 10,000 steps"));
    }

    private Row row(String metric, double sum, String unit) {
        return Row.of(AnomaliesBench.NAME, side, metric, sum / series, unit);
    }
}
