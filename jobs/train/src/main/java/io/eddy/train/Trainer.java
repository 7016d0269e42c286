package io.eddy.train;

import io.eddy.connectors.ModelOptions;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Fits a candidate to the training windows of a round; whether it is published is for {@link Acceptance} to say.
 *
 * <p>A trainer has no memory: the same arguments give the same weights, bit for bit.
 */
public final class Trainer {

    /**
     * How a round is run.
     *
     * @param batches gradient steps per round, at least 1
     * @param batchSize windows per gradient step, at least 1
     * @param learningRate of Adam, above 0 and at most 1
     * @param seed for first weights, the order of windows and what dropout leaves out
     * @param dropout share of the values between stacked LSTM layers that training leaves out, 0 to 0.9
     */
    public record Options(int batches, int batchSize, double learningRate, long seed, double dropout) {
        /** Without dropout. */
        public Options(int batches, int batchSize, double learningRate, long seed) {
            this(batches, batchSize, learningRate, seed, 0);
        }

        public Options {
            require(batches >= 1, "batches", "at least 1", batches);
            require(batchSize >= 1, "batchSize", "at least 1", batchSize);
            require(learningRate > 0 && learningRate <= 1, "learningRate", "above 0, at most 1", learningRate);
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
                    seed,
                    dropout);
        }

        private static void require(boolean good, String name, String rule, Object found) {
            if (!good) {
                throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
            }
        }
    }

    private final Architecture architecture;
    private final Options options;
    private final @Nullable Rehearsal rehearsal;

    /** The trainer that the options ask for. */
    public static Trainer of(io.eddy.connectors.Options options) {
        return of(options, Rehearsal.of(options));
    }

    static Trainer of(io.eddy.connectors.Options options, Rehearsal rehearsal) {
        return new Trainer(
                NetworkShape.of(options),
                new Options(
                        options.get(TrainOptions.BATCHES),
                        options.get(TrainOptions.BATCH_SIZE),
                        options.get(TrainOptions.LEARNING_RATE),
                        options.get(TrainOptions.SEED),
                        options.get(ModelOptions.DROPOUT)),
                rehearsal);
    }

    /** One that trains on no generated series. */
    public Trainer(Architecture architecture, Options options) {
        this(architecture, options, null);
    }

    /** @param rehearsal null: nothing generated is trained on */
    Trainer(Architecture architecture, Options options, @Nullable Rehearsal rehearsal) {
        this.architecture = architecture;
        this.options = options;
        this.rehearsal = rehearsal;
    }

    /** Trains on the share of a round. */
    Fitted fit(RoundPlan share) {
        return fit(share.start(), share.number(), share.split(), share.trainers());
    }

    /**
     * Fits a candidate, or a part of it. Each of several trainers takes as many gradient steps as one would, on batches of its part of the batch
     * size, so that together they see as many windows.
     *
     * @param start weights to go on from; null: random ones
     * @param number of the round
     * @param split the share, see {@link Reservoir.Split#deal}
     * @param trainers among which the round was dealt, at least 1
     * @throws CancellationException if the thread is interrupted, within one batch
     */
    public Fitted fit(@Nullable Weights start, long number, Reservoir.Split split, int trainers) {
        check("start", start, architecture);
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

    /** Refuses weights of another shape than is trained here. */
    static void check(String name, @Nullable Weights weights, Architecture architecture) {
        if (weights != null && !weights.architecture().equals(architecture)) {
            throw new IllegalArgumentException(
                    name + ": expected " + architecture + ", found " + weights.architecture());
        }
    }
}
