package io.eddy.model.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The shape of a network: what must agree between the weights, the memory of a series and a job.
 *
 * @param inputs numbers that enter at every step, at least 1; the extras are the last of them
 * @param hidden size of the hidden and of the cell state of each layer, a multiple of 4 from 4 to 1024
 * @param layers stacked LSTM layers, 1 to 4; of the encoder where there is a decoder; 1 for kinds that are not stacked
 * @param horizon steps ahead that are forecast at once, or at most where a decoder unrolls them, 1 to 1024
 * @param quantiles values per horizon step, at least 1
 * @param kind how the layers are put together
 * @param span steps that a convolution, a bidirectional encoder or a window MLP sees, sampled paths of a generative network; 1 for others
 * @param extras names of the inputs that enter beside the usual ones, in their order
 */
public record Architecture(
        int inputs, int hidden, int layers, int horizon, int quantiles, Kind kind, int span, List<String> extras) {
    /** How layers make a network. The order is that of their numbers in the weights' bytes: new ones come last. */
    public enum Kind {
        /** Stacked LSTM layers and a dense head for all horizon steps at once. */
        LSTM(1, 1),
        /** A causal convolution over the last inputs, then as {@link #LSTM}. */
        CNN_LSTM(2, 64),
        /** The encoder's hidden state enters every step of a decoder LSTM, which unrolls the horizon (Cho et al. 2014). */
        ENCODER_DECODER(1, 1),
        /** One LSTM forwards and one backwards over the last inputs (Schuster and Paliwal 1997), both run anew for each forecast. */
        BIDIRECTIONAL(2, 336),
        /** A decoder whose input is the value before, here a sampled one (DeepAR, Salinas et al. 2020). */
        GENERATIVE(10, 1000),
        /** One hidden layer over the last inputs: a baseline. */
        MLP(2, 336);

        private final int leastSpan;
        private final int mostSpan;

        Kind(int leastSpan, int mostSpan) {
            this.leastSpan = leastSpan;
            this.mostSpan = mostSpan;
        }

        /** The name in options and on records, e.g. {@code encoder-decoder}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Rows and columns of a matrix. */
    record Shape(String name, int rows, int columns) {}

    /** Outputs of the convolution at each step. */
    static final int FILTERS = 16;

    public Architecture {
        extras = List.copyOf(extras);
        check("inputs", inputs, 1 + extras.size(), 1024);
        check("hidden", hidden, 4, 1024);
        check("layers", layers, 1, kind == Kind.BIDIRECTIONAL || kind == Kind.MLP ? 1 : 4);
        check("horizon", horizon, 1, 1024);
        check("quantiles", quantiles, 1, 99);
        check("span", span, kind.leastSpan, kind.mostSpan);
        if (hidden % 4 != 0) {
            throw new IllegalArgumentException("hidden: expected a multiple of 4, found " + hidden);
        }
    }

    /** With the usual inputs alone. */
    public Architecture(int inputs, int hidden, int layers, int horizon, int quantiles, Kind kind, int span) {
        this(inputs, hidden, layers, horizon, quantiles, kind, span, List.of());
    }

    /** Stacked LSTM layers and a dense head. */
    public Architecture(int inputs, int hidden, int layers, int horizon, int quantiles) {
        this(inputs, hidden, layers, horizon, quantiles, Kind.LSTM, 1);
    }

    private static void check(String name, int value, int from, int to) {
        if (value < from || value > to) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number from " + from + " to " + to + ", found " + value);
        }
    }

    /** The same for another number of steps ahead. */
    public Architecture withHorizon(int steps) {
        return new Architecture(inputs, hidden, layers, steps, quantiles, kind, span, extras);
    }

    /** The same with other extras beside the usual inputs. */
    public Architecture withExtras(List<String> names) {
        return new Architecture(
                inputs - extras.size() + names.size(), hidden, layers, horizon, quantiles, kind, span, names);
    }

    /** Numbers that the network puts out per step: horizon x quantiles, quantile fastest. */
    public int outputs() {
        return horizon * quantiles;
    }

    /** Whether the horizon is unrolled by an LSTM of its own. */
    public boolean isUnrolled() {
        return kind == Kind.ENCODER_DECODER || kind == Kind.GENERATIVE;
    }

    /** LSTM layers in all: the stack, the decoder after it, or the two directions. */
    public int cells() {
        return switch (kind) {
            case LSTM, CNN_LSTM -> layers;
            case ENCODER_DECODER, GENERATIVE -> layers + 1;
            case BIDIRECTIONAL -> 2;
            case MLP -> 0;
        };
    }

    /** Inputs of the given LSTM layer, 0 being the lowest, the decoder the last. */
    public int inputsOf(int layer) {
        if (isUnrolled() && layer == layers) {
            return Feed.width(kind) + hidden;
        }
        if (layer == 0) {
            return kind == Kind.CNN_LSTM ? FILTERS : inputs;
        }
        return kind == Kind.BIDIRECTIONAL ? inputs : hidden;
    }

    /** The levels that the head's columns stand for, ascending; of one horizon step. */
    public double[] levels() {
        return kind == Kind.GENERATIVE ? Feed.GRID.clone() : Quantiles.levels();
    }

    /** Columns of the head: all outputs, or those of one step where the horizon is unrolled. */
    public int headWidth() {
        return switch (kind) {
            case ENCODER_DECODER -> quantiles;
            case GENERATIVE -> Feed.GRID.length;
            default -> outputs();
        };
    }

    /** Steps that training and judging leave between two forecasts of a window: forecasts that cost many LSTM steps are thinned. */
    public int stride() {
        return isUnrolled() || kind == Kind.BIDIRECTIONAL ? 6 : 1;
    }

    /** Inputs that the state of a series remembers, in steps. */
    int pastSteps() {
        return switch (kind) {
            case CNN_LSTM -> span - 1;
            case BIDIRECTIONAL, MLP -> span;
            default -> 0;
        };
    }

    /** Rows of the state of a series that hold inputs of steps before, 0 or more; they come first, see {@link #stateRows}. */
    public int pastRows() {
        return (pastSteps() * inputs + 2 * hidden - 1) / (2 * hidden);
    }

    /** Whether LSTM layers carry a state from step to step. */
    public boolean hasRecurrentState() {
        return kind != Kind.BIDIRECTIONAL && kind != Kind.MLP;
    }

    /** Rows of the state of a series, each of {@link #hidden} hidden and as many cell values. */
    public int stateRows() {
        return pastRows() + (hasRecurrentState() ? layers : 0);
    }

    /** All matrices, in the order in which they are written: a front, each LSTM layer, the head; each with its bias after it. */
    List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>();
        if (kind == Kind.CNN_LSTM || kind == Kind.MLP) {
            int width = kind == Kind.MLP ? hidden : FILTERS;
            shapes.add(new Shape("front", span * inputs, width));
            shapes.add(new Shape("front bias", 1, width));
        }
        for (int cell = 0; cell < cells(); cell++) {
            shapes.add(new Shape("kernel " + cell, inputsOf(cell), 4 * hidden));
            shapes.add(new Shape("recurrent " + cell, hidden, 4 * hidden));
            shapes.add(new Shape("bias " + cell, 1, 4 * hidden));
        }
        shapes.add(new Shape("head", kind == Kind.BIDIRECTIONAL ? 2 * hidden : hidden, headWidth()));
        shapes.add(new Shape("head bias", 1, headWidth()));
        return shapes;
    }

    /** Size of weights of this shape in bytes, without a classifier and the few that name the shape. */
    public long bytes() {
        return shapes().stream()
                .mapToLong(shape -> (long) shape.rows() * shape.columns() * Float.BYTES)
                .sum();
    }

    /** Whether the matrix of this name is multiplied by the inputs of a step, or of several. */
    boolean takesInputs(String shape) {
        return switch (kind) {
            case CNN_LSTM, MLP -> shape.equals("front");
            case BIDIRECTIONAL -> shape.startsWith("kernel ");
            case LSTM, ENCODER_DECODER, GENERATIVE -> shape.equals("kernel 0");
        };
    }

    /** For people, e.g. {@code lstm inputs=10 hidden=64 layers=1 horizon=24 quantiles=5}. */
    public String text() {
        return kind.text() + " inputs=" + inputs + " hidden=" + hidden + " layers=" + layers + " horizon=" + horizon
                + " quantiles=" + quantiles
                + (kind == Kind.LSTM || kind == Kind.ENCODER_DECODER ? "" : " span=" + span)
                + (extras.isEmpty() ? "" : " extras=" + String.join(",", extras));
    }
}
