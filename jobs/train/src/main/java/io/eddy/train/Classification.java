package io.eddy.train;

import io.eddy.model.network.Classifier;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What came of the classifier at the end of a round.
 *
 * @param classifier that the round's weights get; null: none, or none that is better
 * @param keepsNetwork whether the network is the parent's, which the round's candidate did not beat
 * @param reason why, or why not, in one line
 * @param anomalous steps that people called anomalous, of those that count
 * @param toldNormal the same that they called normal
 * @param heldOutAnomalous of the anomalous ones those that were judged on
 * @param heldOut steps that were judged on
 * @param logLoss on these; NaN where nothing was judged, as in the next four
 * @param baseRateLogLoss what the same probability everywhere gives
 * @param parentLogLoss what the parent's classifier gives; NaN where it has none, or for another network
 * @param auc on the steps held out
 * @param gain over the parent's classifier, or over the base rate where there is none, in standard errors
 */
record Classification(
        @Nullable Classifier classifier,
        boolean keepsNetwork,
        String reason,
        int anomalous,
        int toldNormal,
        int heldOutAnomalous,
        int heldOut,
        double logLoss,
        double baseRateLogLoss,
        double parentLogLoss,
        double auc,
        double gain) {

    /** As metrics of the weights' record; numbers that are none among them. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("classifier/attached", classifier == null ? 0.0 : 1.0);
        metrics.put("classifier/anomalous_steps", (double) anomalous);
        metrics.put("classifier/told_normal_steps", (double) toldNormal);
        metrics.put("classifier/held_out_anomalous_steps", (double) heldOutAnomalous);
        metrics.put("classifier/held_out_steps", (double) heldOut);
        metrics.put("classifier/log_loss", logLoss);
        metrics.put("classifier/base_rate_log_loss", baseRateLogLoss);
        metrics.put("classifier/parent_log_loss", parentLogLoss);
        metrics.put("classifier/auc", auc);
        metrics.put("classifier/gain_standard_errors", gain);
        return metrics;
    }
}
