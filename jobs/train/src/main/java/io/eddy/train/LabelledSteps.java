package io.eddy.train;

import io.eddy.model.Inputs;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;

/**
 * Steps with the hidden state that a network was left in and what they are called. Steps without a value are none, nor are the first of each window:
 * their state has just begun.
 */
final class LabelledSteps {
    /** What a step that nobody spoke of counts: it may be an anomaly that nobody told. */
    private static final float UNSAID_WEIGHT = 0.5f;

    private static final int WARM_UP = 8;
    /** Numbers of all states together, about; where there are more, steps that nobody spoke of are thinned. */
    private static final long MOST_NUMBERS = 4_000_000;

    /** The windows' series, and per step which window it is of. */
    private final List<LabelledWindow> windows;

    private final List<Integer> windowOf = new ArrayList<>();
    /** Top layer's rows, each [hidden]. */
    private final List<float[]> states = new ArrayList<>();

    private final List<Boolean> anomalous = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();
    /** How many steps of the stream each stands for. */
    private final List<Integer> stands = new ArrayList<>();

    private LabelledSteps(List<LabelledWindow> windows) {
        this.windows = windows;
    }

    /** Runs a network over windows, each from a zero state. */
    static LabelledSteps of(Weights network, List<LabelledWindow> windows) {
        LabelledSteps steps = new LabelledSteps(windows);
        Architecture a = network.architecture();
        long numbers = 0;
        for (LabelledWindow window : windows) {
            numbers += (long) window.steps() * a.hidden();
        }
        int every = (int) (1 + numbers / MOST_NUMBERS);
        for (int k = 0; k < windows.size(); k++) {
            steps.run(network, k, every);
        }
        return steps;
    }

    private void run(Weights network, int k, int every) {
        LabelledWindow window = windows.get(k);
        Architecture a = network.architecture();
        float[] x = new float[a.inputs()];
        float[][] h = new float[a.stateRows()][a.hidden()];
        float[][] c = new float[a.stateRows()][a.hidden()];
        float[] z = new float[4 * a.hidden()];
        for (int t = 0; t < window.steps(); t++) {
            System.arraycopy(window.inputs(), t * x.length, x, 0, x.length);
            network.step(x, h, c, z);
            boolean unsaid = window.labels()[t] == LabelledWindow.UNSAID;
            if (counts(window, t) && (!unsaid || t % every == 0)) {
                windowOf.add(k);
                states.add(h[h.length - 1].clone());
                anomalous.add(window.labels()[t] == LabelledWindow.ANOMALOUS);
                weights.add(unsaid ? every * UNSAID_WEIGHT : 1f);
                stands.add(window.stands() * (unsaid ? every : 1));
            }
        }
    }

    private static boolean counts(LabelledWindow window, int t) {
        return t >= Math.min(WARM_UP, window.steps() / 4)
                && Inputs.hasValue(window.inputs(), t * window.inputsPerStep());
    }

    /** Steps of a window that count and are called so. */
    static int count(LabelledWindow window, byte label) {
        int count = 0;
        for (int t = 0; t < window.steps(); t++) {
            count += counts(window, t) && window.labels()[t] == label ? 1 : 0;
        }
        return count;
    }

    int size() {
        return states.size();
    }

    /** The series of each window. */
    List<String> series() {
        return windows.stream().map(LabelledWindow::series).toList();
    }

    /** Index of the window that a step is of. */
    int window(int step) {
        return windowOf.get(step);
    }

    /** [hidden], not to be changed. */
    float[] state(int step) {
        return states.get(step);
    }

    boolean isAnomalous(int step) {
        return anomalous.get(step);
    }

    float weight(int step) {
        return weights.get(step);
    }

    /** The share of anomalous steps, by weight. */
    double rate() {
        double all = 0;
        double odd = 0;
        for (int k = 0; k < size(); k++) {
            all += weights.get(k);
            odd += anomalous.get(k) ? weights.get(k) : 0;
        }
        return odd / all;
    }

    /** How many steps of the stream a step stands for, at least 0. */
    int stands(int step) {
        return stands.get(step);
    }
}
