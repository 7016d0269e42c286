package io.eddy.train;

/**
 * A part of a round, about a tenth of its batches, and what its training looked like. Losses are means of the pinball loss.
 *
 * @param trainLoss over the batches of the epoch, each before its gradient step
 * @param validationLoss of the weights at its end, on held-out windows; it decides nothing
 * @param gradientNorm L2 norm over all weights, mean over the batches
 * @param clippedNorm the same after every layer's was clipped
 * @param saturatedGates share of the top layer's input, forget and output gates below 0.05 or above 0.95, on the held-out windows
 * @param learningRate of its last batch
 */
public record Epoch(
        double trainLoss,
        double validationLoss,
        double gradientNorm,
        double clippedNorm,
        double saturatedGates,
        double learningRate) {}
