package io.eddy.bench;

import java.util.Random;

/** Shapes of metrics that operations know, an hour a step, without a fault: what is told of them is a false alarm, or told too often. */
enum EverydayMetric {
    /** Of a request, with a long tail. */
    LATENCY,
    /** Of the slowest of many: a Pareto tail. */
    SLOWEST_LATENCY,
    /** Nearly always 0. */
    RARE_ERRORS,
    /** Between 0 and 100, which it reaches. */
    UTILISATION,
    /** A whole number that somebody sets, once in a hundred hours. */
    SETTING,
    /** It fills and is cleared whenever it is full. */
    HEAP,
    /** It fills and is cleared once a week. */
    DISK,
    /** A job every night. */
    NIGHTLY,
    /** A job every week. */
    WEEKLY,
    /** Bursts at any time that fade within hours. */
    BURSTS,
    /** Less at weekends. */
    TRAFFIC,
    /** Back and forth between two limits. */
    THERMOSTAT,
    /** Hardly ever needed: it stands still for a month, then works for days. */
    SLEEPER;

    private static final int DAY = 24;
    private static final int WEEK = 7 * DAY;

    /** [steps]: a series of this shape. */
    double[] series(long seed, int steps) {
        Random random = new Random(100 * seed + ordinal());
        double[] y = new double[steps];
        double state = start();
        boolean heats = false;
        int awake = 0;
        for (int t = 0; t < steps; t++) {
            double noise = random.nextGaussian();
            double chance = 1 - random.nextDouble();
            double day = 1 + 0.6 * Math.sin(2 * Math.PI * t / DAY);
            awake = awake > 0 ? awake - 1 : chance < 1 / 720.0 ? 2 * DAY : 0;
            heats = state < 19 || (heats && state <= 22);
            state = switch (this) {
                case UTILISATION -> 0.7 * state + 8 * noise;
                case SETTING -> chance < 0.01 ? 1 + random.nextInt(8) : state;
                case HEAP -> state > 1000 ? 180 + 20 * noise : state + 20 + 8 * noise;
                case DISK -> state + 0.08 * Math.abs(1 + 0.5 * noise) - (t % WEEK == WEEK - 1 ? 12 : 0);
                case BURSTS -> 0.6 * (chance < 0.02 ? -50 * Math.log(random.nextDouble()) : state);
                case THERMOSTAT -> state + (heats ? 0.6 : -0.4) + 0.1 * noise;
                default -> state;
            };
            y[t] = switch (this) {
                case LATENCY -> 0.1 * day * Math.exp(0.5 * noise);
                case SLOWEST_LATENCY -> 0.2 * Math.pow(chance, -1 / 3.0);
                case RARE_ERRORS -> chance < 0.0025 ? 2 : chance < 0.05 ? 1 : 0;
                case UTILISATION -> Math.max(0, Math.min(100, 70 * day + state));
                case NIGHTLY -> t % DAY == 3 ? 300 + 30 * noise : Math.abs(2 * noise);
                case WEEKLY -> t % WEEK == 99 ? 300 + 30 * noise : 10 + 2 * noise;
                case BURSTS -> 5 + noise + state;
                case SLEEPER -> awake > 0 ? Math.abs(50 + 10 * noise) : 0;
                case TRAFFIC -> (t % WEEK < 5 * DAY ? 1 : 0.4) * 1000 * day * (1 + 0.05 * noise);
                default -> state;
            };
        }
        return y;
    }

    private double start() {
        return switch (this) {
            case SETTING -> 3;
            case HEAP -> 200;
            case DISK -> 50;
            case THERMOSTAT -> 20;
            default -> 0;
        };
    }
}
