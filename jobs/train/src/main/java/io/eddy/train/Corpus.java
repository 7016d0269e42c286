package io.eddy.train;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Generated series of many families, to train base weights on and to judge them. The same seed and number give the same series, on every
 * machine: only {@link StrictMath} is used beyond the four operations.
 */
public final class Corpus {
    /** Changes whenever a series of a given seed and number does. */
    public static final int VERSION = 1;

    private static final long HOUR = 3_600_000L;
    /** Some Monday, 00:00 UTC. */
    private static final long START = 1_577_664_000_000L;
    /** Step lengths, the commoner the more often. */
    private static final long[] STEPS = {HOUR, HOUR, HOUR, HOUR / 2, HOUR / 4, HOUR / 12, HOUR / 60, 24 * HOUR};

    /** What a series is made of at its heart. */
    public enum Family {
        SEASONAL,
        TWO_SEASONS,
        AUTOREGRESSIVE,
        WALK,
        COUNTS,
        COUNTER,
        CHAOTIC
    }

    /**
     * One series.
     *
     * @param values one a step, NaN where one is missing
     */
    public record Series(String name, Family family, long startMillis, long stepMillis, double[] values) {}

    private Corpus() {}

    /** @param length steps, at least 1 */
    public static Series series(long seed, int number, int length) {
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        Family[] families = Family.values();
        // The first two are what most people have.
        int pick = random.nextInt(families.length + 5);
        Family family = families[pick < families.length ? pick : pick % 2];
        long step = STEPS[random.nextInt(STEPS.length)];
        double[] values = new double[length];
        switch (family) {
            case SEASONAL -> seasonal(values, step, false, random);
            case TWO_SEASONS -> seasonal(values, step, true, random);
            case AUTOREGRESSIVE -> autoregressive(values, random);
            case WALK -> walk(values, random);
            case COUNTS -> counts(values, step, random);
            case COUNTER -> counter(values, step, random);
            case CHAOTIC -> chaotic(values, random);
        }
        trouble(values, random);
        double unit = StrictMath.exp(uniform(random, -3, 8));
        double origin = random.nextInt(3) == 0 ? 0 : unit * uniform(random, 0, 30);
        for (int t = 0; t < length; t++) {
            values[t] = origin + unit * values[t];
        }
        return new Series("generated-" + number, family, START, step, values);
    }

    private static double uniform(RandomGenerator random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** A curve over one season, by a few harmonics, made peaky or flat-topped now and then; mean near 0, size near 1. */
    private static double[] shape(int places, RandomGenerator random) {
        int harmonics = 1 + random.nextInt(5);
        double[] size = new double[harmonics];
        double[] phase = new double[harmonics];
        for (int k = 0; k < harmonics; k++) {
            size[k] = random.nextGaussian() / (k + 1);
            phase[k] = uniform(random, 0, 2 * Math.PI);
        }
        int bend = random.nextInt(4);
        double[] shape = new double[places];
        for (int t = 0; t < places; t++) {
            double y = 0;
            for (int k = 0; k < harmonics; k++) {
                y += size[k] * StrictMath.sin(2 * Math.PI * (k + 1) * t / places + phase[k]);
            }
            shape[t] = bend == 0 ? StrictMath.exp(y) - 1 : bend == 1 ? Math.max(0, y) : y;
        }
        return shape;
    }

    private static void seasonal(double[] values, long step, boolean week, RandomGenerator random) {
        int day = (int) Math.max(4, step >= 24 * HOUR ? 7 : 24 * HOUR / step > 300 ? HOUR / step : 24 * HOUR / step);
        double[] shape = shape(day, random);
        double[] weekend = random.nextBoolean() ? shape : shape(day, random);
        double weekendSize = uniform(random, 0.2, 1);
        int freeDays = random.nextInt(3) == 0 ? 1 : 2;
        double[] dayLevel = new double[7];
        for (int d = 0; d < 7; d++) {
            dayLevel[d] = week ? 0.15 * random.nextGaussian() : 0;
        }
        double drift = random.nextInt(3) == 0 ? uniform(random, 0, 0.15) : 0;
        double multiplicative = random.nextInt(3) == 0 ? 1 : 0;
        double trend = random.nextInt(3) == 0 ? 0.3 * random.nextGaussian() / (7 * day) : 0;
        double quiet = StrictMath.exp(uniform(random, -4, 0));
        double[] noise = new double[values.length];
        noise(noise, random);
        double level = 0;
        for (int t = 0; t < values.length; t++) {
            int date = t / day;
            boolean free = week && date % 7 >= 7 - freeDays;
            if (t % day == 0 && drift > 0) {
                for (int k = 0; k < day; k++) {
                    shape[k] += drift * random.nextGaussian() * Math.abs(shape[k]);
                }
            }
            level += trend;
            double curve = (free ? weekendSize * weekend[t % day] : shape[t % day]) + dayLevel[date % 7];
            double size = multiplicative > 0 ? 1 + 0.3 * curve : 1;
            values[t] = level + curve + quiet * size * noise[t];
        }
    }

    /** AR(1) or AR(2) noise of size near 1, sometimes of changing size or with heavy tails. */
    private static void noise(double[] out, RandomGenerator random) {
        double phi = random.nextBoolean() ? uniform(random, 0, 0.98) : 0;
        double second = random.nextInt(3) == 0 ? uniform(random, -0.5, 0) : 0;
        double moving = random.nextInt(3) == 0 ? uniform(random, -0.8, 0.8) : 0;
        boolean heavy = random.nextInt(4) == 0;
        boolean changing = random.nextInt(4) == 0;
        double unit = Math.sqrt(1 - 0.9 * phi * phi);
        double size = 1;
        double one = 0;
        double two = 0;
        double shockBefore = 0;
        for (int t = 0; t < out.length; t++) {
            size = changing ? StrictMath.exp(0.98 * StrictMath.log(size) + 0.12 * random.nextGaussian()) : 1;
            double tail = heavy ? 1 / Math.sqrt(Math.max(0.05, random.nextExponential())) : 1;
            double shock = unit * size * tail * random.nextGaussian();
            double y = phi * (1 - second) * one + second * two + shock + moving * shockBefore;
            two = one;
            one = y;
            shockBefore = shock;
            out[t] = y;
        }
    }

    private static void autoregressive(double[] values, RandomGenerator random) {
        noise(values, random);
    }

    private static void walk(double[] values, RandomGenerator random) {
        double trend = random.nextBoolean() ? 0.1 * random.nextGaussian() : 0;
        double back = random.nextBoolean() ? uniform(random, 0, 0.05) : 0;
        double[] noise = new double[values.length];
        noise(noise, random);
        double y = 0;
        for (int t = 0; t < values.length; t++) {
            y += trend + 0.3 * noise[t] - back * y;
            values[t] = y;
        }
    }

    /** Poisson numbers of events, by a season or in bursts, often none. */
    private static void counts(double[] values, long step, RandomGenerator random) {
        double[] rate = new double[values.length];
        seasonal(rate, step, random.nextBoolean(), random);
        double base = StrictMath.exp(uniform(random, -3, 3));
        for (int t = 0; t < values.length; t++) {
            double left = base * StrictMath.exp(Math.max(-3, Math.min(3, rate[t])));
            int count = 0;
            for (left -= random.nextExponential(); left > 0 && count < 2000; left -= random.nextExponential()) {
                count++;
            }
            values[t] = count;
        }
    }

    /** What fills and is emptied: linear or by a season, at regular times or when full. */
    private static void counter(double[] values, long step, RandomGenerator random) {
        double[] speed = new double[values.length];
        seasonal(speed, step, false, random);
        int every = 5 + random.nextInt(60);
        boolean regular = random.nextBoolean();
        double y = 0;
        for (int t = 0; t < values.length; t++) {
            y += Math.max(0, 0.1 + 0.03 * speed[t]);
            boolean full = regular ? t % every == every - 1 : random.nextInt(every) == 0;
            y = full ? 0 : y;
            values[t] = y;
        }
    }

    /** The logistic map, Henon's, or a delayed feedback with a slow oscillation (Mackey and Glass 1977). */
    private static void chaotic(double[] values, RandomGenerator random) {
        int kind = random.nextInt(3);
        double parameter = random.nextDouble();
        int delay = 10 + random.nextInt(15);
        double[] past = new double[delay + 1];
        java.util.Arrays.fill(past, 0.5 + 0.5 * random.nextDouble());
        double x = 0.1 + 0.5 * random.nextDouble();
        double before = 0;
        for (int t = -200; t < values.length; t++) {
            if (kind == 0) {
                x = (3.6 + 0.4 * parameter) * x * (1 - x);
            } else if (kind == 1) {
                double next = 1 - (1.2 + 0.15 * parameter) * x * x + 0.3 * before;
                before = x;
                x = next;
            } else {
                int at = Math.floorMod(t, past.length);
                double late = past[(at + 1) % past.length];
                double power = StrictMath.pow(late, 10);
                x = 0.9 * x + 0.2 * late / (1 + power);
                past[at] = x;
            }
            if (t >= 0) {
                values[t] = 3 * x;
            }
        }
    }

    /** Outliers, shifts of level, flat spans and missing values, in some series. */
    private static void trouble(double[] values, RandomGenerator random) {
        double size = size(values);
        boolean outliers = random.nextInt(4) == 0;
        boolean shifts = random.nextInt(5) == 0;
        boolean flats = random.nextInt(8) == 0;
        boolean gaps = random.nextInt(6) == 0;
        double level = 0;
        int flat = 0;
        double held = 0;
        for (int t = 0; t < values.length; t++) {
            if (shifts && random.nextInt(250) == 0) {
                level += 2 * size * random.nextGaussian();
            }
            values[t] += level;
            if (flats && flat == 0 && random.nextInt(300) == 0) {
                flat = 5 + random.nextInt(30);
                held = values[t];
            }
            if (flat > 0) {
                flat--;
                values[t] = held;
            }
            if (outliers && random.nextInt(100) == 0) {
                values[t] += 4 * size * random.nextGaussian();
            }
            if (gaps && random.nextInt(60) == 0) {
                values[t] = Double.NaN;
            }
        }
    }

    private static double size(double[] values) {
        double sum = 0;
        for (int t = 1; t < values.length; t++) {
            sum += Math.abs(values[t] - values[t - 1]);
        }
        return sum / Math.max(1, values.length - 1) + 1e-3;
    }
}
