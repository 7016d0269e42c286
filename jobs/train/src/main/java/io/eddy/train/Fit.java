package io.eddy.train;

import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The gradient steps of one round, watched: a loss that is no number any more or explodes ends it. */
final class Fit {
    static final int EPOCHS = 10;
    /** Windows that the validation loss is measured on, at most: the newest. */
    private static final int VALIDATED = 64;
    /** A batch's loss of more than this many times the first batches' is an explosion. */
    private static final double EXPLODED = 10;

    private static final int FIRST_BATCHES = 3;

    private final Network network;
    private final List<TrainingWindow> order;
    private final List<TrainingWindow> validation;
    private final Trainer.Options options;
    private final Random random;
    private final List<Epoch> epochs = new ArrayList<>();
    private int next;
    private int done;
    private double sum;
    private double first;
    private boolean diverged;

    Fit(Network network, Reservoir.Split split, Trainer.Options options, Random random) {
        this.network = network;
        this.order = new ArrayList<>(split.training());
        this.validation = validation(split.heldOut());
        this.options = options;
        this.random = random;
        this.next = order.size();
    }

    /** Those of the held-out windows that the validation loss is measured on. */
    static List<TrainingWindow> validation(List<TrainingWindow> heldOut) {
        return heldOut.subList(Math.max(0, heldOut.size() - VALIDATED), heldOut.size());
    }

    /**
     * Runs all batches.
     *
     * @return why training was cut off; null if it was not
     * @throws CancellationException if the thread is interrupted, within one batch
     */
    @Nullable
    String run() {
        int batches = options.batches();
        for (int epoch = 0; epoch < Math.min(EPOCHS, batches); epoch++) {
            int end = (int) ((epoch + 1L) * batches / Math.min(EPOCHS, batches));
            String fault = epoch(end);
            if (fault != null) {
                diverged = true;
                return fault;
            }
        }
        return null;
    }

    private @Nullable String epoch(int end) {
        int from = done;
        double losses = 0;
        double norms = 0;
        double clipped = 0;
        double rate = 0;
        while (done < end) {
            if (Thread.interrupted()) {
                throw new CancellationException("round: interrupted at batch " + done);
            }
            rate = options.learningRate() * schedule(done);
            network.learningRate(rate);
            double loss = network.fit(batch());
            done++;
            sum += loss;
            losses += loss;
            norms += network.gradientNorm();
            clipped += network.clippedNorm();
            String fault = fault(loss);
            if (fault != null) {
                int count = done - from;
                epochs.add(new Epoch(losses / count, Double.NaN, norms / count, clipped / count, Double.NaN, rate));
                return fault;
            }
        }
        if (!network.isFinite()) {
            return "training: expected finite weights, found others";
        }
        Weights weights = network.weights();
        Judgement judgement = Judge.judge(weights, validation);
        int count = end - from;
        epochs.add(new Epoch(
                losses / count, judgement.pinball(), norms / count, clipped / count, judgement.saturatedGates(), rate));
        return null;
    }

    private @Nullable String fault(double loss) {
        if (!Double.isFinite(loss)) {
            return "training: expected a finite loss, found " + loss;
        }
        if (done <= FIRST_BATCHES) {
            first += loss / FIRST_BATCHES;
        } else if (loss > EXPLODED * first) {
            return String.format(
                    Locale.ROOT,
                    "training: expected a loss of at most %.5g (%s x the first), found %.5g",
                    EXPLODED * first,
                    EXPLODED,
                    loss);
        }
        return null;
    }

    private List<TrainingWindow> batch() {
        int size = Math.min(options.batchSize(), order.size());
        if (next + size > order.size()) {
            Collections.shuffle(order, random);
            next = 0;
        }
        next += size;
        return order.subList(next - size, next);
    }

    /** A short rise while Adam's moments are young, then a straight fall to nothing, which averages the noise of the batches out. */
    private double schedule(int batch) {
        double rise = (batch + 1) / (0.1 * options.batches());
        double fall = (options.batches() - batch) / (double) options.batches();
        return Math.min(1, Math.min(rise, fall));
    }

    List<Epoch> epochs() {
        return List.copyOf(epochs);
    }

    boolean diverged() {
        return diverged;
    }

    /** Over the batches that were run. */
    double meanLoss() {
        return sum / done;
    }
}
