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
        check("start", start);
        Judgement base = Judge.judge(null, split.heldOut(), architecture.stride());
        Judgement old = parent == null ? null : Judge.judge(parent, split.heldOut());
        if (split.training().isEmpty() || base.targets() == 0) {
            String reason = split.training().isEmpty()
                    ? "training windows: expected at least 1, found 0"
                    : "held-out targets: expected at least 1, found 0";
            return round(split, reason, null, null, old, base, null);
        }
        Random random = new Random(options.seed() * 31 + number);
        Network network = start == null
                ? Network.random(architecture, options.dropout(), options.learningRate(), random.nextLong())
                : Network.of(start, options.dropout(), options.learningRate(), number);
        if (start == null) {
            network.startAt(split.training());
        }
        Fit fit = new Fit(network, split, options, random);
        String broken = fit.run();
        if (broken != null) {
            return round(split, broken, null, null, old, base, fit);
        }
        Weights weights = network.weights();
        Judgement candidate = Judge.judge(weights, split.heldOut());
        double gain = old == null ? 0 : Noise.gain(split.heldOut(), old, candidate);
        return round(split, fault(candidate, old, base, gain), weights, candidate, old, base, fit);
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

    private static Round round(
            Reservoir.Split split,
            @Nullable String fault,
            @Nullable Weights weights,
            @Nullable Judgement candidate,
            @Nullable Judgement parent,
            Judgement base,
            @Nullable Fit fit) {
        String reason = fault != null || candidate == null ? String.valueOf(fault) : merit(candidate, parent, base);
        return new Round(
                fault == null,
                reason,
                weights,
                candidate,
                parent,
                base,
                split.training().size(),
                split.heldOut().size(),
                candidate == null || parent == null ? 0 : Noise.gain(split.heldOut(), parent, candidate),
                fit == null ? List.of() : fit.epochs(),
                fit != null && fit.diverged(),
                fit == null ? Double.NaN : fit.meanLoss());
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
