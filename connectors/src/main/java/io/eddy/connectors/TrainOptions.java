package io.eddy.connectors;

import java.time.Duration;
import java.util.List;

/** Options of the train job. */
public final class TrainOptions {
    public static final Option<Integer> WINDOW_STEPS = Option.whole(
            "train.window_steps",
            48,
            "steps",
            8,
            1024,
            "Length of a training window; at least twice forecast.horizon is taken.");
    public static final Option<Integer> SERIES = Option.whole(
            "train.series",
            5000,
            "series",
            100,
            10_000_000,
            "Of about so many series at most windows are cut: where there are more, of every second, fourth, ... by their names, until many are"
                    + " forgotten. Each takes 45 kB of the train job's heap. Of a series that is left out model.classifier learns nothing.");
    public static final Option<Integer> RESERVOIR =
            Option.whole("train.reservoir", 2000, "windows", 100, 1_000_000, "Recent windows kept to train on.");
    public static final Option<Integer> ROUND_WINDOWS = Option.whole(
            "train.round_windows",
            100,
            "windows",
            20,
            1_000_000,
            "New windows that start a round; a round also waits for a quarter of the windows seen so far, at most the reservoir.");
    public static final Option<Duration> ROUND_INTERVAL = Option.duration(
            "train.round_interval",
            "0ms",
            "0ms",
            "366d",
            "Event time after which a round starts with fewer new windows, at least 20; 0ms: never. Drift starts one too: the rolling"
                    + " loss of the weights in use has left its band, and half of train.round_windows have come since.");
    public static final Option<Integer> BATCHES =
            Option.whole("train.batches", 30, "batches", 1, 1_000_000, "Batches of a round.");
    public static final Option<Integer> BATCH_SIZE = Option.whole(
            "train.batch_size",
            64,
            "windows",
            1,
            4096,
            "Windows of a batch; a multiple of 4 trains faster, see model.hidden.");
    public static final Option<Double> LEARNING_RATE = Option.number(
            "train.learning_rate",
            0.005,
            "",
            1e-7,
            1,
            "Step size of the Adam optimiser; several trainers take it times the square root of their number.");
    public static final Option<Double> REHEARSAL = Option.number(
            "train.rehearsal",
            0.2,
            "",
            0,
            0.9,
            "Share of generated series in what is trained on where the weights to go on from know them, so that they are not forgotten.");
    public static final Option<Integer> TRAINERS = Option.whole(
            "train.trainers",
            1,
            "subtasks",
            1,
            64,
            "Trainers among which the windows of a round are dealt; their weights are averaged. The job needs as many slots, and its rounds"
                    + " wait for a checkpoint each.");
    public static final Option<Duration> TRAINER_TIMEOUT = Option.duration(
            "train.trainer_timeout",
            "10m",
            "1s",
            "7d",
            "How long one of several trainers may take for a round; then the round ends without its share.");
    public static final Option<Integer> SEED = Option.whole(
            "train.seed", 1, "", 0, Integer.MAX_VALUE, "Seed of the first weights and of the order of windows.");

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
            WINDOW_STEPS,
            SERIES,
            RESERVOIR,
            ROUND_WINDOWS,
            ROUND_INTERVAL,
            BATCHES,
            BATCH_SIZE,
            LEARNING_RATE,
            REHEARSAL,
            TRAINERS,
            TRAINER_TIMEOUT,
            SEED);

    private TrainOptions() {}
}
