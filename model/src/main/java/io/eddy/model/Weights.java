package io.eddy.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one network: LSTM layers and one dense head for all horizons at once. Immutable and shared by all series.
 *
 * <p>{@link #toBytes} writes a format version first, then the architecture, then the tensors as float32, big-endian, in the order of
 * {@link #tensors()}; later builds read the bytes of earlier ones.
 */
public final class Weights {
    private static final int FORMAT = 1;
    /** Floats in two of the widest vectors there are, 512 bits each. */
    private static final int LARGEST_BLOCK = 32;

    private final Architecture architecture;
    private final LstmLayer[] layers;
    /** [hidden][horizon * quantiles]. */
    private final float[][] head;
    /** [horizon * quantiles]. */
    private final float[] headBias;
    /** The head for several series at once; null where the JVM runs without the Vector API. */
    private final @Nullable VectorRows heads;

    private Weights(Architecture architecture, LstmLayer[] layers, float[][] head, float[] headBias) {
        this.architecture = architecture;
        this.layers = layers;
        this.head = head;
        this.headBias = headBias;
        heads = LstmLayer.VECTORS ? new VectorRows(head) : null;
    }

    /**
     * Weights from plain matrices.
     *
     * @param kernels per layer [inputs of the layer][4 * hidden], gates in the order input, forget, cell, output
     * @param recurrents per layer [hidden][4 * hidden]
     * @param biases per layer [4 * hidden]
     * @param head [hidden][horizon * quantiles], quantile fastest
     * @param headBias [horizon * quantiles]
     * @throws IllegalArgumentException if a matrix has another shape or holds a number that is not finite
     */
    public static Weights of(
            Architecture architecture,
            List<float[][]> kernels,
            List<float[][]> recurrents,
            List<float[]> biases,
            float[][] head,
            float[] headBias) {
        int hidden = architecture.hidden();
        LstmLayer[] layers = new LstmLayer[architecture.layers()];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = new LstmLayer(
                    checked("kernel " + layer, kernels.get(layer), architecture.inputsOf(layer), 4 * hidden),
                    checked("recurrent " + layer, recurrents.get(layer), hidden, 4 * hidden),
                    checked("bias " + layer, new float[][] {biases.get(layer)}, 1, 4 * hidden)[0]);
        }
        return new Weights(
                architecture,
                layers,
                checked("head", head, hidden, architecture.outputs()),
                checked("head bias", new float[][] {headBias}, 1, architecture.outputs())[0]);
    }

    private static float[][] checked(String name, float[][] rows, int count, int width) {
        if (rows.length != count) {
            throw new IllegalArgumentException(name + ": expected " + count + " rows, found " + rows.length);
        }
        float[][] copy = new float[count][];
        for (int k = 0; k < count; k++) {
            if (rows[k].length != width) {
                throw new IllegalArgumentException(name + ": expected " + width + " numbers, found " + rows[k].length);
            }
            for (float w : rows[k]) {
                if (!Float.isFinite(w)) {
                    throw new IllegalArgumentException(name + ": expected finite numbers, found " + w);
                }
            }
            copy[k] = rows[k].clone();
        }
        return copy;
    }

    public Architecture architecture() {
        return architecture;
    }

    /** A copy of the layer's input matrix, [inputs of the layer][4 * hidden]. */
    public float[][] kernel(int layer) {
        return copy(layers[layer].kernel);
    }

    /** A copy of the layer's recurrent matrix, [hidden][4 * hidden]. */
    public float[][] recurrent(int layer) {
        return copy(layers[layer].recurrent);
    }

    /** A copy of the layer's bias, [4 * hidden]. */
    public float[] bias(int layer) {
        return layers[layer].bias.clone();
    }

    /** A copy of the head, [hidden][horizon * quantiles]. */
    public float[][] head() {
        return copy(head);
    }

    /** A copy of the head's bias, [horizon * quantiles]. */
    public float[] headBias() {
        return headBias.clone();
    }

    private static float[][] copy(float[][] rows) {
        return Arrays.stream(rows).map(float[]::clone).toArray(float[][]::new);
    }

    /**
     * One step of the whole stack.
     *
     * @param x [inputs]
     * @param h [layers][hidden], replaced
     * @param c [layers][hidden], replaced
     * @param z [4 * hidden], scratch
     */
    public void step(float[] x, float[][] h, float[][] c, float[] z) {
        float[] input = x;
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer].step(input, h[layer], c[layer], z);
            input = h[layer];
        }
    }

    /**
     * The head's outputs for the top hidden state.
     *
     * @param h [hidden]
     * @param out [horizon * quantiles], replaced; where it is shorter, only the first ones are computed
     */
    public void head(float[] h, float[] out) {
        System.arraycopy(headBias, 0, out, 0, Math.min(out.length, headBias.length));
        LstmLayer.accumulate(head, h, out);
    }

    /**
     * Whether several series at once cost less than one after the other: where the JVM runs with
     * {@code --add-modules jdk.incubator.vector}. The results are the same to the last bit.
     */
    public static boolean stepsTogether() {
        return LstmLayer.VECTORS;
    }

    /** The length that every row of z and out needs in the two methods below: 4 * hidden or the outputs, rounded up to whole vectors. */
    public int width() {
        int widest = Math.max(4 * architecture.hidden(), architecture.outputs());
        return (widest + LARGEST_BLOCK - 1) / LARGEST_BLOCK * LARGEST_BLOCK;
    }

    /**
     * {@link #step(float[], float[][], float[][], float[])} for several series.
     *
     * @param x [n or more][inputs]
     * @param h [n or more][layers][hidden], replaced
     * @param c [n or more][layers][hidden], replaced
     * @param z [n or more][{@link #width}], scratch
     */
    public void step(float[][] x, float[][][] h, float[][][] c, float[][] z, int n) {
        float[][] input = x;
        for (int layer = 0; layer < layers.length; layer++) {
            float[][] hidden = new float[n][];
            float[][] cell = new float[n][];
            for (int i = 0; i < n; i++) {
                hidden[i] = h[i][layer];
                cell[i] = c[i][layer];
            }
            layers[layer].step(input, hidden, cell, z, n);
            input = hidden;
        }
    }

    /**
     * {@link #head(float[], float[])} for several series, all outputs of each.
     *
     * @param h [n or more][hidden]
     * @param out [n or more][{@link #width}], of which the first horizon * quantiles are replaced
     */
    public void head(float[][] h, float[][] out, int n) {
        for (int i = 0; i < n; i++) {
            System.arraycopy(headBias, 0, out[i], 0, headBias.length);
        }
        if (heads != null) {
            heads.accumulate(h, out, n);
        } else {
            for (int i = 0; i < n; i++) {
                LstmLayer.accumulate(head, h[i], out[i]);
            }
        }
    }

    /** All tensors as rows, in the order in which they are written. */
    private List<float[]> tensors() {
        return IntStream.range(0, layers.length + 1)
                .mapToObj(layer -> layer < layers.length
                        ? List.of(layers[layer].kernel, layers[layer].recurrent, new float[][] {layers[layer].bias})
                        : List.of(head, new float[][] {headBias}))
                .flatMap(List::stream)
                .flatMap(Arrays::stream)
                .toList();
    }

    /** The weights as bytes, format version first. */
    public byte[] toBytes() {
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(FORMAT);
            out.writeInt(architecture.inputs());
            out.writeInt(architecture.hidden());
            out.writeInt(architecture.layers());
            out.writeInt(architecture.horizon());
            out.writeInt(architecture.quantiles());
            for (float[] row : tensors()) {
                for (float w : row) {
                    out.writeFloat(w);
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }

    /**
     * Reads what {@link #toBytes} wrote, in this or an earlier version.
     *
     * @throws IllegalArgumentException if the bytes are no weights, are cut short, or hold a number that is not finite
     */
    public static Weights fromBytes(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int format = in.readInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("weights: expected format version " + FORMAT + ", found " + format);
            }
            Architecture a = new Architecture(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
            LstmLayer[] layers = new LstmLayer[a.layers()];
            float[][][] kernels = new float[a.layers()][][];
            float[][][] recurrents = new float[a.layers()][][];
            float[][] biases = new float[a.layers()][];
            for (int layer = 0; layer < layers.length; layer++) {
                kernels[layer] = readRows(in, a.inputsOf(layer), 4 * a.hidden());
                recurrents[layer] = readRows(in, a.hidden(), 4 * a.hidden());
                biases[layer] = readRows(in, 1, 4 * a.hidden())[0];
            }
            float[][] head = readRows(in, a.hidden(), a.outputs());
            float[] headBias = readRows(in, 1, a.outputs())[0];
            if (in.available() > 0) {
                throw new IllegalArgumentException(
                        "weights: expected the end of the tensors, found " + in.available() + " more bytes");
            }
            return of(a, List.of(kernels), List.of(recurrents), List.of(biases), head, headBias);
        } catch (EOFException e) {
            throw new IllegalArgumentException("weights: expected more bytes, found " + bytes.length, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // an array in memory does not fail
        }
    }

    /** The same for a buffer, whose position stays. */
    public static Weights fromBytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return fromBytes(bytes);
    }

    private static float[][] readRows(DataInputStream in, int count, int width) throws IOException {
        if ((long) count * width * Float.BYTES > in.available()) {
            throw new EOFException();
        }
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = in.readFloat();
            }
        }
        return rows;
    }
}
