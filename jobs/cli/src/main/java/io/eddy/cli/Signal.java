package io.eddy.cli;

import java.util.random.RandomGenerator;

/**
 * How one simulated series behaves while nothing is wrong. Each step moves it on; its value is then {@code expected + noise}, kept
 * between {@code floor} and {@code ceiling}.
 */
abstract class Signal {
    private static final double HOURS_PER_DAY = 24;
    private static final double HOURS_PER_WEEK = 168;

    /** The yardstick of faults and of the noise of measurement: the noise a person sees in the series. */
    double sigma;

    double floor = 0;
    double ceiling = Double.POSITIVE_INFINITY;

    /** Whether faults go up only, because the values lie too near to the floor for a fall to show. */
    boolean onlyUp;

    /** Of the present step. */
    double expected;

    double noise;

    /** @param hours since some Monday, 00:00 UTC; the steps come in order */
    abstract void step(double hours, RandomGenerator random);

    private static double uniform(RandomGenerator random, double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    /** Between 0 at night and 1 at the peak, with a second, smaller hump before it. */
    private static double daily(double hours, double peakHour) {
        double angle = 2 * Math.PI * (hours - peakHour) / HOURS_PER_DAY;
        return (1.25 + Math.cos(angle) + 0.25 * Math.cos(2 * angle + 0.8)) / 2.5;
    }

    private static boolean isWeekend(double hours) {
        return hours % HOURS_PER_WEEK >= 5 * HOURS_PER_DAY;
    }

    /** Requests by day and week: low at night and at weekends, noise in proportion. */
    static final class Requests extends Signal {
        private final double base;
        private final double night;
        private final double weekend;
        private final double peakHour;
        private final double spread;

        Requests(RandomGenerator random) {
            base = Math.exp(uniform(random, Math.log(40), Math.log(4000)));
            night = uniform(random, 0.25, 0.5);
            weekend = uniform(random, 0.55, 0.8);
            peakHour = uniform(random, 12, 18);
            spread = uniform(random, 0.03, 0.06);
            sigma = base * spread;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            expected = base * (night + (1.3 - night) * daily(hours, peakHour)) * (isWeekend(hours) ? weekend : 1);
            noise = expected * spread * random.nextGaussian();
        }
    }

    /** A heap that fills for some hours and is then cleared, percent. */
    static final class Sawtooth extends Signal {
        private final double low;
        private final double height;
        private final int periodHours;
        private final int offsetHours;
        private final double spread;

        Sawtooth(RandomGenerator random) {
            low = uniform(random, 18, 30);
            height = uniform(random, 20, 35);
            periodHours = random.nextInt(5, 13);
            offsetHours = random.nextInt(periodHours);
            spread = uniform(random, 1.2, 2.2);
            sigma = Math.max(spread, 0.08 * height);
            ceiling = 100;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            expected = low + height * ((hours + offsetHours) % periodHours) / periodHours;
            noise = spread * random.nextGaussian();
        }
    }

    /** Lognormal around a daily profile, milliseconds: most are near the median, some far above. */
    static final class Latency extends Signal {
        private final double base;
        private final double swing;
        private final double peakHour;
        private final double shape;

        Latency(RandomGenerator random) {
            base = Math.exp(uniform(random, Math.log(8), Math.log(300)));
            swing = uniform(random, 0.3, 0.7);
            peakHour = uniform(random, 12, 18);
            shape = uniform(random, 0.12, 0.25);
            sigma = base * Math.sqrt(Math.expm1(shape * shape)) * (1 + swing / 2);
            // No answer is quicker than the way there and back.
            floor = 0.25 * base;
            onlyUp = true;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            expected = base * (1 + swing * daily(hours, peakHour));
            noise = expected * Math.expm1(shape * random.nextGaussian());
        }
    }

    /** The length of a queue: it wanders around a mean, and now and then work arrives at once and drains. */
    static final class Queue extends Signal {
        private static final double BURSTS_PER_STEP = 0.2;
        private static final double KEPT = 0.6;

        private final double spread;
        private final double burst;
        private double waiting;
        private double drift;

        Queue(RandomGenerator random) {
            expected = uniform(random, 60, 400);
            spread = expected * uniform(random, 0.06, 0.1);
            burst = spread * uniform(random, 1, 1.6);
            double shots = BURSTS_PER_STEP * 2 * burst * burst;
            sigma = Math.sqrt((spread * spread + shots) / (1 - KEPT * KEPT));
            onlyUp = true;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            drift = KEPT * drift + spread * random.nextGaussian();
            waiting *= KEPT;
            if (random.nextDouble() < BURSTS_PER_STEP) {
                waiting += burst * random.nextExponential();
            }
            noise = drift + waiting;
        }
    }

    /** Warm by day, and a slow drift over weeks, degrees Celsius. */
    static final class Temperature extends Signal {
        private static final double KEPT = 0.995;

        private final double mean;
        private final double swing;
        private final double peakHour;
        private final double spread;
        private double drift;

        Temperature(RandomGenerator random) {
            mean = uniform(random, 22, 45);
            swing = uniform(random, 1.5, 4);
            peakHour = uniform(random, 13, 17);
            spread = uniform(random, 0.25, 0.45);
            sigma = spread;
            floor = -20;
            ceiling = 120;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            drift = KEPT * drift + 0.2 * spread * random.nextGaussian();
            expected = mean + drift + swing * Math.cos(2 * Math.PI * (hours - peakHour) / HOURS_PER_DAY);
            noise = spread * random.nextGaussian();
        }
    }

    /** A disk that fills all day, less at weekends, and is cleaned every night, percent. */
    static final class Disk extends Signal {
        private final double low;
        private final double filled;
        private final double weekend;
        private final int cleanedAtHour;
        private final double spread;

        Disk(RandomGenerator random) {
            low = uniform(random, 25, 50);
            filled = uniform(random, 10, 25);
            weekend = uniform(random, 0.6, 0.9);
            cleanedAtHour = random.nextInt(1, 6);
            spread = uniform(random, 0.5, 0.9);
            sigma = Math.max(spread, 0.05 * filled);
            ceiling = 100;
        }

        @Override
        void step(double hours, RandomGenerator random) {
            double sinceCleaning = hours + HOURS_PER_WEEK - cleanedAtHour;
            double today = filled * (isWeekend(sinceCleaning) ? weekend : 1);
            expected = low + today * (sinceCleaning % HOURS_PER_DAY) / HOURS_PER_DAY;
            noise = spread * random.nextGaussian();
        }
    }
}
