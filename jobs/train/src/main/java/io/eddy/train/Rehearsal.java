package io.eddy.train;

import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.Inputs;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What keeps fine-tuning from forgetting the generated series that base weights were trained on: windows of such series to judge on, and others
 * that are trained on among the fleet's (rehearsal, Robins 1995). Weights that do not know generated series have nothing to forget.
 *
 * <p>Windows are made when they are first needed, which takes a second or two, and are the same in every job.
 */
final class Rehearsal {
    private static final long SEED = 90_001;
    private static final int JUDGED = 300;
    private static final int REPEATED = 600;
    /** A series lasts so many windows, of which every third is taken: many short series say more than a few long ones. */
    private static final int WINDOWS = 8;

    private static final int EVERY = 3;
    private static final double NO_WORSE = 1.05;

    private final Architecture architecture;
    private final String experts;
    private final double share;
    /** The weights that were last asked for, and whether they know generated series. */
    private @Nullable Weights asked;

    private boolean knows;
    private List<TrainingWindow> judged = List.of();
    private List<TrainingWindow> repeated = List.of();

    /** What the options ask for. */
    static Rehearsal of(Options options) {
        return new Rehearsal(
                NetworkShape.of(options), options.get(ForecastOptions.EXPERTS), options.get(TrainOptions.REHEARSAL));
    }

    /**
     * @param experts whose mixture is the base forecast of the fleet's windows
     * @param share of what is trained on, 0 to below 1
     */
    Rehearsal(Architecture architecture, String experts, double share) {
        this.architecture = architecture;
        this.experts = experts;
        this.share = share;
    }

    /** Windows to judge on, as long as the fleet's; none where the weights do not know generated series. */
    List<TrainingWindow> judged(@Nullable Weights parent, int steps) {
        if (parent == null) {
            return List.of();
        }
        boolean other = judged.isEmpty() || judged.get(0).steps() != steps;
        if (other) {
            judged = windows(-1, JUDGED, steps);
        }
        if (other || parent != asked) {
            Judgement base = Judge.judge(null, judged, architecture.stride());
            Judgement known = Judge.judge(parent, judged);
            // Any spread beats the base, which has none; a median that is no worse tells that such series were learnt.
            knows = known.pinball() < base.pinball() && known.medianLoss() <= NO_WORSE * base.medianLoss();
            asked = parent;
        }
        return knows ? judged : List.of();
    }

    /** The windows to train on with so many generated ones that they make up the share. */
    List<TrainingWindow> with(@Nullable Weights start, List<TrainingWindow> training) {
        if (share == 0 || judged(start, training.get(0).steps()).isEmpty()) {
            return training;
        }
        if (repeated.isEmpty() || repeated.get(0).steps() != training.get(0).steps()) {
            repeated = windows(0, REPEATED, training.get(0).steps());
        }
        List<TrainingWindow> all = new ArrayList<>(training);
        long wanted = Math.round(share / (1 - share) * training.size());
        for (int k = 0; k < wanted; k++) {
            all.add(repeated.get(k % REPEATED));
        }
        return all;
    }

    private List<TrainingWindow> windows(int number, int count, int steps) {
        Inputs inputs = Inputs.of(architecture.extras(), Set.of(), ZoneOffset.UTC);
        int horizon = architecture.horizon();
        int seriesSteps = WINDOWS * steps + horizon;
        return GeneratedWindows.of(SEED, number, count, seriesSteps, EVERY, steps, horizon, experts, inputs);
    }
}
