package io.eddy.train;

import io.eddy.model.network.Classifier;
import java.util.List;

/**
 * From the steps that a classifier was fitted to, which hold more anomalies, to the stream: the odds of all steps are multiplied by one number, so
 * that the mean probability is the share of anomalous steps (the intercept alone is fitted anew, Cox 1958). The order of the steps stays.
 */
final class StreamOdds {
    private static final double WIDEST = 40;
    private static final int HALVINGS = 50;

    private StreamOdds() {}

    /**
     * What to move the log odds by.
     *
     * @param parts steps by what they stand for, whether fitted to or not; where they stand for nothing, 0
     */
    static double of(Classifier classifier, LabelledSteps... parts) {
        double all = 0;
        double odd = 0;
        for (LabelledSteps steps : parts) {
            for (int k = 0; k < steps.size(); k++) {
                all += steps.stands(k);
                odd += steps.isAnomalous(k) ? steps.stands(k) : 0;
            }
        }
        if (all == 0) {
            return 0;
        }
        // Half a step of each kind more: a share is never 0 or 1.
        double wanted = all * (odd + 0.5) / (all + 1);
        double low = -WIDEST;
        double high = WIDEST;
        for (int k = 0; k < HALVINGS; k++) {
            double middle = (low + high) / 2;
            if (sum(classifier.shifted(middle), List.of(parts)) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    private static double sum(Classifier classifier, List<LabelledSteps> parts) {
        double sum = 0;
        for (LabelledSteps steps : parts) {
            for (int k = 0; k < steps.size(); k++) {
                sum += steps.stands(k) * classifier.probability(steps.state(k));
            }
        }
        return sum;
    }
}
