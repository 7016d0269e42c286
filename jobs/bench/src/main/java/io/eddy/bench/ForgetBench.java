package io.eddy.bench;

import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import io.eddy.model.network.Weights;
import io.eddy.model.network.WeightsVersion;
import io.eddy.train.Forgetting;
import io.eddy.train.Reservoir;
import io.eddy.train.Round;
import io.eddy.train.Rounds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * What a round of fine-tuning gains on a fleet of one kind and forgets of generated series, by the share of such series in its batches: the
 * first round from the weights that ship, with the usual options, as the train job runs it.
 */
final class ForgetBench implements Bench {
    private static final String NAME = "forget";
    private static final int FLEETS = 3;
    private static final int SERIES = 30;
    private static final int STEPS = 1400;
    /** Of the windows, as the train job holds them out. */
    private static final double HELD_OUT = 0.2;

    private static final double[] SHARES = {0, 0.1, 0.2, 0.4};

    private enum Kind {
        /** It swings from one hour to the next. */
        ALTERNATING {
            @Override
            double next(int t, double before, Random random) {
                return -0.9 * before + random.nextGaussian();
            }
        },
        /** A daily wave; at its height the noise is ten times that at its foot. */
        NOISY_BY_DAY {
            @Override
            double next(int t, double before, Random random) {
                double wave = Math.sin(2 * Math.PI * t / 24);
                return 5 * wave + (1.1 + 0.9 * wave) * random.nextGaussian();
            }
        };

        abstract double next(int t, double before, Random random);

        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String says() {
        return "A round from the weights that ship on " + SERIES + " hourly series of one kind, " + FLEETS
                + " fleets of each, by the share of generated windows in its batches: how much less the pinball loss becomes on"
                + " their newest windows, and how much more on generated ones.";
    }

    @Override
    public List<Row> run(Log log) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            rows.addAll(run(kind, log));
        }
        return rows;
    }

    private static List<Row> run(Kind kind, Log log) {
        Figures figures = new Figures(NAME);
        int[] published = new int[SHARES.length];
        for (int seed = 1; seed <= FLEETS; seed++) {
            Reservoir.Split split = split(kind, seed);
            for (int k = 0; k < SHARES.length; k++) {
                Round round = round(SHARES[k], seed, split);
                double before = Objects.requireNonNull(round.parent()).pinball();
                double after = Objects.requireNonNull(round.candidate()).pinball();
                figures.add(side(kind, k), "own_loss", "% less", 100 * (1 - after / before));
                figures.add(side(kind, k), "generated_loss", "% more", 100 * (generated(round) - 1));
                published[k] += round.published() ? 1 : 0;
                log.line(side(kind, k) + ", fleet " + seed + " of " + FLEETS + ": "
                        + (round.published() ? "published, " : "rejected, ") + round.reason());
            }
        }
        List<Row> rows = figures.rows();
        for (int k = 0; k < SHARES.length; k++) {
            rows.add(Row.of(NAME, side(kind, k), "published", published[k], "of " + FLEETS));
        }
        return rows;
    }

    private static String side(Kind kind, int k) {
        return kind.text() + ", share " + SHARES[k];
    }

    private static double generated(Round round) {
        return round.forgetting().stream()
                .filter(known -> known.what().equals("generated"))
                .mapToDouble(Forgetting::ratio)
                .findFirst()
                .orElseThrow();
    }

    private static Round round(double share, int seed, Reservoir.Split split) {
        Options options = Options.of(Map.of(
                TrainOptions.REHEARSAL.key(), String.valueOf(share), TrainOptions.SEED.key(), String.valueOf(seed)));
        WeightsVersion base = Objects.requireNonNull(BaseWeights.shipped(options));
        Weights weights = base.weights();
        return Rounds.of(options).run(weights, weights, 1, split);
    }

    private static Reservoir.Split split(Kind kind, int seed) {
        List<BenchSeries> fleet = new ArrayList<>();
        for (int s = 0; s < SERIES; s++) {
            Random random = new Random(1000L * seed + s);
            long[] millis = new long[STEPS];
            double[] values = new double[STEPS];
            double y = 0;
            for (int t = 0; t < STEPS; t++) {
                y = kind.next(t, y, random);
                millis[t] = t * BenchSeries.HOUR;
                values[t] = 50 + y;
            }
            fleet.add(new BenchSeries(kind.text() + "-" + s, millis, values));
        }
        Reservoir reservoir = new Reservoir(SERIES * STEPS);
        ForecastCase.windows(fleet, Long.MAX_VALUE, "lean").forEach(reservoir::add);
        return reservoir.split(HELD_OUT, 0, Long.MIN_VALUE);
    }
}
