package io.eddy.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Services with their metrics, and now and then a planted fault: the demo's input when none is given. The same spec gives the same
 * readings and faults, and more series leave the first ones as they are.
 *
 * <pre>{@code
 * SimulatedFleet fleet = new SimulatedFleet(Spec.ofSeed(7));
 * for (int step = 0; step < 500; step++) {
 *     fleet.nextStep(reading -> …);
 * }
 * List<Fault> truth = fleet.faultsUntil(fleet.nextStepMillis() - 1);
 * }</pre>
 *
 * <p>Nothing fails in the first nine days. After that each series fails about once in 900 steps, and after a fault it is well for at
 * least six days.
 */
public final class SimulatedFleet {
    /**
     * What to simulate.
     *
     * @param seed of all that is drawn
     * @param series number of series, at least 1
     * @param startMillis of the first step, epoch milliseconds, from 1970 to the year 9000
     * @param stepMillis 1 minute to 1 day, in milliseconds
     * @param readingsPerStep of each series, 1 to 1000
     */
    public record Spec(long seed, int series, long startMillis, long stepMillis, int readingsPerStep) {
        public Spec {
            check("series", series, 1, 1_000_000);
            check(
                    "stepMillis",
                    stepMillis,
                    Duration.ofMinutes(1).toMillis(),
                    Duration.ofDays(1).toMillis());
            check("readingsPerStep", readingsPerStep, 1, 1000);
        }

        private static void check(String name, long value, long min, long max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(name + ": expected " + min + " to " + max + ", found " + value);
            }
        }

        /** 240 series at one-hour steps from Monday, 6 January 2020, four readings a step. */
        public static Spec ofSeed(long seed) {
            long start = Instant.parse("2020-01-06T00:00:00Z").toEpochMilli();
            return new Spec(seed, 240, start, Duration.ofHours(1).toMillis(), 4);
        }
    }

    /** The epoch began on a Thursday. */
    private static final double HOURS_FROM_MONDAY_TO_EPOCH = 72;

    private final Spec spec;
    private final List<SimulatedSeries> fleet = new ArrayList<>();
    private long step;

    public SimulatedFleet(Spec spec) {
        this.spec = spec;
        SplittableRandom random = new SplittableRandom(spec.seed);
        for (int i = 0; i < spec.series; i++) {
            fleet.add(new SimulatedSeries(i, spec.stepMillis, random.split()));
        }
    }

    public Spec spec() {
        return spec;
    }

    /** The names of all series. */
    public List<String> series() {
        return fleet.stream().map(SimulatedSeries::name).toList();
    }

    /** Steps made so far. */
    public long steps() {
        return step;
    }

    /** Start of the step that {@link #nextStep} makes next, epoch milliseconds. */
    public long nextStepMillis() {
        return millis(step);
    }

    private long millis(long atStep) {
        return spec.startMillis + atStep * spec.stepMillis;
    }

    /**
     * Makes the readings of one more step, all inside it. Those of one series come in the order of time; between series a reading
     * may be older than one before it, by less than the part of a step that lies between two readings of a series.
     */
    public void nextStep(Consumer<? super FleetReading> consumer) {
        double hours = nextStepMillis() / (double) Duration.ofHours(1).toMillis() + HOURS_FROM_MONDAY_TO_EPOCH;
        for (SimulatedSeries series : fleet) {
            series.step(step, hours);
        }
        double partMillis = spec.stepMillis / (double) spec.readingsPerStep;
        for (int part = 0; part < spec.readingsPerStep; part++) {
            double fromMillis = nextStepMillis() + part * partMillis;
            for (SimulatedSeries series : fleet) {
                consumer.accept(series.read(fromMillis, partMillis));
            }
        }
        step++;
    }

    /** The faults that begin at this time or before, in the order of their start; also ahead of the steps made so far. Any
     * thread may ask. */
    public List<Fault> faultsUntil(long timeMillis) {
        long last = Math.floorDiv(timeMillis - spec.startMillis, spec.stepMillis);
        List<Fault> faults = new ArrayList<>();
        for (SimulatedSeries series : fleet) {
            for (FaultPlan.Planned fault : series.faultsUntil(last)) {
                faults.add(new Fault(series.name(), fault.kind(), millis(fault.from()), millis(fault.to())));
            }
        }
        faults.sort(Comparator.comparingLong(Fault::fromMillis).thenComparing(Fault::series));
        return faults;
    }
}
