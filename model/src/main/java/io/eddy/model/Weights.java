package io.eddy.model;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one network. Immutable and shared by all series.
 *
 * <p>{@link #toBytes} writes a format version first, then the architecture, then the tensors as float32, big-endian, in the order of
 * {@link #tensors()}; later builds read the bytes of earlier ones. Format 1 is that of stacked LSTM layers, format 2 names the kind, format 3 the
 * inputs beside the usual ones too. Each is written only where the one before does not do, so that earlier builds read it.
 */
public final class Weights {
    private static final int LSTM_FORMAT = 1;
    private static final int KIND_FORMAT = 2;
    private static final int FORMAT = 3;
    /** Floats in two of the widest vectors there are, 512 bits each. */
    private static final int LARGEST_BLOCK = 32;

    private final Architecture architecture;
    /** [matrices][rows][columns], a bias being a matrix of one row. */
    private final List<float[][]> tensors;

    private final Network network;

    private Weights(Architecture architecture, List<float[][]> tensors) {
        this.architecture = architecture;
        this.tensors = tensors;
        network = Networks.of(architecture, tensors);
    }

    /**
     * Weights from plain matrices.
     *
     * @param tensors as {@link #tensors()} gives them
     * @throws IllegalArgumentException if a matrix is missing, has another shape or holds a number that is not finite
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
        return new Weights(architecture, List.copyOf(checked));
    }

    /**
     * Weights of LSTM layers with a dense head, from plain matrices.
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
                if (!Float.isFinite(w)) {
                    throw new IllegalArgumentException(shape.name() + ": expected finite numbers, found " + w);
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

    /** The same network for fewer steps ahead. */
    public Weights shortened(int horizon) {
        Architecture fewer = architecture.withHorizon(horizon);
        List<float[][]> cut = new ArrayList<>(tensors);
        for (int k = cut.size() - 2; k < cut.size(); k++) {
            cut.set(
                    k,
                    Arrays.stream(cut.get(k))
                            .map(row -> Arrays.copyOf(row, fewer.headWidth()))
                            .toArray(float[][]::new));
        }
        return of(fewer, cut);
    }

    /**
     * The same network with other inputs beside the usual ones. Inputs that it does not know weigh nothing, so that its outputs stay the same
     * to the last bit.
     *
     * @param extras names, in their order
     * @return these weights themselves where they know an input that is not among the extras
     */
    public Weights widened(List<String> extras) {
        if (extras.equals(architecture.extras()) || !extras.containsAll(architecture.extras())) {
            return this;
        }
        Architecture wider = architecture.withExtras(extras);
        int usual = architecture.inputs() - architecture.extras().size();
        int[] from = new int[wider.inputs()];
        for (int i = 0; i < from.length; i++) {
            int known = i < usual ? -1 : architecture.extras().indexOf(extras.get(i - usual));
            from[i] = i < usual ? i : known < 0 ? -1 : usual + known;
        }
        List<float[][]> tensors = new ArrayList<>(this.tensors);
        List<Architecture.Shape> shapes = architecture.shapes();
        for (int k = 0; k < shapes.size(); k++) {
            if (architecture.takesInputs(shapes.get(k).name())) {
                tensors.set(k, spread(tensors.get(k), architecture.inputs(), from));
            }
        }
        return of(wider, tensors);
    }

    /** Puts the rows of each step, {@code inputs} of them, where they are from, zeros elsewhere. */
    private static float[][] spread(float[][] rows, int inputs, int[] from) {
        int steps = rows.length / inputs;
        float[][] spread = new float[steps * from.length][rows[0].length];
        for (int row = 0; row < spread.length; row++) {
            int source = from[row % from.length];
            if (source >= 0) {
                spread[row] = rows[row / from.length * inputs + source];
            }
        }
        return spread;
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
        return LstmLayer.VECTORS;
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
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                DataOutputStream out = new DataOutputStream(bytes)) {
            boolean extras = !architecture.extras().isEmpty();
            if (architecture.kind() == Architecture.Kind.LSTM && !extras) {
                out.writeInt(LSTM_FORMAT);
            } else {
                out.writeInt(extras ? FORMAT : KIND_FORMAT);
                out.writeInt(architecture.kind().ordinal());
                out.writeInt(architecture.span());
                if (extras) {
                    out.writeUTF(String.join(",", architecture.extras()));
                }
            }
            out.writeInt(architecture.inputs());
            out.writeInt(architecture.hidden());
            out.writeInt(architecture.layers());
            out.writeInt(architecture.horizon());
            out.writeInt(architecture.quantiles());
            for (float[][] tensor : tensors) {
                for (float[] row : tensor) {
                    for (float w : row) {
                        out.writeFloat(w);
                    }
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
            Architecture architecture = readArchitecture(in);
            List<float[][]> tensors = new ArrayList<>();
            for (Architecture.Shape shape : architecture.shapes()) {
                tensors.add(readRows(in, shape));
            }
            if (in.available() > 0) {
                throw new IllegalArgumentException(
                        "weights: expected the end of the tensors, found " + in.available() + " more bytes");
            }
            return of(architecture, tensors);
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

    private static Architecture readArchitecture(DataInputStream in) throws IOException {
        int format = in.readInt();
        if (format < LSTM_FORMAT || format > FORMAT) {
            throw new IllegalArgumentException(
                    "weights: expected format version " + LSTM_FORMAT + " to " + FORMAT + ", found " + format);
        }
        int kind = format == LSTM_FORMAT ? 0 : in.readInt();
        int span = format == LSTM_FORMAT ? 1 : in.readInt();
        List<String> extras = format < FORMAT ? List.of() : List.of(in.readUTF().split(","));
        Architecture.Kind[] kinds = Architecture.Kind.values();
        if (kind < 0 || kind >= kinds.length) {
            throw new IllegalArgumentException(
                    "weights: expected a kind of network from 0 to " + (kinds.length - 1) + ", found " + kind);
        }
        return new Architecture(
                in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt(), kinds[kind], span, extras);
    }

    private static float[][] readRows(DataInputStream in, Architecture.Shape shape) throws IOException {
        if ((long) shape.rows() * shape.columns() * Float.BYTES > in.available()) {
            throw new EOFException();
        }
        float[][] rows = new float[shape.rows()][shape.columns()];
        for (float[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = in.readFloat();
            }
        }
        return rows;
    }
}
