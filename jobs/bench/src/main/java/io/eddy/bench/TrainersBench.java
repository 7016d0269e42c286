package io.eddy.bench;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import io.eddy.train.Acceptance;
import io.eddy.train.Fitted;
import io.eddy.train.Reservoir;
import io.eddy.train.Round;
import io.eddy.train.Trainer;
import io.eddy.train.TrainingWindow;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The same rounds by one trainer and dealt to two, each in a thread of its own where the train job has subtasks: how long until all have
 * answered, the CPU time of the busiest, which is what a round takes where each has a core for itself, and the loss that is reached.
 *
 * <p>The noise is what other seeds, that is other first weights and orders of the windows, do to one trainer.
 */
final class TrainersBench {
    private static final int SEEDS = 8;
    private static final int ROUNDS = 6;
    private static final int BATCHES = 40;
    private static final int BATCH = 128;
    private static final int HIDDEN = 64;
    private static final double LEARNING_RATE = 0.005;
    private static final int[] TRAINERS = {1, 2};
    private static final String LOSS = "validation_loss";

    /** What a trainer made of its share, and the CPU time that it took. */
    private record Share(Fitted fitted, double cpuSeconds) {}

    private final Architecture architecture =
            new Architecture(Forecaster.inputs(), HIDDEN, 1, ForecastCase.HORIZON, Quantiles.COUNT);
    private final Reservoir.Split split;

    TrainersBench() {
        List<TrainingWindow> windows = ForecastCase.windows(BenchSeries.simulated(), Long.MAX_VALUE, "seasonal");
        int kept = windows.size() * 9 / 10;
        split = new Reservoir.Split(windows.subList(0, kept), windows.subList(kept, windows.size()));
    }

    List<Row> run(Bench.Log log) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(TRAINERS.length);
        try {
            rounds(pool, 0, 1, new Figures("train")); // warms up
            Figures figures = new Figures("train");
            for (int seed = 1; seed <= SEEDS; seed++) {
                rounds(pool, seed, ROUNDS, figures);
            }
            List<Row> rows = new ArrayList<>(figures.rows().stream()
                    .map(row -> row.side().equals("trainers-1") ? row : figures.against(row, "trainers-1"))
                    .toList());
            rows.add(behind(figures.values("trainers-1", LOSS), figures.values("trainers-2", LOSS), log));
            return rows;
        } finally {
            pool.shutdownNow();
        }
    }

    /** How far the loss of two lies above that of one, in deviations of the seeds of one. */
    private static Row behind(double[] one, double[] two, Bench.Log log) {
        double noise = deviation(one);
        double difference = mean(two) - mean(one);
        double standardError = Math.sqrt((Math.pow(noise, 2) + Math.pow(deviation(two), 2)) / SEEDS);
        log.line(String.format(
                Locale.ROOT,
                "loss over %d seeds: one trainer %.5f, deviation %.5f; two %.5f, deviation %.5f:"
                        + " by %.1f standard errors, %s beyond the noise of a seed",
                SEEDS,
                mean(one),
                noise,
                mean(two),
                deviation(two),
                difference / standardError,
                difference > noise ? "worse" : "no worse"));
        return Row.of("train", "trainers-2", "validation_loss_behind", difference / noise, "seed deviations");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    private void rounds(ExecutorService pool, int seed, int rounds, Figures figures) throws Exception {
        Trainer trainer = new Trainer(architecture, new Trainer.Options(BATCHES, BATCH, LEARNING_RATE, seed));
        Acceptance acceptance = new Acceptance(architecture, 0);
        Map<Integer, Weights> weights = new HashMap<>();
        for (int number = 1; number <= rounds; number++) {
            for (int trainers : TRAINERS) { // in turns
                String side = "trainers-" + trainers;
                long began = System.nanoTime();
                List<Share> shares = fit(pool, trainer, weights.get(trainers), number, trainers);
                figures.add(side, "round_wall", "s", (System.nanoTime() - began) / 1e9);
                figures.add(
                        side,
                        "round_cpu_of_busiest",
                        "s",
                        shares.stream().mapToDouble(Share::cpuSeconds).max().orElseThrow());
                List<Fitted> fitted = shares.stream().map(Share::fitted).toList();
                Round round = acceptance.judge(null, split.heldOut(), split.trainedToMillis(), fitted);
                weights.put(trainers, Objects.requireNonNull(round.weights()));
                if (number == rounds) {
                    double loss = Objects.requireNonNull(round.candidate()).pinball();
                    figures.add(side, LOSS, "", loss);
                }
            }
        }
    }

    private List<Share> fit(ExecutorService pool, Trainer trainer, @Nullable Weights start, int number, int trainers)
            throws Exception {
        List<Future<Share>> running = new ArrayList<>();
        for (Reservoir.Split hand : split.deal(trainers)) {
            running.add(pool.submit(() -> {
                long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                Fitted fitted = trainer.fit(start, number, hand, trainers);
                long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began;
                return new Share(fitted, nanos / 1e9);
            }));
        }
        List<Share> shares = new ArrayList<>();
        for (Future<Share> one : running) {
            shares.add(one.get());
        }
        return shares;
    }
}
