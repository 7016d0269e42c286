package io.eddy.train;

import io.eddy.model.Inputs;
import io.eddy.model.TrainingSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Windows of the series of the {@link Corpus}: base weights are trained on them, and fine-tuning is judged on others and may repeat some. */
public final class GeneratedWindows {
    /** In front of the name of a series' family, to tell it from those of a fleet. */
    static final String FAMILY = "generated_";

    private GeneratedWindows() {}

    /**
     * The same arguments give the same windows.
     *
     * @param number of the set: no series is in two sets of a seed; -1 is the one to judge on
     * @param count windows
     * @param seriesSteps length of a series; long ones have windows of every age, for young experts err otherwise than old ones
     * @param every only one of so many windows of a series is kept, from the first on
     * @param steps of a window, more than the horizon
     * @param experts whose mixture is the base forecast
     */
    public static List<TrainingWindow> of(
            long seed,
            int number,
            int count,
            int seriesSteps,
            int every,
            int steps,
            int horizon,
            String experts,
            Inputs inputs) {
        List<TrainingWindow> windows = new ArrayList<>();
        double[] missing = new double[inputs.covariates().size()]; // generated series have none
        Arrays.fill(missing, Double.NaN);
        int perSet = 1_000_000;
        for (int k = 0; windows.size() < count; k++) {
            Corpus.Series series = Corpus.series(seed + 7919L * (number + 1), k % perSet, seriesSteps);
            String name = series.name() + "/" + FAMILY + series.family().name().toLowerCase(Locale.ROOT);
            // Part of the season is told, part is found, as with real series.
            int season = k % 2 == 0 ? 0 : season(series);
            TrainingSeries cutter =
                    new TrainingSeries(steps, horizon, season, experts, inputs.names(), 0, k * 31 % steps);
            int complete = 0;
            for (int t = 0; t < series.values().length && windows.size() < count; t++) {
                long time = series.startMillis() + t * series.stepMillis();
                TrainingSeries.Window window = cutter.add(time, series.values()[t], missing, inputs);
                if (window != null && complete++ % every == 0) {
                    windows.add(new TrainingWindow(name, time, steps, window.inputs(), window.targets()));
                }
            }
        }
        return windows;
    }

    private static int season(Corpus.Series series) {
        long day = 86_400_000L / series.stepMillis();
        return day <= 1 ? 7 : day > 300 ? 60 : (int) day;
    }
}
