package io.eddy.train;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.Architecture;
import io.eddy.model.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One round: fits a candidate to the training windows, starting from its parent, and judges both on windows held out.
 *
 * <p>A candidate is published if its median forecast is no worse than the base forecast and its pinball loss is better than its
 * parent's, beyond noise, and if it has not forgotten what its parent knew. A round has no memory: the same arguments give the same result, bit for bit.
 */
public final class Trainer {

    /**
     * How a round is run.
     *
     * @param batches gradient steps per round, at least 1
     * @param batchSize windows per gradient step, at least 1
     * @param learningRate of Adam, above 0 and at most 1
     * @param minImprovement the part of the parent's pinball loss that a candidate must save, 0 to below 1
     * @param seed for first weights, the order of windows and what dropout leaves out
     * @param dropout share of the values between stacked LSTM layers that training leaves out, 0 to 0.9
     */
    public record Options(
            int batches, int batchSize, double learningRate, double minImprovement, long seed, double dropout) {
        /** Without dropout. */
        public Options(int batches, int batchSize, double learningRate, double minImprovement, long seed) {
            this(batches, batchSize, learningRate, minImprovement, seed, 0);
        }

        public Options {
            require(batches >= 1, "batches", "at least 1", batches);
            require(batchSize >= 1, "batchSize", "at least 1", batchSize);
            require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0, at most 1", learningRate);
            require(minImprovement >= 0 && minImprovement < 1, "minImprovement", "0 to below 1", minImprovement);
            require(dropout >= 0 && dropout <= 0.9, "dropout", "0 to 0.9", dropout);
        }

        /**
         * The same for one of several trainers: they share the batch size, rounded up, and the step size grows with the square root of
         * their number, because the mean of their weights has so much less noise.
         */
        Options ofOne(int trainers) {
            return new Options(
                    batches,
                    (batchSize + trainers - 1) / trainers,
                    Math.min(1, learningRate * Math.sqrt(trainers)),
                    minImprovement,
                    seed,
                    dropout);
        }

        private static void require(boolean good, String name, String rule, Object found) {
            if (!good) {
                throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
            }
        }
    }

    private static final double MIN_IMPROVEMENT = 0.002;
    /** Each series mixes the network's median with the base by realised error, so a little less is no loss where the quantiles gain. */
    private static final double MEDIAN_SLACK = 1.03;
    /** One in twenty candidates that are no better than their parents gets so far. */
    private static final double BEYOND_NOISE = 1.64;

    /** How much worse a candidate may forecast what its parent knew: what is gained on the newest windows costs a little elsewhere. */
    private static final double FORGOTTEN = 1.02;
    /** The most of generated series that a larger gain on the fleet's own windows pays for. */
    private static final double PAID_FOR = 1.05;

    private final Architecture architecture;
    private final Options options;
    private final @Nullable Rehearsal rehearsal;

    /** The trainer that the options ask for. */
    public static Trainer of(io.eddy.connectors.Options options) {
        return new Trainer(
                NetworkShape.of(options),
                new Options(
                        options.get(TrainOptions.BATCHES),
                        options.get(TrainOptions.BATCH_SIZE),
                        options.get(TrainOptions.LEARNING_RATE),
                        MIN_IMPROVEMENT,
                        options.get(TrainOptions.SEED),
                        options.get(ModelOptions.DROPOUT)),
                new Rehearsal(
                        NetworkShape.of(options),
                        options.get(ForecastOptions.EXPERTS),
                        options.get(TrainOptions.REHEARSAL)));
    }

    /** One that does not look at generated series. */
    public Trainer(Architecture architecture, Options options) {
        this(architecture, options, null);
    }

    /** @param rehearsal null: candidates may forget generated series */
    Trainer(Architecture architecture, Options options, @Nullable Rehearsal rehearsal) {
        this.architecture = architecture;
        this.options = options;
        this.rehearsal = rehearsal;
    }

    /**
     * Runs one round.
     *
     * @param parent weights that the candidate must beat; null: there are none
     * @param start weights to go on from; null: random ones
     * @param number of the round, varies the order of the windows
     * @param split windows to train on and windows, later than those, to judge on; their steps exceed the horizon
     * @throws CancellationException if the thread is interrupted, within one batch
     */
    public Round train(@Nullable Weights parent, @Nullable Weights start, long number, Reservoir.Split split) {
        check("parent", parent);
        return judge(parent, split.heldOut(), split.trainedToMillis(), List.of(fit(start, number, split, 1)));
    }

    /** Trains on the share of a round. */
    Fitted fit(RoundPlan share) {
        return fit(share.start(), share.number(), share.split(), share.trainers());
    }

    /**
     * Trains without judging. Each of several trainers takes as many gradient steps as one would, on batches of its part of the batch
     * size, so that together they see as many windows.
     *
     * @param start weights to go on from; null: random ones
     * @param number of the round
     * @param split the share, see {@link Reservoir.Split#deal}
     * @param trainers among which the round was dealt
     */
    public Fitted fit(@Nullable Weights start, long number, Reservoir.Split split, int trainers) {
        check("start", start);
        long began = System.nanoTime();
        int windows = split.training().size();
        if (windows == 0) {
            return Fitted.failed(0, "training windows: expected at least 1, found 0", 0);
        }
        Random random = new Random(options.seed() * 31 + number);
        Network network = start == null
                ? Network.random(architecture, options.dropout(), options.learningRate(), random.nextLong())
                : Network.of(start, options.dropout(), options.learningRate(), number);
        if (start == null) {
            network.startAt(split.training());
        }
        Reservoir.Split all = rehearsal == null
                ? split
                : new Reservoir.Split(rehearsal.with(start, split.training()), split.heldOut());
        Fit fit = new Fit(network, all, options.ofOne(trainers), random);
        String fault = fit.run();
        return new Fitted(
                windows,
                fault == null ? network.weights() : null,
                fault,
                fit.diverged(),
                fit.epochs(),
                fit.meanLoss(),
                (System.nanoTime() - began) / 1e9);
    }

    /**
     * Averages what the trainers of a round made of their shares and judges it.
     *
     * @param heldOut windows to judge on; with a parent those that end before {@code trainedToMillis} are old ones, which tell what
     *     is forgotten
     * @param shares at least one, in the order of the shares
     */
    public Round judge(
            @Nullable Weights parent, List<TrainingWindow> heldOut, long trainedToMillis, List<Fitted> shares) {
        check("parent", parent);
        List<TrainingWindow> newest = heldOut.stream()
                .filter(window -> parent == null || window.endMillis() >= trainedToMillis)
                .toList();
        Judgement base = Judge.judge(null, newest, architecture.stride());
        Judgement old = parent == null ? null : Judge.judge(parent, newest);
        Fitted fitted = Fitted.mean(shares);
        Judgement candidate = null;
        List<Forgetting> forgetting = List.of();
        double gain = 0;
        String fault = fitted.fault();
        if (fault == null && base.targets() == 0) {
            fault = "held-out targets: expected at least 1, found 0";
        } else if (fitted.weights() != null) {
            candidate = Judge.judge(fitted.weights(), newest);
            gain = old == null ? 0 : Noise.gain(newest, old, candidate);
            fault = fault(candidate, old, base, gain);
            forgetting = forgetting(parent, fitted.weights(), heldOut, trainedToMillis);
            for (Forgetting known : forgetting) {
                double gained = old == null ? 1 : old.pinball() / candidate.pinball();
                double most = known.what().equals(Forgetting.GENERATED) ? forgotten(gained) : FORGOTTEN;
                fault = fault == null ? known.fault(most, BEYOND_NOISE) : fault;
            }
        }
        return new Round(
                fault == null,
                fault != null || candidate == null ? String.valueOf(fault) : merit(candidate, old, base),
                candidate == null ? null : fitted.weights(),
                candidate,
                old,
                base,
                fitted.windows(),
                newest.size(),
                gain,
                forgetting,
                fitted.epochs(),
                fitted.diverged(),
                fitted.trainLoss(),
                shares.size(),
                (int) shares.stream().filter(share -> share.weights() == null).count(),
                null);
    }

    /**
     * The largest loss on generated series beside the parent's that is not forgetting: what it gains on its own fleet is worth as much of them, up to a point.
     *
     * @param gained the parent's loss on the newest windows beside the candidate's
     */
    static double forgotten(double gained) {
        return Math.min(PAID_FOR, Math.max(FORGOTTEN, gained));
    }

    /** Candidate and parent on what the parent knew: old windows of the fleet, and generated series. */
    private List<Forgetting> forgetting(
            @Nullable Weights parent, Weights candidate, List<TrainingWindow> heldOut, long trainedToMillis) {
        if (parent == null || heldOut.isEmpty()) {
            return List.of();
        }
        List<TrainingWindow> old = heldOut.stream()
                .filter(window -> window.endMillis() < trainedToMillis)
                .toList();
        List<TrainingWindow> generated = rehearsal == null
                ? List.of()
                : rehearsal.judged(parent, heldOut.get(0).steps());
        List<Forgetting> all = new ArrayList<>();
        if (!old.isEmpty()) {
            all.add(Forgetting.of(Forgetting.OLD, old, parent, candidate));
        }
        if (!generated.isEmpty()) {
            all.add(Forgetting.of(Forgetting.GENERATED, generated, parent, candidate));
        }
        return all;
    }

    private void check(String name, @Nullable Weights weights) {
        if (weights != null && !weights.architecture().equals(architecture)) {
            throw new IllegalArgumentException(
                    name + ": expected " + architecture + ", found " + weights.architecture());
        }
    }

    /** Why the candidate must not be published; null if it may. */
    private @Nullable String fault(Judgement candidate, @Nullable Judgement parent, Judgement base, double gain) {
        // Written so that NaN is a fault.
        if (!(candidate.pinball() < base.pinball())) {
            return says(
                    "pinball loss: expected below the base's %.5g, found %.5g", base.pinball(), candidate.pinball());
        }
        if (!(candidate.medianLoss() <= MEDIAN_SLACK * base.medianLoss())) {
            return says(
                    "median loss: expected at most %.5g (%s x the base's), found %.5g",
                    MEDIAN_SLACK * base.medianLoss(), MEDIAN_SLACK, candidate.medianLoss());
        }
        if (parent != null) {
            double limit = parent.pinball() * (1 - options.minImprovement());
            if (!(candidate.pinball() <= limit)) {
                return says(
                        "pinball loss: expected at most %.5g (parent %.5g), found %.5g",
                        limit, parent.pinball(), candidate.pinball());
            }
            if (!(gain >= BEYOND_NOISE)) {
                return says(
                        "gain over the parent: expected at least %s standard errors, found %.2g", BEYOND_NOISE, gain);
            }
        }
        return null;
    }

    private static String merit(Judgement candidate, @Nullable Judgement parent, Judgement base) {
        String first = says("median loss %.5g, base %.5g", candidate.medianLoss(), base.medianLoss());
        return parent == null
                ? first
                : first + says("; pinball loss %.5g, parent %.5g", candidate.pinball(), parent.pinball());
    }

    private static String says(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
