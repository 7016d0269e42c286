package io.eddy.train;

import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/** Measures each gradient between the backward pass and the updater, which clips every layer's norm. */
final class GradientNorms extends BaseTrainingListener {
    private final double limit;
    private double before = Double.NaN;
    private double after = Double.NaN;

    /** @param limit that the updater clips each layer's L2 norm to */
    GradientNorms(double limit) {
        this.limit = limit;
    }

    @Override
    public void onGradientCalculation(Model model) {
        // The names are layer_parameter.
        Map<String, Double> squares = new HashMap<>();
        model.gradient().gradientForVariable().forEach((name, gradient) -> {
            double norm = gradient.norm2Number().doubleValue();
            squares.merge(name.substring(0, name.indexOf('_')), norm * norm, Double::sum);
        });
        before = Math.sqrt(squares.values().stream().mapToDouble(s -> s).sum());
        after = Math.sqrt(squares.values().stream()
                .mapToDouble(s -> Math.min(s, limit * limit))
                .sum());
    }

    double before() {
        return before;
    }

    double after() {
        return after;
    }
}
