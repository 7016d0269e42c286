package io.eddy.train;

import io.eddy.model.network.Classifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How well steps that were not fitted to are told apart. */
final class ClassifierJudge {
    private static final double LEAST = 1e-7;

    private ClassifierJudge() {}

    /**
     * What a classifier gave.
     *
     * @param logLoss mean binary cross-entropy of the steps, by weight, in nats
     * @param auc probability that an anomalous step has a higher one than a normal one, 0 to 1; NaN where one kind is missing
     * @param windows the loss of each window, its steps' sum; NaN without any
     */
    record Result(double logLoss, double auc, List<Double> windows) {}

    static Result judge(LabelledSteps steps, Classifier classifier) {
        return judge(steps, classifier::probability);
    }

    /** What the same probability for all steps gives. */
    static Result judge(LabelledSteps steps, double rate) {
        return judge(steps, state -> rate);
    }

    private static Result judge(LabelledSteps steps, ToDoubleFunction<float[]> probability) {
        Double[] windows = new Double[steps.series().size()];
        Arrays.fill(windows, Double.NaN);
        double[] p = new double[steps.size()];
        double sum = 0;
        double all = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = probability.applyAsDouble(steps.state(k));
            double right = steps.isAnomalous(k) ? p[k] : 1 - p[k];
            double loss = -steps.weight(k) * Math.log(Math.max(LEAST, right));
            int window = steps.window(k);
            windows[window] = Double.isNaN(windows[window]) ? loss : windows[window] + loss;
            sum += loss;
            all += steps.weight(k);
        }
        return new Result(sum / all, auc(steps, p), List.of(windows));
    }

    /** Ranks (Mann and Whitney 1947), those of equal probability shared; by weight. */
    private static double auc(LabelledSteps steps, double[] p) {
        List<Integer> order = new ArrayList<>();
        for (int k = 0; k < p.length; k++) {
            order.add(k);
        }
        order.sort(Comparator.comparingDouble(k -> p[k]));
        double normal = 0;
        double odd = 0;
        double won = 0;
        for (int from = 0; from < p.length; ) {
            double tiedNormal = 0;
            double tiedOdd = 0;
            int to = from;
            for (; to < p.length && p[order.get(to)] == p[order.get(from)]; to++) {
                int k = order.get(to);
                tiedNormal += steps.isAnomalous(k) ? 0 : steps.weight(k);
                tiedOdd += steps.isAnomalous(k) ? steps.weight(k) : 0;
            }
            won += tiedOdd * (normal + tiedNormal / 2);
            normal += tiedNormal;
            odd += tiedOdd;
            from = to;
        }
        return won / (normal * odd);
    }
}
