package io.eddy.train;

import io.eddy.connectors.Options;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the candidate of a round is published, on windows held out: if its median forecast is no worse than the base forecast
 * and its pinball loss is better than its parent's, beyond noise, and if it has not forgotten what its parent knew.
 */
public final class Acceptance {
    private static final double MIN_IMPROVEMENT = 0.002;
    /** Each series mixes the network's median with the base by realised error, so a little less is no loss where the quantiles gain. */
    private static final double MEDIAN_SLACK = 1.03;
    /** One in twenty candidates that are no better than their parents gets so far. */
    private static final double BEYOND_NOISE = 1.64;

    /** How much worse a candidate may forecast what its parent knew: what is gained on the newest windows costs a little elsewhere. */
    private static final double FORGOTTEN = 1.02;
    /** The most of generated series that a larger gain on the fleet's own windows pays for. */
    private static final double PAID_FOR = 1.05;

    private final Architecture architecture;
    private final double minImprovement;
    private final @Nullable Rehearsal rehearsal;

    /** What the options ask for. */
    static Acceptance of(Options options, Rehearsal rehearsal) {
        return new Acceptance(NetworkShape.of(options), MIN_IMPROVEMENT, rehearsal);
    }

    /**
     * One that does not look at generated series: candidates may forget them.
     *
     * @param minImprovement the part of the parent's pinball loss that a candidate must save, 0 to below 1
     */
    public Acceptance(Architecture architecture, double minImprovement) {
        this(architecture, minImprovement, null);
    }

    /** @param rehearsal null: candidates may forget generated series */
    Acceptance(Architecture architecture, double minImprovement, @Nullable Rehearsal rehearsal) {
        if (!(minImprovement >= 0 && minImprovement < 1)) {
            throw new IllegalArgumentException("minImprovement: expected 0 to below 1, found " + minImprovement);
        }
        this.architecture = architecture;
        this.minImprovement = minImprovement;
        this.rehearsal = rehearsal;
    }

    /** Judges a round that was planned; where people have spoken of spans, with its classifier. */
    Round judge(RoundPlan plan, List<Fitted> shares) {
        return Classifying.after(plan, judge(plan.parent(), plan.split().heldOut(), plan.trainedToMillis(), shares));
    }

    /**
     * Averages what the trainers of a round made of their shares and judges it.
     *
     * @param parent weights that the candidate must beat; null: there are none
     * @param heldOut windows to judge on; with a parent those that end before {@code trainedToMillis} are old ones, which tell what
     *     is forgotten
     * @param shares at least one, in the order of the shares
     */
    public Round judge(
            @Nullable Weights parent, List<TrainingWindow> heldOut, long trainedToMillis, List<Fitted> shares) {
        Trainer.check("parent", parent, architecture);
        List<TrainingWindow> newest = heldOut.stream()
                .filter(window -> parent == null || window.endMillis() >= trainedToMillis)
                .toList();
        Judgement base = Judge.judge(null, newest, architecture.stride());
        Judgement old = parent == null ? null : Judge.judge(parent, newest);
        Fitted fitted = Fitted.mean(shares);
        Judgement candidate = null;
        List<Forgetting> forgetting = List.of();
        double gain = 0;
        String fault = fitted.fault();
        if (fault == null && base.targets() == 0) {
            fault = "held-out targets: expected at least 1, found 0";
        } else if (fitted.weights() != null) {
            candidate = Judge.judge(fitted.weights(), newest);
            gain = old == null ? 0 : Noise.gain(newest, old, candidate);
            fault = fault(candidate, old, base, gain);
            forgetting = forgetting(parent, fitted.weights(), heldOut, trainedToMillis);
            for (Forgetting known : forgetting) {
                double gained = old == null ? 1 : old.pinball() / candidate.pinball();
                double most = known.what().equals(Forgetting.GENERATED) ? forgotten(gained) : FORGOTTEN;
                fault = fault == null ? known.fault(most, BEYOND_NOISE) : fault;
            }
        }
        return new Round(
                fault == null,
                fault != null || candidate == null ? String.valueOf(fault) : merit(candidate, old, base),
                candidate == null ? null : fitted.weights(),
                candidate,
                old,
                base,
                fitted.windows(),
                newest.size(),
                gain,
                forgetting,
                fitted.epochs(),
                fitted.diverged(),
                fitted.trainLoss(),
                shares.size(),
                (int) shares.stream().filter(share -> share.weights() == null).count(),
                null);
    }

    /**
     * The largest loss on generated series beside the parent's that is not forgetting: what it gains on its own fleet is worth as much of them, up to a point.
     *
     * @param gained the parent's loss on the newest windows beside the candidate's
     */
    static double forgotten(double gained) {
        return Math.min(PAID_FOR, Math.max(FORGOTTEN, gained));
    }

    /** Candidate and parent on what the parent knew: old windows of the fleet, and generated series. */
    private List<Forgetting> forgetting(
            @Nullable Weights parent, Weights candidate, List<TrainingWindow> heldOut, long trainedToMillis) {
        if (parent == null || heldOut.isEmpty()) {
            return List.of();
        }
        List<TrainingWindow> old = heldOut.stream()
                .filter(window -> window.endMillis() < trainedToMillis)
                .toList();
        List<TrainingWindow> generated = rehearsal == null
                ? List.of()
                : rehearsal.judged(parent, heldOut.get(0).steps());
        List<Forgetting> all = new ArrayList<>();
        if (!old.isEmpty()) {
            all.add(Forgetting.of(Forgetting.OLD, old, parent, candidate));
        }
        if (!generated.isEmpty()) {
            all.add(Forgetting.of(Forgetting.GENERATED, generated, parent, candidate));
        }
        return all;
    }

    /** Why the candidate must not be published; null if it may. */
    private @Nullable String fault(Judgement candidate, @Nullable Judgement parent, Judgement base, double gain) {
        // Written so that NaN is a fault.
        if (!(candidate.pinball() < base.pinball())) {
            return says(
                    "pinball loss: expected below the base's %.5g, found %.5g", base.pinball(), candidate.pinball());
        }
        if (!(candidate.medianLoss() <= MEDIAN_SLACK * base.medianLoss())) {
            return says(
                    "median loss: expected at most %.5g (%s x the base's), found %.5g",
                    MEDIAN_SLACK * base.medianLoss(), MEDIAN_SLACK, candidate.medianLoss());
        }
        if (parent != null) {
            double limit = parent.pinball() * (1 - minImprovement);
            if (!(candidate.pinball() <= limit)) {
                return says(
                        "pinball loss: expected at most %.5g (parent %.5g), found %.5g",
                        limit, parent.pinball(), candidate.pinball());
            }
            if (!(gain >= BEYOND_NOISE)) {
                return says(
                        "gain over the parent: expected at least %s standard errors, found %.2g", BEYOND_NOISE, gain);
            }
        }
        return null;
    }

    private static String merit(Judgement candidate, @Nullable Judgement parent, Judgement base) {
        String first = says("median loss %.5g, base %.5g", candidate.medianLoss(), base.medianLoss());
        return parent == null
                ? first
                : first + says("; pinball loss %.5g, parent %.5g", candidate.pinball(), parent.pinball());
    }

    private static String says(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
