package io.eddy.train;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** The rounds as metrics of Flink: how many of each kind, and what the newest one looked like at its end. */
final class RoundMetrics {
    private final Counter published;
    private final Counter rejected;
    private final Counter diverged;
    private final Counter drifted;
    private volatile Training.@Nullable Outcome newest;

    RoundMetrics(MetricGroup group) {
        published = group.counter("rounds_published");
        rejected = group.counter("rounds_rejected");
        diverged = group.counter("rounds_diverged");
        drifted = group.counter("rounds_by_drift");
        gauge(group, "round_train_loss", () -> epoch(Epoch::trainLoss));
        gauge(group, "round_validation_loss", () -> epoch(Epoch::validationLoss));
        gauge(group, "round_gradient_norm", () -> epoch(Epoch::gradientNorm));
        gauge(group, "round_clipped_norm", () -> epoch(Epoch::clippedNorm));
        gauge(group, "round_saturated_gates", () -> epoch(Epoch::saturatedGates));
        gauge(group, "round_learning_rate", () -> epoch(Epoch::learningRate));
        gauge(group, "round_seconds", () -> newest == null ? Double.NaN : newest.seconds());
        gauge(
                group,
                "round_windows",
                () -> newest == null ? Double.NaN : newest.round().trainingWindows());
        gauge(
                group,
                "round_trainers_lost",
                () -> newest == null ? Double.NaN : newest.round().trainersLost());
    }

    /** What the windows say between the rounds, and which weights they are judged by. */
    static void ofWindows(MetricGroup group, Training training, LongSupplier version) {
        group.<Long, Gauge<Long>>gauge("weights_version", version::getAsLong);
        gauge(group, "champion_loss", training::championLoss);
        gauge(group, "champion_loss_band", training::championBand);
        group.<Long, Gauge<Long>>gauge("windows_anomalous", () -> training.leftOut(WindowFilter.Reason.ANOMALOUS));
        group.<Long, Gauge<Long>>gauge("windows_missing", () -> training.leftOut(WindowFilter.Reason.MISSING));
        group.<Long, Gauge<Long>>gauge("windows_told_anomalous", () -> training.leftOut(WindowFilter.Reason.TOLD));
    }

    private interface Value {
        double of(Epoch epoch);
    }

    private double epoch(Value value) {
        Training.Outcome outcome = newest;
        if (outcome == null || outcome.round().epochs().isEmpty()) {
            return Double.NaN;
        }
        return value.of(outcome.round().epochs().get(outcome.round().epochs().size() - 1));
    }

    private static void gauge(MetricGroup group, String name, DoubleSupplier value) {
        group.<Double, Gauge<Double>>gauge(name, value::getAsDouble);
    }

    void published() {
        published.inc();
    }

    void rejected() {
        rejected.inc();
    }

    /** Takes note of a round that was run to its end. */
    void ended(Training.Outcome outcome) {
        newest = outcome;
        if (outcome.round().diverged()) {
            diverged.inc();
        }
        if (outcome.trigger() == Training.Trigger.DRIFT) {
            drifted.inc();
        }
    }
}
