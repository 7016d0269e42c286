package io.eddy.bench;

import io.eddy.cli.Fault;
import io.eddy.cli.FaultKind;
import io.eddy.cli.SimulatedFleet;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.ClassifierFit;
import io.eddy.train.LabelledWindow;
import io.eddy.train.Reservoir;
import io.eddy.train.Trainer;
import io.eddy.train.TrainingWindow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the classifier knows of faults that nobody told. Of a simulated fleet every fault in one half of the series is told; network and
 * classifier are fitted to that half, the forecaster runs over the other one as in the forecast job.
 *
 * <p>The figure is the area under the curve: how often a step of a fault has a higher probability than one outside all faults (Mann and
 * Whitney 1947), for each shape and for all. The anomaly score of the same steps stands beside it, and the mean probability beside the share of
 * steps in faults.
 */
final class ClassifierBench implements Bench {
    private static final String EXPERTS = "lean";
    private static final int FLEETS = 3;
    private static final int SERIES = 240;
    /** A hundred days: two or three faults a series. */
    private static final int STEPS = 2400;

    private static final int HIDDEN = 64;
    private static final int BATCHES = 300;
    private static final double LEARNING_RATE = 0.005;

    private final Architecture architecture =
            new Architecture(Forecaster.inputs(), HIDDEN, 1, ForecastCase.HORIZON, Quantiles.COUNT);

    /** What the steps of one fault shape, or those outside all faults, were answered. */
    private static final class Steps {
        private final List<Double> probabilities = new ArrayList<>();
        private final List<Double> scores = new ArrayList<>();

        void add(Answer answer) {
            probabilities.add(answer.anomalyProbability);
            scores.add(answer.anomalyScore);
        }

        void addAll(Steps other) {
            probabilities.addAll(other.probabilities);
            scores.addAll(other.scores);
        }
    }

    @Override
    public String says() {
        return FLEETS + " simulated fleets of " + SERIES + " series, " + STEPS + " hours, the faults of one half told:"
                + " area under the curve over the steps of the other half.";
    }

    @Override
    public List<Row> run(Log log) {
        Figures figures = new Figures("classifier");
        for (int seed = 1; seed <= FLEETS; seed++) {
            fleet(seed, figures, log);
        }
        return figures.rows();
    }

    private void fleet(int seed, Figures figures, Log log) {
        SimulatedFleet fleet = new SimulatedFleet(new SimulatedFleet.Spec(seed, SERIES, 0, BenchSeries.HOUR, 1));
        List<BenchSeries> all = BenchSeries.of(fleet, STEPS);
        Map<String, List<Fault>> faults = new HashMap<>();
        for (Fault fault : fleet.faultsUntil(fleet.nextStepMillis() - 1)) {
            faults.computeIfAbsent(fault.series(), name -> new ArrayList<>()).add(fault);
        }
        WeightsVersion weights = fit(all.subList(0, SERIES / 2), faults, seed);

        Map<FaultKind, Steps> odd = new EnumMap<>(FaultKind.class);
        Steps normal = new Steps();
        Forecaster forecaster = ForecastCase.forecaster(EXPERTS);
        Answer answer = new Answer(ForecastCase.HORIZON);
        for (BenchSeries one : all.subList(SERIES / 2, SERIES)) {
            Memory memory = new Memory();
            for (int t = 0; t < STEPS; t++) {
                forecaster.step(memory, weights, one.millis()[t], one.values()[t], answer);
                if (!Double.isNaN(answer.anomalyProbability)) {
                    FaultKind kind = kind(faults, one.name(), one.millis()[t]);
                    (kind == null ? normal : odd.computeIfAbsent(kind, k -> new Steps())).add(answer);
                }
            }
        }
        Steps any = new Steps();
        odd.values().forEach(any::addAll);
        odd.forEach((kind, steps) -> add(figures, kind.name().toLowerCase(Locale.ROOT), steps, normal));
        add(figures, "all", any, normal);
        figures.add("all", "mean_probability_over_share", "x", overShare(any, normal));
        log.line(String.format(
                Locale.ROOT,
                "fleet %d: %d steps in faults and %d outside",
                seed,
                any.scores.size(),
                normal.scores.size()));
    }

    /** A network and its classifier, of series whose faults were all told. */
    private WeightsVersion fit(List<BenchSeries> told, Map<String, List<Fault>> faults, int seed) {
        List<TrainingWindow> windows = ForecastCase.windows(told, Long.MAX_VALUE, EXPERTS);
        int kept = windows.size() * 9 / 10;
        Trainer trainer =
                new Trainer(architecture, new Trainer.Options(BATCHES, ForecastCase.BATCH, LEARNING_RATE, seed));
        Reservoir.Split split = new Reservoir.Split(windows.subList(0, kept), windows.subList(kept, windows.size()));
        var network = Objects.requireNonNull(
                trainer.fit(null, 1, split, 1).weights(), "network: expected weights, found none");
        List<LabelledWindow> labelled =
                windows.stream().map(window -> labelled(window, faults)).toList();
        return new WeightsVersion(1, network.withClassifier(ClassifierFit.fit(network, labelled)));
    }

    private static LabelledWindow labelled(TrainingWindow window, Map<String, List<Fault>> faults) {
        byte[] labels = new byte[window.steps()];
        for (int t = 0; t < labels.length; t++) {
            boolean odd = kind(faults, window.series(), window.startMillis() + t * BenchSeries.HOUR) != null;
            labels[t] = odd ? LabelledWindow.ANOMALOUS : LabelledWindow.UNSAID;
        }
        long last = window.startMillis() + (labels.length - 1) * BenchSeries.HOUR;
        return new LabelledWindow(window.series(), last, labels.length, window.inputs(), labels);
    }

    private static @Nullable FaultKind kind(Map<String, List<Fault>> faults, String series, long millis) {
        for (Fault fault : faults.getOrDefault(series, List.of())) {
            if (fault.fromMillis() <= millis && millis < fault.toMillis()) {
                return fault.kind();
            }
        }
        return null;
    }

    private static void add(Figures figures, String side, Steps odd, Steps normal) {
        figures.add(side, "auc", "", area(odd.probabilities, normal.probabilities));
        figures.add(side, "auc_of_score", "", area(odd.scores, normal.scores));
    }

    /** The mean probability over the share of steps in faults: 1 where it is calibrated to the stream. */
    private static double overShare(Steps odd, Steps normal) {
        double sum = 0;
        for (Steps steps : List.of(odd, normal)) {
            sum += steps.probabilities.stream().mapToDouble(p -> p).sum();
        }
        return sum / odd.probabilities.size();
    }

    /** How often one of the first is above one of the second; equal ones count half. */
    static double area(List<Double> odd, List<Double> normal) {
        double[] sorted =
                normal.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double won = 0;
        for (double value : odd) {
            won += (below(sorted, value) + below(sorted, Math.nextUp(value))) / 2.0;
        }
        return won / odd.size() / sorted.length;
    }

    /** How many of an ascending array are below a value. */
    private static int below(double[] sorted, double value) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) / 2;
            if (sorted[middle] < value) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}
