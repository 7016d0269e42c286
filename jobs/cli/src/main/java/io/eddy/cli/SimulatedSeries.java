package io.eddy.cli;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One series of the fleet: what it is called, how it behaves, and what is wrong with it at present. */
final class SimulatedSeries {
    private record Metric(String name, Function<RandomGenerator, Signal> signal) {}

    private static final List<Metric> METRICS = List.of(
            new Metric("requests_per_second", Signal.Requests::new),
            new Metric("heap_percent", Signal.Sawtooth::new),
            new Metric("latency_ms", Signal.Latency::new),
            new Metric("queue_length", Signal.Queue::new),
            new Metric("temperature_celsius", Signal.Temperature::new),
            new Metric("disk_percent", Signal.Disk::new));
    private static final List<String> SERVICES =
            List.of("checkout", "search", "catalog", "payments", "login", "shipping", "mail", "images");
    private static final List<String> REGIONS = List.of("eu", "us", "ap");

    /** The noise of one reading around its step's value, in sigma. */
    private static final double MEASUREMENT = 0.2;
    /** The share of the time between two readings by which one may be early or late. */
    private static final double JITTER = 0.1;

    private final String name;
    private final Map<String, String> labels;
    private final Signal signal;
    private final FaultPlan faults;
    // Drawn apart, so that a fault or another number of readings leaves the series otherwise as it was.
    private final SplittableRandom noise;
    private final SplittableRandom measurement;
    private final double delay;
    private double value;
    private boolean stuck;

    /** @param index all metrics of one instance first, then the next service, then the next region */
    SimulatedSeries(int index, long stepMillis, SplittableRandom random) {
        Metric metric = METRICS.get(index % METRICS.size());
        int instance = index / METRICS.size();
        String service = SERVICES.get(instance % SERVICES.size());
        String region = REGIONS.get(instance / SERVICES.size() % REGIONS.size());
        String number = "%02d".formatted(1 + instance / (SERVICES.size() * REGIONS.size()));
        name = service + "-" + region + "-" + number + "." + metric.name;
        labels = Map.of("service", service, "region", region, "instance", number, "metric", metric.name);
        signal = metric.signal.apply(random.split());
        faults = new FaultPlan(random.split(), stepMillis, signal.onlyUp);
        noise = random.split();
        measurement = random.split();
        delay = random.nextDouble(0, 1 - JITTER);
    }

    String name() {
        return name;
    }

    List<FaultPlan.Planned> faultsUntil(long step) {
        return faults.until(step);
    }

    void step(long step, double hours) {
        signal.step(hours, noise);
        FaultPlan.Planned fault = faults.at(step);
        boolean flat = fault != null && fault.kind() == FaultKind.FLAT;
        if (flat && stuck) {
            return;
        }
        stuck = flat;
        double offset = fault == null ? 0 : fault.offset(step) * signal.sigma;
        double factor = fault != null && fault.kind() == FaultKind.VARIANCE ? fault.size() : 1;
        value = bounded(signal.expected + factor * signal.noise + offset);
    }

    /** A reading at some time in this part of the step. */
    FleetReading read(double fromMillis, double partMillis) {
        double time = fromMillis + partMillis * (delay + measurement.nextDouble(0, JITTER));
        double error = MEASUREMENT * signal.sigma * measurement.nextGaussian();
        return new FleetReading(name, (long) time, stuck ? value : bounded(value + error), labels);
    }

    private double bounded(double unbounded) {
        return Math.max(signal.floor, Math.min(signal.ceiling, unbounded));
    }
}
