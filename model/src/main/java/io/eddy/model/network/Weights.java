package io.eddy.model.network;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one network. Immutable and shared by all series.
 */
public final class Weights {
    /** Floats in two of the widest vectors there are, 512 bits each. */
    private static final int LARGEST_BLOCK = 32;
    /** No training ends there; a few larger ones would add up to what is no number any more. */
    public static final float LARGEST = 1e9f;

    private final Architecture architecture;
    /** [matrices][rows][columns], a bias being a matrix of one row. */
    private final List<float[][]> tensors;

    private final Network network;
    private final @Nullable Classifier classifier;

    private Weights(
            Architecture architecture, List<float[][]> tensors, Network network, @Nullable Classifier classifier) {
        this.architecture = architecture;
        this.tensors = tensors;
        this.network = network;
        this.classifier = classifier;
    }

    /**
     * Weights from plain matrices.
     *
     * @param tensors as {@link #tensors()} gives them
     * @throws IllegalArgumentException if a matrix is missing, has another shape or holds a number beyond 1e9
     */
    public static Weights of(Architecture architecture, List<float[][]> tensors) {
        List<Architecture.Shape> shapes = architecture.shapes();
        if (tensors.size() != shapes.size()) {
            throw new IllegalArgumentException(
                    "tensors: expected " + shapes.size() + " matrices, found " + tensors.size());
        }
        List<float[][]> checked = new ArrayList<>();
        for (int k = 0; k < shapes.size(); k++) {
            checked.add(checked(shapes.get(k), tensors.get(k)));
        }
        List<float[][]> own = List.copyOf(checked);
        return new Weights(architecture, own, Networks.of(architecture, own), null);
    }

    /**
     * Weights of LSTM layers with a dense head, from plain matrices.
     *
     * @param kernels per layer [inputs of the layer][4 * hidden], gates in the order input, forget, cell, output
     * @param recurrents per layer [hidden][4 * hidden]
     * @param biases per layer [4 * hidden]
     * @param head [hidden][horizon * quantiles], quantile fastest
     * @param headBias [horizon * quantiles]
     * @throws IllegalArgumentException if a matrix has another shape or holds a number beyond 1e9
     */
    public static Weights of(
            Architecture architecture,
            List<float[][]> kernels,
            List<float[][]> recurrents,
            List<float[]> biases,
            float[][] head,
            float[] headBias) {
        List<float[][]> tensors = new ArrayList<>();
        for (int layer = 0; layer < kernels.size(); layer++) {
            tensors.addAll(List.of(kernels.get(layer), recurrents.get(layer), new float[][] {biases.get(layer)}));
        }
        tensors.addAll(List.of(head, new float[][] {headBias}));
        return of(architecture, tensors);
    }

    private static float[][] checked(Architecture.Shape shape, float[][] rows) {
        if (rows.length != shape.rows()) {
            throw new IllegalArgumentException(
                    shape.name() + ": expected " + shape.rows() + " rows, found " + rows.length);
        }
        for (float[] row : rows) {
            if (row.length != shape.columns()) {
                throw new IllegalArgumentException(
                        shape.name() + ": expected " + shape.columns() + " numbers, found " + row.length);
            }
            for (float w : row) {
                if (!(Math.abs(w) <= LARGEST)) {
                    throw new IllegalArgumentException(
                            shape.name() + ": expected numbers up to " + LARGEST + ", found " + w);
                }
            }
        }
        return copy(rows);
    }

    public Architecture architecture() {
        return architecture;
    }

    /**
     * Copies of all matrices: a convolution or hidden layer, [span * inputs][outputs], oldest step first, if the kind has one; the kernel and
     * recurrent matrix of each LSTM layer, [inputs of the layer or hidden][4 * hidden], gates in the order input, forget, cell, output; the head,
     * [hidden][columns]. Each is followed by its bias, a matrix of one row.
     */
    public List<float[][]> tensors() {
        return tensors.stream().map(Weights::copy).toList();
    }

    /** {@link #tensors} themselves, not to be changed. */
    List<float[][]> shared() {
        return tensors;
    }

    /** A copy of the LSTM layer's input matrix, [inputs of the layer][4 * hidden]. */
    public float[][] kernel(int layer) {
        return copy(tensors.get(firstCell() + 3 * layer));
    }

    /** A copy of the LSTM layer's recurrent matrix, [hidden][4 * hidden]. */
    public float[][] recurrent(int layer) {
        return copy(tensors.get(firstCell() + 3 * layer + 1));
    }

    /** A copy of the LSTM layer's bias, [4 * hidden]. */
    public float[] bias(int layer) {
        return tensors.get(firstCell() + 3 * layer + 2)[0].clone();
    }

    private int firstCell() {
        return tensors.size() - 2 - 3 * architecture.cells();
    }

    /** A copy of the head, [hidden][columns]. */
    public float[][] head() {
        return copy(tensors.get(tensors.size() - 2));
    }

    /** A copy of the head's bias. */
    public float[] headBias() {
        return tensors.get(tensors.size() - 1)[0].clone();
    }

    private static float[][] copy(float[][] rows) {
        return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    }

    /** The same network for another number of steps ahead; of steps that it does not know it says what it says of the last that it knows. */
    public Weights withHorizon(int horizon) {
        return OtherShapes.withHorizon(this, horizon);
    }

    /**
     * The same network with other inputs beside the usual ones. Inputs that it does not know weigh nothing, so that its outputs stay the same
     * to the last bit.
     *
     * @param extras names, in their order
     * @return these weights themselves where they know an input that is not among the extras
     */
    public Weights widened(List<String> extras) {
        return OtherShapes.widened(this, extras);
    }

    /** Whether the other's network is this one to the last bit, whatever the classifiers. */
    public boolean hasNetworkOf(Weights other) {
        return architecture.equals(other.architecture) && Arrays.deepEquals(tensors.toArray(), other.tensors.toArray());
    }

    /**
     * The same network with another classifier.
     *
     * @param other null for none
     * @throws IllegalArgumentException if it is not one for the hidden state of this network
     */
    public Weights withClassifier(@Nullable Classifier other) {
        if (other != null && !architecture.hasRecurrentState()) {
            throw new IllegalArgumentException("classifier: expected a network with an LSTM's state, found "
                    + architecture.kind().text());
        }
        if (other != null && other.hidden() != architecture.hidden()) {
            throw new IllegalArgumentException(
                    "classifier: expected " + architecture.hidden() + " weights, found " + other.hidden());
        }
        return new Weights(architecture, tensors, network, other);
    }

    /** Says of a state whether the step that led to it was normal; null where that was not trained. */
    public @Nullable Classifier classifier() {
        return classifier;
    }

    /**
     * One step of the whole network.
     *
     * @param x [inputs]
     * @param h [{@link Architecture#stateRows}][hidden], replaced
     * @param c [{@link Architecture#stateRows}][hidden], replaced
     * @param z [4 * hidden], scratch
     */
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        network.step(x, h, c, z);
    }

    /**
     * The head's outputs for a state.
     *
     * @param h as {@link #step(float[], float[][], float[][], float[])} left it, and c likewise
     * @param out [horizon * quantiles], replaced; where it is shorter, only the first ones are computed
     */
    public void head(float[][] h, float[][] c, float[] out) {
        network.head(h, c, out, Math.min(architecture.horizon(), out.length / architecture.quantiles()));
    }

    /**
     * The sampled futures behind {@link #head(float[][], float[][], float[])}, computed once more.
     *
     * @return deviations in scales, [steps][paths]; null where the network samples none
     */
    public float @Nullable [][] paths(float[][] h, int steps) {
        return network instanceof Generative generative ? generative.paths(h, steps) : null;
    }

    /**
     * Whether several series at once cost less than one after the other: where the JVM runs with
     * {@code --add-modules jdk.incubator.vector}. The results are the same to the last bit.
     */
    public static boolean stepsTogether() {
        return Vectors.THERE;
    }

    /** The length that every row of z and out needs in the two methods below: 4 * hidden or the outputs, rounded up to whole vectors. */
    public int width() {
        return rounded(Math.max(4 * architecture.hidden(), architecture.outputs()));
    }

    static int rounded(int columns) {
        return (columns + LARGEST_BLOCK - 1) / LARGEST_BLOCK * LARGEST_BLOCK;
    }

    /**
     * {@link #step(float[], float[][], float[][], float[])} for several series.
     *
     * @param x [n or more][inputs]
     * @param h [n or more][rows][hidden], replaced
     * @param c [n or more][rows][hidden], replaced
     * @param z [n or more][{@link #width}], scratch
     */
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        network.step(x, h, c, z, n);
    }

    /**
     * {@link #head(float[][], float[][], float[])} for several series, all outputs of each.
     *
     * @param out [n or more][{@link #width}], of which the first horizon * quantiles are replaced
     */
    public void head(float[][][] h, float[][][] c, float[][] out, int n) {
        network.head(h, c, out, architecture.horizon(), n);
    }

    /** The weights as bytes, format version first. */
    public byte[] toBytes() {
        return WeightsFormat.write(architecture, tensors, classifier);
    }

    /**
     * Reads what {@link #toBytes} wrote, in this or an earlier version.
     *
     * @throws IllegalArgumentException if the bytes are no weights, are cut short, or hold a number beyond 1e9
     */
    public static Weights fromBytes(byte[] bytes) {
        return WeightsFormat.read(bytes);
    }

    /** The same for a buffer, whose position stays. */
    public static Weights fromBytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return fromBytes(bytes);
    }
}
