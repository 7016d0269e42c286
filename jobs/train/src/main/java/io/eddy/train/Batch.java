package io.eddy.train;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Feed;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Windows as the arrays that each kind of network wants, the numbers of one step of one window side by side. */
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

    /**
     * What enters the lowest layer.
     *
     * @param plain whether that is DL4J's own, which wants the windows side by side
     */
    INDArray inputs(boolean plain) {
        int batch = count * origins.length;
        return switch (a.kind()) {
            case BIDIRECTIONAL -> Floats.sequences(spans(a.inputs(), a.span()), batch, a.inputs(), a.span());
            case MLP -> {
                int width = a.span() * a.inputs();
                yield Floats.array(spans(width, 1), width, batch).permute(1, 0);
            }
            default -> {
                List<float[]> all = windows.stream().map(TrainingWindow::inputs).toList();
                yield plain
                        ? Floats.array(columns(all), count, a.inputs(), steps)
                        : Floats.sequences(steps(all, a.inputs()), count, a.inputs(), steps);
            }
        };
    }

    /** [width, windows, steps] of rows [width, steps]. */
    private float[] steps(List<float[]> rows, int width) {
        float[] data = new float[width * count * steps];
        for (int w = 0; w < count; w++) {
            float[] row = rows.get(w);
            for (int t = 0; t < steps; t++) {
                System.arraycopy(row, t * width, data, (t * count + w) * width, width);
            }
        }
        return data;
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

    /** The inputs up to each origin, zeros before the window, in parts of so many numbers: [width, windows * origins, parts]. */
    private float[] spans(int width, int parts) {
        int batch = count * origins.length;
        float[] data = new float[width * batch * parts];
        for (int o = 0; o < origins.length; o++) {
            int first = (origins[o] + 1) * a.inputs() - width * parts;
            int unknown = Math.max(0, -first);
            for (int w = 0; w < count; w++) {
                float[] inputs = windows.get(w).inputs();
                for (int part = unknown / width; part < parts; part++) {
                    int from = Math.max(part * width, unknown);
                    int to = (part * batch + o * count + w) * width + from % width;
                    System.arraycopy(inputs, first + from, data, to, (part + 1) * width - from);
                }
            }
        }
        return data;
    }

    /** What enters a decoder beside the encoder's state, [width, windows * origins, horizon]; see {@link Feed}. */
    float[] feed() {
        int width = Feed.width(a.kind());
        int batch = count * origins.length;
        float[] feed = new float[width * batch * a.horizon()];
        for (int step = 0; step < a.horizon(); step++) {
            for (int e = 0; e < batch; e++) {
                int at = (step * batch + e) * width;
                if (width > 1) {
                    feed[at] = Feed.before(step == 0 ? 0 : target(e, step - 1));
                }
                feed[at + width - 1] = Feed.position(step + 1);
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
            case ENCODER_DECODER, GENERATIVE ->
                Floats.sequences(chosen(1), (long) count * origins.length, 1, a.horizon());
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
        return Floats.sequences(steps(targets(), a.horizon()), count, a.horizon(), steps);
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
