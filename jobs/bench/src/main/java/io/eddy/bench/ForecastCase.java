package io.eddy.bench;

import io.eddy.model.Accuracy;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Reservoir;
import io.eddy.train.Trainer;
import io.eddy.train.TrainingWindow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One network, or a baseline, in the forecaster: trained on what lies before a time and judged on what comes after it. */
final class ForecastCase {
    static final int HORIZON = 24;
    static final int BATCHES = 600;
    static final int BATCH = 64;

    private static final int WINDOW = 48;
    private static final double LEARNING_RATE = 0.01;
    private static final int MOST_HELD_OUT = 64;
    /** Steps before the judged ones at which the whole horizon is forecast: so long the forecaster's trust in its parts needs. */
    private static final int SETTLING = 96;

    private final String name;
    private final @Nullable Architecture architecture;
    private final String experts;
    private final Forecaster forecaster;
    private final Answer answer = new Answer(HORIZON);
    private @Nullable WeightsVersion weights;
    private double trainingSeconds;

    private Memory memory = new Memory();
    private @Nullable BenchSeries aged;
    private long steps;
    private double mase;
    private double quantileLoss;
    private double bytes;

    /** @param architecture null: the experts alone */
    ForecastCase(String name, @Nullable Architecture architecture, String experts) {
        this.name = name;
        this.architecture = architecture;
        this.experts = experts;
        forecaster = forecaster(experts);
    }

    /** One that forecasts {@link #HORIZON} steps, as the jobs have it. */
    static Forecaster forecaster(String experts) {
        return new Forecaster(UsualOptions.of(HORIZON, experts));
    }

    String name() {
        return name;
    }

    double trainingSeconds() {
        return trainingSeconds;
    }

    /** Mean of the series; see {@link Accuracy}. */
    double mase() {
        return mase;
    }

    double quantileLoss() {
        return quantileLoss;
    }

    /** Of a series' memory as it is written to state, the mean at the end. */
    double bytesPerSeries() {
        return bytes;
    }

    /** Fits the network, if there is one, to windows whose last target lies before the cut. */
    void train(List<BenchSeries> all, long cutMillis) {
        if (architecture == null) {
            return;
        }
        List<TrainingWindow> windows = windows(all, cutMillis, experts);
        int kept = windows.size() - Math.min(MOST_HELD_OUT, windows.size() / 5);
        if (kept < BATCH) {
            throw new IllegalArgumentException("--input: expected at least " + BATCH + " windows of "
                    + (WINDOW + HORIZON) + " steps to train on, found " + kept);
        }
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        Trainer trainer = new Trainer(architecture, new Trainer.Options(BATCHES, BATCH, LEARNING_RATE, 1));
        Reservoir.Split split = new Reservoir.Split(windows.subList(0, kept), windows.subList(kept, windows.size()));
        weights = new WeightsVersion(
                1,
                Objects.requireNonNull(
                        trainer.fit(null, 1, split, 1).weights(), () -> name + ": expected weights, found none"));
        trainingSeconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
    }

    /** All windows whose last target lies before the cut, oldest first. */
    static List<TrainingWindow> windows(List<BenchSeries> all, long cutMillis, String experts) {
        List<TrainingWindow> windows = new ArrayList<>();
        for (BenchSeries series : all) {
            TrainingSeries cutter = new TrainingSeries(WINDOW, HORIZON, 0, experts, windows.size() * 31 % WINDOW);
            for (int t = 0; t < series.millis().length && series.millis()[t] < cutMillis; t++) {
                TrainingSeries.Window window = cutter.add(series.millis()[t], series.values()[t]);
                if (window != null) {
                    windows.add(new TrainingWindow(
                            series.name(),
                            window.startMillis(),
                            series.millis()[t],
                            WINDOW,
                            window.inputs(),
                            window.targets()));
                }
            }
        }
        windows.sort(Comparator.comparingLong(TrainingWindow::endMillis));
        return windows;
    }

    /** Runs every series from its start; forecasts from the cut on count. */
    void judge(List<BenchSeries> all, long cutMillis) throws IOException {
        int judged = 0;
        for (BenchSeries series : all) {
            memory = new Memory();
            aged = series;
            Accuracy accuracy = new Accuracy(HORIZON);
            int first = 0;
            while (first < series.millis().length && series.millis()[first] < cutMillis) {
                first++;
            }
            for (int t = 0; t < series.millis().length; t++) {
                boolean whole = t >= first - SETTLING;
                forecaster.step(memory, weights, series.millis()[t], series.values()[t], 1, whole, null, answer);
                if (t >= first) {
                    accuracy.add(answer);
                }
            }
            bytes += size(memory) / (double) all.size();
            Map<String, Double> metrics = accuracy.metrics();
            if (metrics.containsKey("mase") && metrics.containsKey("wql")) {
                mase += metrics.get("mase");
                quantileLoss += metrics.get("wql");
                judged++;
            }
        }
        mase /= judged;
        quantileLoss /= judged;
    }

    private static int size(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.size();
    }

    /** Goes on with the last series, its values again and again, to measure what a step with the forecast of the whole horizon costs. */
    long step(int count) {
        BenchSeries series = Objects.requireNonNull(aged);
        long millis = series.millis()[1] - series.millis()[0];
        for (int k = 0; k < count; k++) {
            double value = series.values()[(int) (steps++ % series.values().length)];
            forecaster.step(memory, weights, memory.lastMillis() + millis, value, answer);
        }
        return count;
    }
}
