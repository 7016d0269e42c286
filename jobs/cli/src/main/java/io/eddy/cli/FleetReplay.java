package io.eddy.cli;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The simulated fleet, an hour of event time every fifth of a second. */
final class FleetReplay implements Replay {
    private static final long STEP_NANOS = 200_000_000L;

    private final SimulatedFleet.Spec spec;
    private final SimulatedFleet fleet;
    private volatile long now;

    FleetReplay(long seed) {
        spec = SimulatedFleet.Spec.ofSeed(seed);
        fleet = new SimulatedFleet(spec);
        now = spec.startMillis();
    }

    @Override
    public void run(ReadingProducer producer, BooleanSupplier stop) throws InterruptedException {
        long next = System.nanoTime();
        while (!stop.getAsBoolean()) {
            fleet.nextStep(r -> {
                producer.send(r.series(), r.timeMillis(), r.value(), r.labels());
                now = Math.max(now, r.timeMillis());
            });
            next += STEP_NANOS;
            long wait = next - System.nanoTime();
            if (wait > 0) {
                Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
            }
        }
    }

    @Override
    public int partitions() {
        return 4;
    }

    @Override
    public long stepMillis() {
        return spec.stepMillis();
    }

    @Override
    public long outOfOrdernessMillis() {
        return spec.stepMillis() / 4;
    }

    @Override
    public String describe() {
        return spec.series() + " simulated series, one hour every 0.2 s, seed " + spec.seed();
    }

    @Override
    public List<Fault> faultsUntil(long timeMillis) {
        return fleet.faultsUntil(timeMillis);
    }

    @Override
    public long nowMillis() {
        return now;
    }
}
