/**
 * Networks: weights, which all series share, and what they are the weights of. In come the inputs of a step and the state of a series, as arrays; out come
 * the state after it and, from {@link Weights#head}, quantiles of how far the next values will be from what the experts forecast, in scales of the series.
 * Nothing here knows what a series is, and nothing of {@code io.eddy.model}.
 *
 * <p>{@link Weights} are what others hold; {@link WeightsFormat} makes bytes of them. An {@link Architecture} is the shape of a network, and {@link Networks}
 * puts its layers together: {@link LstmLayer}s (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000) and {@link Dense} ones make an
 * {@link LstmNetwork} or a {@link ConvolutionalNetwork}, with a {@link Decoder} an {@link EncoderDecoder} (Cho et al. 2014) or a {@link Generative} one
 * (DeepAR, Salinas et al. 2020), over a window of inputs a {@link WindowNetwork} (both directions: Schuster and Paliwal 1997). A {@link Classifier} looks at
 * the hidden state. The classes {@code Vector...} are loops of these in the JDK's Vector API, to the same bits, where {@link Vectors} says it is there;
 * {@link VectorLayers} runs each of them once, early.
 */
@NullMarked
package io.eddy.model.network;

import org.jspecify.annotations.NullMarked;
