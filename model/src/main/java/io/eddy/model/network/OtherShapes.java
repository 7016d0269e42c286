package io.eddy.model.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link Weights} as those of a network of another shape that says the same. The hidden state does not change, so the classifier stays. */
final class OtherShapes {
    private OtherShapes() {}

    static Weights withHorizon(Weights weights, int horizon) {
        Architecture architecture = weights.architecture();
        Architecture other = architecture.withHorizon(horizon);
        int perStep =
                other.headWidth() == architecture.headWidth() ? 0 : architecture.headWidth() / architecture.horizon();
        List<float[][]> heads = new ArrayList<>(weights.shared());
        for (int k = heads.size() - 2; k < heads.size(); k++) {
            heads.set(
                    k,
                    Arrays.stream(heads.get(k))
                            .map(row -> {
                                float[] steps = Arrays.copyOf(row, other.headWidth());
                                for (int i = row.length; i < steps.length; i++) {
                                    steps[i] = steps[i - perStep];
                                }
                                return steps;
                            })
                            .toArray(float[][]::new));
        }
        return Weights.of(other, heads).withClassifier(weights.classifier());
    }

    static Weights widened(Weights weights, List<String> extras) {
        Architecture architecture = weights.architecture();
        if (extras.equals(architecture.extras()) || !extras.containsAll(architecture.extras())) {
            return weights;
        }
        Architecture wider = architecture.withExtras(extras);
        int usual = architecture.inputs() - architecture.extras().size();
        int[] from = new int[wider.inputs()];
        for (int i = 0; i < from.length; i++) {
            int known = i < usual ? -1 : architecture.extras().indexOf(extras.get(i - usual));
            from[i] = i < usual ? i : known < 0 ? -1 : usual + known;
        }
        List<float[][]> tensors = new ArrayList<>(weights.shared());
        List<Architecture.Shape> shapes = architecture.shapes();
        for (int k = 0; k < shapes.size(); k++) {
            if (architecture.takesInputs(shapes.get(k).name())) {
                tensors.set(k, spread(tensors.get(k), architecture.inputs(), from));
            }
        }
        return Weights.of(wider, tensors).withClassifier(weights.classifier());
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
}
