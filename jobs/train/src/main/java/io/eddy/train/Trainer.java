package io.eddy.train;

import io.eddy.model.Architecture;
import io.eddy.model.Weights;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * One round: fits a candidate to the training windows, starting from its parent, and judges both on windows held out.
 *
 * <p>A candidate is published if its median forecast is no worse than the base forecast and its pinball loss is better than its
 * parent's, beyond noise. A round has no memory: the same arguments give the same result, bit for bit.
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

        /** The same for one of several trainers, which share the batch size; rounded up. */
        Options ofOne(int trainers) {
            return new Options(
                    batches, (batchSize + trainers - 1) / trainers, learningRate, minImprovement, seed, dropout);
        }

        private static void require(boolean good, String name, String rule, Object found) {
            if (!good) {
                throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
            }
        }
    }

    /** Each series mixes the network's median with the base by realised error, so a little less is no loss where the quantiles gain. */
    private static final double MEDIAN_SLACK = 1.03;
    /** One in twenty candidates that are no better than their parents gets so far. */
    private static final double BEYOND_NOISE = 1.64;

    private final Architecture architecture;
    private final Options options;

    public Trainer(Architecture architecture, Options options) {
        this.architecture = architecture;
        this.options = options;
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
        return judge(parent, split.heldOut(), List.of(fit(start, number, split, 1)));
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
        Fit fit = new Fit(network, split, options.ofOne(trainers), random);
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
     * @param shares at least one, in the order of the shares
     */
    public Round judge(@Nullable Weights parent, List<TrainingWindow> heldOut, List<Fitted> shares) {
        check("parent", parent);
        Judgement base = Judge.judge(null, heldOut, architecture.stride());
        Judgement old = parent == null ? null : Judge.judge(parent, heldOut);
        Fitted fitted = Fitted.mean(shares);
        Judgement candidate = null;
        double gain = 0;
        String fault = fitted.fault();
        if (fault == null && base.targets() == 0) {
            fault = "held-out targets: expected at least 1, found 0";
        } else if (fitted.weights() != null) {
            candidate = Judge.judge(fitted.weights(), heldOut);
            gain = old == null ? 0 : Noise.gain(heldOut, old, candidate);
            fault = fault(candidate, old, base, gain);
        }
        return new Round(
                fault == null,
                fault != null || candidate == null ? String.valueOf(fault) : merit(candidate, old, base),
                candidate == null ? null : fitted.weights(),
                candidate,
                old,
                base,
                fitted.windows(),
                heldOut.size(),
                gain,
                fitted.epochs(),
                fitted.diverged(),
                fitted.trainLoss(),
                shares.size(),
                (int) shares.stream().filter(share -> share.weights() == null).count());
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
