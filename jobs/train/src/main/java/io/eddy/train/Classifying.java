package io.eddy.train;

import io.eddy.model.network.Classifier;
import io.eddy.model.network.Weights;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The end of a round where people have spoken of spans: the network that comes out of it, the candidate's or the parent's, stays as it is, and a
 * classifier is fitted to its hidden states. The newest of the anomalous steps judge it, and all windows since.
 */
final class Classifying {
    /** Anomalous steps that are needed at least; of these so many to judge on. */
    private static final int LEAST = 20;

    private static final int LEAST_HELD_OUT = 5;
    /** Share of the anomalous steps that are held out, at least. */
    private static final double HELD_OUT_SHARE = 0.3;
    /** As for the network: one in twenty that are no better gets so far. */
    private static final double BEYOND_NOISE = 1.64;

    private final Weights network;
    private final boolean keepsNetwork;
    /** The parent's, where it is one for this network. */
    private final @Nullable Classifier known;

    private final List<LabelledWindow> windows;
    private final int anomalous;

    private Classifying(
            Weights network, boolean keepsNetwork, @Nullable Classifier known, List<LabelledWindow> windows) {
        this.network = network;
        this.keepsNetwork = keepsNetwork;
        this.known = known;
        this.windows = windows;
        anomalous = count(windows, LabelledWindow.ANOMALOUS);
    }

    /** The round with what came of the classifier; itself where nobody has spoken, or there is no network yet. */
    static Round after(RoundPlan plan, Round round) {
        Weights parent = plan.parent();
        boolean keeps = !round.published() || round.weights() == null;
        Weights network = keeps ? parent : round.weights();
        if (network == null || plan.labelled().isEmpty()) {
            return round;
        }
        Classifier known = keeps && parent != null ? parent.classifier() : null;
        return round.with(network, new Classifying(network, keeps, known, plan.labelled()).fit());
    }

    private Classification fit() {
        if (anomalous < LEAST) {
            return none("anomalous steps: expected at least " + LEAST + ", found " + anomalous);
        }
        int cut = cut();
        List<LabelledWindow> older = windows.subList(0, cut);
        List<LabelledWindow> newest = windows.subList(cut, windows.size());
        int heldOut = count(newest, LabelledWindow.ANOMALOUS);
        if (heldOut < LEAST_HELD_OUT) {
            return none("anomalous steps to judge on" + (known == null ? "" : ", newer than the parent's classifier")
                    + ": expected at least " + LEAST_HELD_OUT + ", found " + heldOut);
        }
        if (heldOut == anomalous) {
            return none("anomalous steps before those to judge on: expected at least 1, found 0");
        }
        LabelledSteps fitted = LabelledSteps.of(network, older);
        LabelledSteps judged = LabelledSteps.of(network, newest);
        if (fitted.rate() == 1 || judged.rate() == 1) {
            return none("normal steps: expected at least 1, found 0");
        }
        Classifier found = ClassifierFit.fit(fitted, older.get(older.size() - 1).lastMillis());
        return judged(found, judged, fitted, heldOut);
    }

    /** The parent's probabilities are those of the stream, where anomalies are rarer than among these steps. */
    private Classification judged(Classifier found, LabelledSteps steps, LabelledSteps fitted, int heldOut) {
        double toStream = StreamOdds.of(found, fitted, steps);
        ClassifierJudge.Result own = ClassifierJudge.judge(steps, found);
        ClassifierJudge.Result base = ClassifierJudge.judge(steps, fitted.rate());
        ClassifierJudge.Result parent = known == null ? null : ClassifierJudge.judge(steps, known.shifted(-toStream));
        double gain = Noise.gain(steps.series(), (parent == null ? base : parent).windows(), own.windows());
        // Written so that NaN is a fault.
        boolean better = own.logLoss() < base.logLoss() && gain >= BEYOND_NOISE;
        String rivals = parent == null ? "" : String.format(Locale.ROOT, ", parent's %.4g", parent.logLoss());
        String reason = String.format(
                Locale.ROOT,
                "log loss %.4g, base rate's %.4g%s, gain %.2g standard errors (%s asked for), AUC %.3f",
                own.logLoss(),
                base.logLoss(),
                rivals,
                gain,
                BEYOND_NOISE,
                own.auc());
        return new Classification(
                better ? found.shifted(toStream) : null,
                keepsNetwork,
                (better ? "fitted: " : "left out: ") + reason,
                anomalous,
                count(windows, LabelledWindow.NORMAL),
                heldOut,
                steps.size(),
                own.logLoss(),
                base.logLoss(),
                parent == null ? Double.NaN : parent.logLoss(),
                own.auc(),
                gain);
    }

    /** Index of the first window to judge on: none that the parent's classifier was fitted to is. */
    private int cut() {
        int odd = 0;
        int cut = windows.size();
        while (cut > 0 && odd < HELD_OUT_SHARE * anomalous) {
            odd += LabelledSteps.count(windows.get(--cut), LabelledWindow.ANOMALOUS);
        }
        while (known != null && cut < windows.size() && windows.get(cut).lastMillis() <= known.fittedToMillis()) {
            cut++;
        }
        return cut;
    }

    private static int count(List<LabelledWindow> windows, byte label) {
        return windows.stream()
                .mapToInt(window -> LabelledSteps.count(window, label))
                .sum();
    }

    private Classification none(String reason) {
        return new Classification(
                null,
                keepsNetwork,
                reason,
                anomalous,
                count(windows, LabelledWindow.NORMAL),
                0,
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                Double.NaN);
    }
}
