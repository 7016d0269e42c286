package io.eddy.bench;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.TrainingSeries;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Acceptance;
import io.eddy.train.Reservoir;
import io.eddy.train.Round;
import io.eddy.train.Rounds;
import io.eddy.train.Trainer;
import io.eddy.train.TrainingWindow;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to do with the state of a series when the weights change, {@link NewWeights}: simulated series, rounds of fine-tuning as the train job
 * runs them, and the pinball loss of the forecasts that are made in the first steps after each change.
 */
final class NewWeightsBench implements Bench {
    private static final String NAME = "new-weights";
    private static final int HIDDEN = 32;
    /** Steps that a state is made anew from. */
    private static final int REPLAYED = 48;

    private static final int FIRST_STEPS = 24;
    /** Steps of the one long window of a series that the network alone runs over. */
    private static final int STREAM = 850;

    private static final double[] CUTS = {0.4, 0.5, 0.6, 0.7, 0.8};
    private static final int FIRST_BATCHES = 300;
    private static final int BATCHES = 30;
    private static final int BATCH = 64;
    private static final double LEARNING_RATE = 0.005;
    private static final String EXPERTS = "seasonal";

    private final Architecture architecture =
            new Architecture(Forecaster.inputs(), HIDDEN, 1, ForecastCase.HORIZON, Quantiles.COUNT);
    /** Per rule the mean loss of each series, of the network alone and in the mixture. */
    private final Map<NewWeights, List<Double>> alone = new EnumMap<>(NewWeights.class);

    private final Map<NewWeights, List<Double>> mixed = new EnumMap<>(NewWeights.class);

    @Override
    public String says() {
        return "Pinball loss over the " + FIRST_STEPS + " steps after a change of the weights, network of hidden size "
                + HIDDEN + " alone (of scaled deviations) and in the mixture (in units of the naive error); rounds of "
                + BATCHES + " batches of " + BATCH + ".";
    }

    @Override
    public List<Row> run(Log log) {
        List<BenchSeries> all = BenchSeries.simulated();
        TreeMap<Long, WeightsVersion> versions = versions(all, log);
        for (NewWeights rule : NewWeights.values()) {
            alone.put(rule, new ArrayList<>());
            mixed.put(rule, new ArrayList<>());
            for (BenchSeries series : all) {
                add(alone, rule, alone(series, versions, rule));
                add(mixed, rule, mixed(series, versions, rule));
            }
        }
        List<Row> rows = new ArrayList<>();
        rows.addAll(rows("network_loss", alone));
        rows.addAll(rows("mixture_loss", mixed));
        for (NewWeights rule : NewWeights.values()) {
            log.line(rule + " less carry, in standard errors over series: network alone " + difference(alone, rule)
                    + ", in the mixture " + difference(mixed, rule));
        }
        return rows;
    }

    private static void add(Map<NewWeights, List<Double>> losses, NewWeights rule, double loss) {
        if (Double.isFinite(loss)) {
            Objects.requireNonNull(losses.get(rule)).add(loss);
        }
    }

    private static List<Row> rows(String metric, Map<NewWeights, List<Double>> losses) {
        List<Row> rows = new ArrayList<>();
        for (NewWeights rule : NewWeights.values()) {
            double mean = Objects.requireNonNull(losses.get(rule)).stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            Row row = Row.of(NAME, rule.name().toLowerCase(Locale.ROOT), metric, mean, "");
            rows.add(rows.isEmpty() ? row : row.against(rows.get(0)));
        }
        return rows;
    }

    private static double difference(Map<NewWeights, List<Double>> losses, NewWeights rule) {
        List<Double> carried = Objects.requireNonNull(losses.get(NewWeights.CARRY));
        List<Double> others = Objects.requireNonNull(losses.get(rule));
        double sum = 0;
        double squares = 0;
        int n = carried.size();
        for (int k = 0; k < n; k++) {
            double d = others.get(k) - carried.get(k);
            sum += d;
            squares += d * d;
        }
        double variance = (squares - sum * sum / n) / (n - 1);
        return variance == 0 ? 0 : Math.round(100 * sum / n / Math.sqrt(variance / n)) / 100.0;
    }

    /** The published versions by the time from which they are in use. */
    private TreeMap<Long, WeightsVersion> versions(List<BenchSeries> all, Log log) {
        TreeMap<Long, WeightsVersion> versions = new TreeMap<>();
        Weights parent = null;
        for (double share : CUTS) {
            long cut = BenchSeries.cut(all, share);
            List<TrainingWindow> windows = ForecastCase.windows(all, cut, EXPERTS);
            int kept = windows.size() * 9 / 10;
            int batches = parent == null ? FIRST_BATCHES : BATCHES;
            Rounds rounds = new Rounds(
                    new Trainer(architecture, new Trainer.Options(batches, BATCH, LEARNING_RATE, 1)),
                    new Acceptance(architecture, 0));
            Reservoir.Split split =
                    new Reservoir.Split(windows.subList(0, kept), windows.subList(kept, windows.size()));
            int number = versions.size() + 1;
            Round round = rounds.run(parent, parent, number, split);
            if (round.published()) {
                parent = Objects.requireNonNull(round.weights());
                versions.put(cut, new WeightsVersion(number, parent));
            }
            log.line(
                    "trained to " + share + ": " + (round.published() ? "published, " : "rejected, ") + round.reason());
        }
        return versions;
    }

    private static boolean isFirst(TreeMap<Long, WeightsVersion> versions, long millis) {
        Long changed = versions.floorKey(millis);
        return changed != null
                && !changed.equals(versions.firstKey())
                && millis < changed + FIRST_STEPS * BenchSeries.HOUR;
    }

    /** The loss of the head's outputs, the state being carried from step to step. */
    private double alone(BenchSeries series, TreeMap<Long, WeightsVersion> versions, NewWeights rule) {
        TrainingSeries cutter = new TrainingSeries(STREAM, ForecastCase.HORIZON, 0, EXPERTS, 0);
        TrainingSeries.Window window = null;
        for (int t = 0; t < series.millis().length && window == null; t++) {
            window = cutter.add(series.millis()[t], series.values()[t]);
        }
        if (window == null) {
            return Double.NaN;
        }
        float[][] h = new float[1][HIDDEN];
        float[][] c = new float[1][HIDDEN];
        float[] z = new float[4 * HIDDEN];
        float[] out = new float[architecture.outputs()];
        Loss loss = new Loss();
        WeightsVersion current = null;
        for (int t = 0; t < STREAM; t++) {
            long millis = window.startMillis() + t * BenchSeries.HOUR;
            Map.Entry<Long, WeightsVersion> entry = versions.floorEntry(millis);
            if (entry == null) {
                continue;
            }
            WeightsVersion next = entry.getValue();
            if (current != next) {
                change(rule, current, next, window, t, h, c, z);
                current = next;
            }
            step(next, window, t, h, c, z);
            if (isFirst(versions, millis)) {
                next.weights().head(h, c, out);
                for (int step = 0; step < ForecastCase.HORIZON; step++) {
                    for (int q = 0; q < Quantiles.COUNT; q++) {
                        double y = window.targets()[t * ForecastCase.HORIZON + step];
                        loss.add(q, y, out[step * Quantiles.COUNT + q]);
                    }
                }
            }
        }
        return loss.mean();
    }

    /** The first version finds a state of zeros and goes over what it would have remembered, whatever the rule. */
    private static void change(
            NewWeights rule,
            @Nullable WeightsVersion before,
            WeightsVersion next,
            TrainingSeries.Window window,
            int t,
            float[][] h,
            float[][] c,
            float[] z) {
        if (before == null || rule == NewWeights.REWARM) {
            scale(h, 0);
            scale(c, 0);
            for (int past = Math.max(0, t - REPLAYED); past < t; past++) {
                step(next, window, past, h, c, z);
            }
        } else if (rule == NewWeights.DECAY) {
            scale(h, 0.5f);
            scale(c, 0.5f);
        }
    }

    private static void scale(float[][] state, float by) {
        for (int j = 0; j < state[0].length; j++) {
            state[0][j] *= by;
        }
    }

    private static void step(
            WeightsVersion version, TrainingSeries.Window window, int t, float[][] h, float[][] c, float[] z) {
        float[] x = new float[Forecaster.inputs()];
        System.arraycopy(window.inputs(), t * x.length, x, 0, x.length);
        version.weights().step(x, h, c, z);
    }

    /** The loss of the forecaster's quantiles, which weigh the network by its realised error. */
    private static double mixed(BenchSeries series, TreeMap<Long, WeightsVersion> versions, NewWeights rule) {
        Forecaster forecaster = new Forecaster(UsualOptions.of(ForecastCase.HORIZON, rule, EXPERTS, Scoring.USUAL));
        Memory memory = new Memory();
        Answer answer = new Answer(ForecastCase.HORIZON);
        double[] values = series.values();
        Loss loss = new Loss();
        double naive = 0;
        int steps = 0;
        for (int t = 0; t < values.length; t++) {
            Map.Entry<Long, WeightsVersion> entry = versions.floorEntry(series.millis()[t]);
            forecaster.step(memory, entry == null ? null : entry.getValue(), series.millis()[t], values[t], answer);
            if (t > 0 && !Double.isNaN(values[t] - values[t - 1])) {
                naive += Math.abs(values[t] - values[t - 1]);
                steps++;
            }
            if (!isFirst(versions, series.millis()[t])) {
                continue;
            }
            for (int step = 0; step < ForecastCase.HORIZON && t + 1 + step < values.length; step++) {
                for (int q = 0; q < Quantiles.COUNT; q++) {
                    loss.add(q, values[t + 1 + step], answer.quantile(step + 1, q));
                }
            }
        }
        return loss.mean() / (naive / steps);
    }

    private static final class Loss {
        private double sum;
        private long count;

        void add(int quantile, double y, double forecast) {
            if (!Double.isNaN(y)) {
                double error = y - forecast;
                double level = Quantiles.levels()[quantile];
                sum += error >= 0 ? level * error : (level - 1) * error;
                count++;
            }
        }

        double mean() {
            return sum / count;
        }
    }
}
