package io.eddy.train;

import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer made of its share of a round.
 *
 * @param windows that it trained on
 * @param weights null: there are none that could be used
 * @param fault why there are none; null with weights
 * @param diverged whether training was cut off because the loss was no number any more or exploded
 * @param epochs how training went, as far as it came
 * @param trainLoss mean pinball loss over its batches, NaN if there was none
 * @param seconds that it took
 */
public record Fitted(
        int windows,
        @Nullable Weights weights,
        @Nullable String fault,
        boolean diverged,
        List<Epoch> epochs,
        double trainLoss,
        double seconds) {

    /** Nothing came of the share. */
    static Fitted failed(int windows, String fault, double seconds) {
        return new Fitted(windows, null, fault, false, List.of(), Double.NaN, seconds);
    }

    /**
     * The mean of those that have weights, by their windows (federated averaging, McMahan et al. 2017, with one period of local steps,
     * Stich 2019); where none has any, one that says why.
     *
     * @param shares at least one; the same in the same order give the same mean
     */
    static Fitted mean(List<Fitted> shares) {
        List<Fitted> used =
                shares.stream().filter(share -> share.weights() != null).toList();
        if (used.isEmpty()) {
            return shares.stream().filter(Fitted::diverged).findFirst().orElse(shares.get(0));
        }
        return used.size() == 1
                ? used.get(0)
                : new Fitted(
                        used.stream().mapToInt(Fitted::windows).sum(),
                        meanWeights(used),
                        null,
                        false,
                        meanEpochs(used),
                        mean(used, Fitted::trainLoss),
                        used.stream().mapToDouble(Fitted::seconds).max().orElse(0));
    }

    private static double mean(List<Fitted> used, ToDoubleFunction<Fitted> value) {
        double sum = 0;
        long windows = 0;
        for (Fitted share : used) {
            sum += share.windows() * value.applyAsDouble(share);
            windows += share.windows();
        }
        return sum / windows;
    }

    private static Weights meanWeights(List<Fitted> used) {
        List<List<float[][]>> all =
                used.stream().map(share -> weightsOf(share).tensors()).toList();
        List<float[][]> means = new ArrayList<>();
        for (int tensor = 0; tensor < all.get(0).size(); tensor++) {
            float[][] mean = new float[all.get(0).get(tensor).length][];
            for (int row = 0; row < mean.length; row++) {
                mean[row] = new float[all.get(0).get(tensor)[row].length];
                for (int column = 0; column < mean[row].length; column++) {
                    mean[row][column] = meanCell(used, all, tensor, row, column);
                }
            }
            means.add(mean);
        }
        return Weights.of(weightsOf(used.get(0)).architecture(), means);
    }

    private static float meanCell(List<Fitted> used, List<List<float[][]>> all, int tensor, int row, int column) {
        double sum = 0;
        long windows = 0;
        for (int k = 0; k < all.size(); k++) {
            sum += (double) used.get(k).windows() * all.get(k).get(tensor)[row][column];
            windows += used.get(k).windows();
        }
        return (float) (sum / windows);
    }

    private static Weights weightsOf(Fitted share) {
        if (share.weights() == null) {
            throw new IllegalArgumentException("share: expected weights, found " + share.fault());
        }
        return share.weights();
    }

    /** All trainers run through the same epochs, each on its own windows. */
    private static List<Epoch> meanEpochs(List<Fitted> used) {
        List<Epoch> epochs = new ArrayList<>();
        for (int k = 0; k < used.get(0).epochs().size(); k++) {
            int epoch = k;
            ToDoubleFunction<ToDoubleFunction<Epoch>> mean = value ->
                    mean(used, share -> value.applyAsDouble(share.epochs().get(epoch)));
            epochs.add(new Epoch(
                    mean.applyAsDouble(Epoch::trainLoss),
                    mean.applyAsDouble(Epoch::validationLoss),
                    mean.applyAsDouble(Epoch::gradientNorm),
                    mean.applyAsDouble(Epoch::clippedNorm),
                    mean.applyAsDouble(Epoch::saturatedGates),
                    mean.applyAsDouble(Epoch::learningRate)));
        }
        return epochs;
    }
}
