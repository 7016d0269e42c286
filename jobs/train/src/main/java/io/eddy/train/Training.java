package io.eddy.train;

import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Windows come in, rounds fall due by count, by event time or by drift, and a round works on what was in the reservoir when it began.
 */
public final class Training {
    private static final double HELD_OUT_SHARE = 0.2;
    /** New windows that a round by event time needs. */
    private static final int LEAST_NEW = 20;

    /** What starts a round. */
    public enum Trigger {
        COUNT,
        TIME,
        DRIFT
    }

    /**
     * A round that has ended.
     *
     * @param version its number: one more than the newest version of the model, published or not
     * @param parentVersion the version it went on from, 0: none
     * @param fromMillis event time of the oldest window
     * @param trainedToMillis event time of the newest window that was trained on
     * @param toMillis event time of the newest window
     * @param leftOutAnomalous windows left out since the job started, see {@link WindowFilter}
     * @param leftOutMissing the same
     * @param seconds that it took
     */
    public record Outcome(
            Round round,
            Trigger trigger,
            long version,
            long parentVersion,
            long fromMillis,
            long trainedToMillis,
            long toMillis,
            long leftOutAnomalous,
            long leftOutMissing,
            double seconds) {}

    private final Architecture architecture;
    private final Rounds runner;
    private final int trainers;
    private final int roundWindows;
    private final long roundMillis;
    private final int capacity;
    private final Reservoir reservoir;
    private final WindowFilter filter = new WindowFilter();
    /** What a classifier is fitted to; null where none is asked for. */
    private final @Nullable LabelledWindows labelled;

    private Drift drift = new Drift();
    /** The weights that {@link #drift} watches; null: none yet. */
    private @Nullable WeightsVersion watched;
    /** Windows seen when drift was first noticed; -1: there is none. */
    private long driftSince = -1;

    /** Event time of the oldest window since the last drift that started a round: what was before may be forgotten. */
    private long changedMillis = Long.MIN_VALUE;

    private long seen;
    private long seenAtLastRound;
    private long newestMillis = Long.MIN_VALUE;
    private long millisAtLastRound = Long.MIN_VALUE;
    private long rounds;
    private long newestVersion;
    /** The champion, fitted to what is trained here; null where that was not needed. */
    private @Nullable WeightsVersion fitted;
    /** The newest candidate, rejected or not: without a champion its training is not lost. */
    private @Nullable Weights draft;

    /** Rounds without a classifier. */
    public Training(Options options) {
        this(options, null);
    }

    Training(Options options, @Nullable LabelledWindows labelled) {
        this.labelled = labelled;
        architecture = NetworkShape.of(options);
        runner = Rounds.of(options);
        trainers = options.get(TrainOptions.TRAINERS);
        roundWindows = options.get(TrainOptions.ROUND_WINDOWS);
        roundMillis = options.get(TrainOptions.ROUND_INTERVAL).toMillis();
        capacity = options.get(TrainOptions.RESERVOIR);
        reservoir = new Reservoir(capacity);
    }

    /**
     * Takes a window, unless it is none to learn from.
     *
     * @param champion the weights in use, judged on it before they could be trained on it; null: there are none
     */
    public void add(TrainingWindow window, @Nullable WeightsVersion champion) {
        newestMillis = Math.max(newestMillis, window.endMillis());
        if (millisAtLastRound == Long.MIN_VALUE) {
            millisAtLastRound = newestMillis;
        }
        WindowFilter.Reason reason = filter.check(window);
        if (labelled != null) {
            labelled.offer(window, reason == WindowFilter.Reason.ANOMALOUS);
        }
        if (reason != null) {
            return;
        }
        seen++;
        WeightsVersion parent = fitted(champion);
        if (parent != null) {
            watch(parent, window);
        }
        reservoir.add(window);
    }

    /** Leaves a window out because of what a person said. */
    void leaveOut(TrainingWindow window) {
        filter.leftOut(WindowFilter.Reason.TOLD, 1);
        if (labelled != null) {
            labelled.offer(window, true);
        }
    }

    /** Gives up windows that were taken, because of what a person has said since. A round that runs goes on with them. */
    void forget(Predicate<TrainingWindow> which) {
        List<TrainingWindow> gone = reservoir.remove(which);
        filter.leftOut(WindowFilter.Reason.TOLD, gone.size());
        if (labelled != null) {
            labelled.look(gone);
            labelled.look(reservoir.windows());
        }
    }

    /** The champion with the inputs and the horizon that are trained here; null where there is none or it has another shape. */
    private @Nullable WeightsVersion fitted(@Nullable WeightsVersion champion) {
        if (champion == null || champion.weights().architecture().equals(architecture)) {
            return champion;
        }
        if (fitted == null || fitted.version() != champion.version()) {
            Weights wider = champion.weights().widened(architecture.extras());
            fitted = new WeightsVersion(champion.version(), wider.withHorizon(architecture.horizon()));
        }
        return fitted.weights().architecture().equals(architecture) ? fitted : null;
    }

    private void watch(WeightsVersion champion, TrainingWindow window) {
        if (watched == null || watched.version() != champion.version()) {
            // Another classifier, or a version used again, forecasts as before: its band stays.
            if (watched == null || !champion.weights().hasNetworkOf(watched.weights())) {
                drift = new Drift();
                driftSince = -1;
            }
            watched = champion;
        }
        drift.add(Judge.loss(champion.weights(), window), window.startMillis(), window.endMillis());
        if (!drift.detected()) {
            driftSince = -1;
        } else if (driftSince < 0) {
            driftSince = seen;
        }
    }

    /** Windows that were left out for this reason. */
    long leftOut(WindowFilter.Reason reason) {
        return filter.count(reason);
    }

    /** The rolling loss of the champion on new windows; NaN while there is none. */
    double championLoss() {
        return drift.rolling();
    }

    /** Where the band of that ends; NaN while it is not known. */
    double championBand() {
        return drift.edge();
    }

    /** Takes note of a version that somebody published. */
    void published(long version) {
        newestVersion = Math.max(newestVersion, version);
    }

    public boolean isDue() {
        return trigger() != null;
    }

    /**
     * Why a round is due; null if none is. By count rounds come less often as the stream grows, down to one per reservoir. After
     * drift half the windows of a round have to come first, so that there is something new to learn.
     */
    private @Nullable Trigger trigger() {
        if (reservoir.size() == 0) {
            return null; // people have spoken of all windows since
        }
        long fresh = seen - seenAtLastRound;
        if (driftSince >= 0 && Math.min(fresh, seen - driftSince) >= roundWindows / 2) {
            return Trigger.DRIFT;
        }
        if (fresh >= Math.max(roundWindows, Math.min(seen / 4, capacity))) {
            return Trigger.COUNT;
        }
        boolean late = roundMillis > 0 && newestMillis - millisAtLastRound >= roundMillis;
        return late && fresh >= LEAST_NEW ? Trigger.TIME : null;
    }

    /**
     * Prepares a round on the windows of this moment; the result may be called in another thread while windows are added here.
     *
     * @param parent weights to go on from; where there are none, or of another shape, the round goes on from the last candidate, the
     *     first one from random ones
     * @param parentTrainedToMillis event time of the newest window that the parent was trained on; {@link Long#MIN_VALUE}: not known
     */
    public Supplier<Outcome> nextRound(@Nullable WeightsVersion parent, long parentTrainedToMillis) {
        RoundPlan plan = plan(parent, parentTrainedToMillis);
        return () -> {
            long began = System.nanoTime();
            Round round = runner.run(plan, trainers);
            return plan.outcome(round, (System.nanoTime() - began) / 1e9);
        };
    }

    /** What {@link #nextRound} runs, for those who run it elsewhere. */
    RoundPlan plan(@Nullable WeightsVersion parent, long parentTrainedToMillis) {
        Trigger trigger = Objects.requireNonNull(trigger(), "a round that is due");
        // After drift the past misleads: only what came since takes part.
        int newest = trigger == Trigger.DRIFT ? (int) Math.min(capacity, seen - driftSince) : 0;
        seenAtLastRound = seen;
        millisAtLastRound = newestMillis;
        Reservoir.Split split = reservoir.split(HELD_OUT_SHARE, newest, parentTrainedToMillis);
        long parentVersion = parent == null ? 0 : parent.version();
        published(parentVersion);
        WeightsVersion fitting = fitted(parent);
        Weights champion = fitting == null ? null : fitting.weights();
        long from = (split.training().isEmpty() ? split.heldOut() : split.training())
                .get(0)
                .endMillis();
        long trainedTo = end(split.training(), from);
        if (trigger == Trigger.DRIFT) {
            changedMillis = from;
        }
        List<TrainingWindow> heldOut = split.heldOut().stream()
                .filter(window -> window.endMillis() >= changedMillis)
                .toList();
        return new RoundPlan(
                trigger,
                ++newestVersion,
                parentVersion,
                ++rounds,
                1,
                0,
                from,
                trainedTo,
                Math.max(trainedTo, end(heldOut, trainedTo)),
                leftOut(WindowFilter.Reason.ANOMALOUS),
                leftOut(WindowFilter.Reason.MISSING),
                champion,
                champion == null ? draft : champion,
                new Reservoir.Split(split.training(), heldOut),
                parentTrainedToMillis,
                labelled == null ? List.of() : labelled.examples(reservoir.windows(), architecture.inputs()));
    }

    private static long end(List<TrainingWindow> windows, long otherwise) {
        return windows.isEmpty() ? otherwise : windows.get(windows.size() - 1).endMillis();
    }

    /** Takes note of a round that has ended. */
    public void ended(Outcome outcome) {
        ended(outcome.round().weights());
    }

    /** The same, of which only the candidate is known; null: there is none. */
    void ended(@Nullable Weights candidate) {
        draft = candidate;
    }

    /** The shape of the weights that are trained. */
    Architecture architecture() {
        return architecture;
    }
}
