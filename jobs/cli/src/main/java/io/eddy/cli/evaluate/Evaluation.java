package io.eddy.cli.evaluate;

import io.eddy.cli.FineTuning;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Training;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the forecaster over the series of one set, all of them step by step in the order of time, and compares its forecasts, and those of
 * each of its members, with what came. The forecaster is given one value after the other and nothing else.
 */
final class Evaluation {
    private static final YoungStretch[] STRETCHES = YoungStretch.values();
    static final String EDDY = "eddy";
    static final String NAIVE = "naive";
    static final String SEASONAL_NAIVE = "seasonal naive";
    private static final int SEASONAL_NAIVE_INDEX = 2;

    /**
     * What came of a set.
     *
     * @param series of the set
     * @param beginnings of them all, each of which counts by itself; as many as the series where each begins once
     * @param metrics by forecaster and name: means over the beginnings that have the metric, with equal weight
     * @param targets of the suite, by name of a metric
     * @param young by forecaster and stretch of a series' life: MASE of the forecasts issued in it
     * @param versions of weights that fine-tuning published
     * @param rounds that it took
     * @param bytesPerSeries the memory of a series, serialized, the mean at the end
     * @param microsPerStep time of {@link Forecaster#step}
     */
    record Result(
            String set,
            int series,
            int beginnings,
            long steps,
            int versions,
            int rounds,
            double microsPerStep,
            double bytesPerSeries,
            Map<String, Map<String, Double>> metrics,
            Map<String, Map<String, Double>> young,
            Map<String, Double> targets) {}

    private static final class Run {
        final SuiteSeries series;
        final Memory memory = new Memory();
        final @Nullable TrainingSeries training;
        final ErrorSums[] errors;
        final ErrorSums[][] young;
        final IntervalSums intervals;

        Run(SuiteSeries series, int forecasters, int horizon, int stride, @Nullable TrainingSeries training) {
            this.series = series;
            intervals = new IntervalSums(stride);
            this.training = training;
            errors = new ErrorSums[forecasters];
            young = new ErrorSums[STRETCHES.length][forecasters];
            for (int f = 0; f < forecasters; f++) {
                errors[f] = new ErrorSums(horizon);
                for (ErrorSums[] stretch : young) {
                    stretch[f] = new ErrorSums(horizon);
                }
            }
        }
    }

    private final SuiteSet set;
    private final Forecaster forecaster;
    private final Answer answer;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final @Nullable FineTuning tuning;
    private @Nullable WeightsVersion weights;
    private int versions;
    private int rounds;
    private long nanos;
    private long steps;

    /** @param tuning of the weights while the series go on; null: they stay as they are */
    Evaluation(
            SuiteSet set,
            List<SuiteSeries> series,
            Forecaster forecaster,
            @Nullable WeightsVersion weights,
            @Nullable FineTuning tuning) {
        this.set = set;
        this.tuning = tuning;
        this.forecaster = forecaster;
        this.weights = weights;
        answer = new Answer(set.horizon());
        names.add(EDDY);
        names.add(NAIVE);
        names.add(SEASONAL_NAIVE);
        names.addAll(forecaster.members());
        for (SuiteSeries one : series) {
            TrainingSeries training = tuning == null ? null : tuning.newSeries(one.name());
            runs.add(new Run(one, names.size(), set.horizon(), set.stride(), training));
        }
    }

    Result run() {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (Run run : runs) {
            first = Math.min(first, run.series.startMillis());
            last = Math.max(last, run.series.startMillis() + set.stepMillis() * run.series.values().length);
        }
        // Series need not lie on one grid; each takes the step that begins within the present one.
        for (long time = first; time < last; time += set.stepMillis()) {
            for (Run run : runs) {
                long row = Math.floorDiv(time + set.stepMillis() - 1 - run.series.startMillis(), set.stepMillis());
                if (row >= run.series.begin() && row < run.series.values().length) {
                    step(run, (int) row);
                }
            }
        }
        return result();
    }

    private void step(Run run, int row) {
        long began = System.nanoTime();
        long time = run.series.startMillis() + row * set.stepMillis();
        forecaster.step(run.memory, weights, time, run.series.values()[row], answer);
        nanos += System.nanoTime() - began;
        steps++;
        int since = row + 1 - run.series.split();
        if (since >= 0 && since % set.stride() == 0) {
            judge(run, row, run.errors, run.intervals);
        }
        for (YoungStretch stretch : STRETCHES) {
            if (stretch.holds(row + 1 - run.series.begin(), set.season())) {
                judge(run, row, run.young[stretch.ordinal()], null);
            }
        }
        if (tuning != null && run.training != null) {
            learn(tuning, run, run.training, row, time);
        }
    }

    private void learn(FineTuning rounds, Run run, TrainingSeries training, int row, long time) {
        WeightsVersion before = weights;
        Training.Outcome outcome =
                rounds.learn(training, run.series.name(), time, run.series.values()[row]);
        if (outcome == null) {
            return;
        }
        weights = rounds.weights();
        boolean published = weights != before;
        this.rounds++;
        versions += published ? 1 : 0;
        String became = published ? "published" : "rejected";
        System.err.printf(
                "eddy evaluate: %s: round %d %s: %s%n",
                set.name(), this.rounds, became, outcome.round().reason());
    }

    private void judge(Run run, int row, ErrorSums[] errors, @Nullable IntervalSums intervals) {
        double[] values = run.series.values();
        int horizon = Math.min(set.horizon(), values.length - 1 - row);
        for (int h = 1; h <= horizon; h++) {
            double y = values[row + h];
            if (Double.isNaN(y)) {
                continue;
            }
            errors[0].add(h, y, answer.quantile(h, Quantiles.MEDIAN));
            errors[1].add(h, y, run.series.lastKnown(row, 1));
            errors[2].add(h, y, run.series.seasonalNaive(row, h, set.season()));
            for (int f = 3; f < errors.length; f++) {
                double forecast = forecaster.member(f - 3)[h - 1];
                if (!Double.isNaN(forecast)) {
                    errors[f].add(h, y, forecast);
                }
            }
            if (intervals != null) {
                intervals.add(h, y, answer.quantiles(h));
            }
        }
    }

    private Result result() {
        Map<String, MeanMetrics> all = new LinkedHashMap<>();
        Map<String, MeanMetrics> young = new LinkedHashMap<>();
        for (Run run : runs) {
            double scale = run.series.scale(set.season());
            if (!(scale > 0)) {
                continue; // a series that never changes has no scaled error
            }
            for (int f = 0; f < names.size(); f++) {
                Map<String, Double> metrics = new LinkedHashMap<>();
                if (run.errors[f].count() > 0) {
                    run.errors[f].metrics(
                            scale, run.series.variance(set.standardise()), set.horizons(), set.nrmse(), metrics);
                    double naive = run.errors[SEASONAL_NAIVE_INDEX].absolute();
                    boolean compares = run.errors[f].count() == run.errors[SEASONAL_NAIVE_INDEX].count();
                    metrics.put(
                            MeanMetrics.RATIO, compares && naive > 0 ? run.errors[f].absolute() / naive : Double.NaN);
                }
                if (f == 0 && run.errors[f].count() > 0) {
                    run.intervals.metrics(scale, metrics);
                }
                all.computeIfAbsent(names.get(f), name -> new MeanMetrics()).add(metrics);
                Map<String, Double> early = new LinkedHashMap<>();
                for (YoungStretch stretch : STRETCHES) {
                    ErrorSums sums = run.young[stretch.ordinal()][f];
                    if (sums.count() > 0) {
                        early.put(stretch.title, sums.absolute() / sums.count() / scale);
                    }
                }
                young.computeIfAbsent(names.get(f), name -> new MeanMetrics()).add(early);
            }
        }
        return new Result(
                set.name(),
                (int) runs.stream().map(run -> run.series.values()).distinct().count(), // beginnings share them
                runs.size(),
                steps,
                versions,
                rounds,
                nanos / 1e3 / steps,
                bytes(),
                MeanMetrics.of(all),
                MeanMetrics.of(young),
                set.targets());
    }

    private double bytes() {
        long bytes = 0;
        for (Run run : runs) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                run.memory.write(new DataOutputStream(out));
            } catch (IOException e) {
                throw new UncheckedIOException(e); // an array in memory does not fail
            }
            bytes += out.size();
        }
        return (double) bytes / runs.size();
    }
}
