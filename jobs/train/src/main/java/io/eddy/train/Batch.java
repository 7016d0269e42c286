package io.eddy.train;

import io.eddy.model.Architecture;
import io.eddy.model.Feed;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Windows as the arrays that each kind of network wants; the window is the fastest dimension of all of them. */
final class Batch {
    /** Floats of a cache line. */
    private static final int BLOCK = 16;

    private final Architecture a;
    private final List<TrainingWindow> windows;
    private final int count;
    private final int steps;
    /** Steps of each window that a forecast is made from. */
    private final int[] origins;

    /**
     * @param windows at least one, all with the same number of steps
     * @param origins steps of each window, from 0, whose forecasts are wanted; of kinds that forecast at every step all are
     */
    Batch(Architecture architecture, List<TrainingWindow> windows, int[] origins) {
        a = architecture;
        this.windows = windows;
        this.origins = origins;
        count = windows.size();
        steps = windows.get(0).steps();
        for (TrainingWindow window : windows) {
            check("steps", steps, window.steps());
            check("inputs", a.inputs(), window.inputsPerStep());
        }
    }

    private static void check(String name, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(name + ": expected " + expected + ", found " + found);
        }
    }

    int[] origins() {
        return origins;
    }

    /** What enters the lowest layer. */
    INDArray inputs() {
        return switch (a.kind()) {
            case BIDIRECTIONAL -> Floats.array(spans(), (long) count * origins.length, a.inputs(), a.span());
            case MLP -> Floats.array(spans(), (long) count * origins.length, (long) a.span() * a.inputs());
            default -> sequences();
        };
    }

    /** [windows, inputs, steps]. */
    private INDArray sequences() {
        return Floats.array(columns(windows.stream().map(TrainingWindow::inputs).toList()), count, a.inputs(), steps);
    }

    /** Number k of every row side by side, as column k. */
    private static float[] columns(List<float[]> rows) {
        int width = rows.get(0).length;
        float[] data = new float[rows.size() * width];
        lay(rows, IntStream.range(0, width).toArray(), data);
        return data;
    }

    /** Writes number k of every row side by side, as column places[k]. In blocks, so that what is written stays in the cache. */
    private static void lay(List<float[]> rows, int[] places, float[] data) {
        int count = rows.size();
        for (int first = 0; first < places.length; first += BLOCK) {
            int last = Math.min(first + BLOCK, places.length);
            for (int w = 0; w < count; w++) {
                float[] row = rows.get(w);
                for (int k = first; k < last; k++) {
                    data[places[k] * count + w] = row[k];
                }
            }
        }
    }

    /** [origins * windows, inputs, span]: the inputs up to each origin, zeros before the window. */
    private float[] spans() {
        int width = a.inputs();
        int batch = count * origins.length;
        float[] data = new float[batch * width * a.span()];
        for (int o = 0; o < origins.length; o++) {
            int first = origins[o] - a.span() + 1;
            for (int w = 0; w < count; w++) {
                float[] inputs = windows.get(w).inputs();
                for (int k = Math.max(0, -first) * width; k < a.span() * width; k++) {
                    data[k * batch + o * count + w] = inputs[first * width + k];
                }
            }
        }
        return data;
    }

    /** What enters a decoder beside the encoder's state, [origins * windows, width, horizon]; see {@link Feed}. */
    float[] feed() {
        int width = Feed.width(a.kind());
        int batch = count * origins.length;
        float[] feed = new float[batch * width * a.horizon()];
        for (int step = 0; step < a.horizon(); step++) {
            for (int e = 0; e < batch; e++) {
                int at = step * width * batch + e;
                if (width > 1) {
                    feed[at] = Feed.before(step == 0 ? 0 : target(e, step - 1));
                }
                feed[at + (width - 1) * batch] = Feed.position(step + 1);
            }
        }
        return feed;
    }

    private float target(int example, int step) {
        int origin = origins[example / count];
        return windows.get(example % count).targets()[origin * a.horizon() + step];
    }

    /**
     * The targets, each once, or once per level where an output layer of DL4J's own wants them so.
     *
     * @param plain whether the head is DL4J's own
     */
    INDArray labels(boolean plain) {
        for (TrainingWindow window : windows) {
            check("horizon", a.horizon(), window.horizon());
        }
        return switch (a.kind()) {
            case LSTM, CNN_LSTM -> plain ? repeated() : everywhere();
            case ENCODER_DECODER, GENERATIVE -> {
                int batch = count * origins.length;
                yield Floats.array(chosen(1), batch, 1, a.horizon());
            }
            case BIDIRECTIONAL, MLP -> Floats.array(chosen(a.quantiles()), (long) count * origins.length, a.outputs());
        };
    }

    /** [origins * windows, horizon * repeat]. */
    private float[] chosen(int repeat) {
        int batch = count * origins.length;
        float[] data = new float[batch * a.horizon() * repeat];
        for (int column = 0; column < a.horizon() * repeat; column++) {
            for (int e = 0; e < batch; e++) {
                data[column * batch + e] = target(e, column / repeat);
            }
        }
        return data;
    }

    private List<float[]> targets() {
        return windows.stream().map(TrainingWindow::targets).toList();
    }

    /** [windows, horizon, steps]. */
    private INDArray everywhere() {
        return Floats.array(columns(targets()), count, a.horizon(), steps);
    }

    /** [windows, horizon * levels, steps]. DL4J makes rows of it, step by step, for which it needs no copy. */
    private INDArray repeated() {
        int repeat = a.quantiles();
        int rows = count * steps;
        int horizon = a.horizon();
        float[] data = new float[rows * horizon * repeat];
        lay(
                targets(),
                IntStream.range(0, steps * horizon)
                        .map(k -> k % horizon * repeat * steps + k / horizon)
                        .toArray(),
                data);
        for (int o = 0; o < horizon * repeat; o++) {
            System.arraycopy(data, (o - o % repeat) * rows, data, o * rows, rows);
        }
        return Floats.array(data, count, steps, (long) horizon * repeat).permute(0, 2, 1);
    }
}
