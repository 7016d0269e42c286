package io.eddy.bench;

import io.eddy.cli.Fault;
import io.eddy.cli.FaultKind;
import io.eddy.cli.SimulatedFleet;
import io.eddy.cli.pretrain.BaseWeights;
import io.eddy.connectors.Options;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Incident;
import io.eddy.model.Memory;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the demo's simulated fleet is told of: the share of its planted faults in which an event opens, by their shape, and the events outside all faults
 * among 10,000 steps, by the age of the series. A day after each fault counts as neither.
 */
final class PlantedFaults {
    private static final int HORIZON = 24;
    private static final int FLEETS = 4;
    private static final int SERIES = 240;
    private static final int STEPS = 1000;
    private static final int DAY = 24;
    /** Ages, in steps, from which to which events are counted; the first begins where a series answers. */
    private static final int[] AGES = {48, 216, 432, STEPS};

    private static final String SIDE = "planted/eddy";

    private final Forecaster forecaster = new Forecaster(UsualOptions.of(HORIZON, 0, BenchSeries.HOUR));
    private final WeightsVersion weights = Objects.requireNonNull(
            BaseWeights.shipped(Options.of(Map.of())),
            "weights: expected those that ship to have the shape of the default options, found another");
    private final Answer answer = new Answer(HORIZON);
    private final int[] planted = new int[FaultKind.values().length];
    private final int[] told = new int[FaultKind.values().length];
    private final long[] steps = new long[AGES.length - 1];
    private final int[] events = new int[AGES.length - 1];

    private PlantedFaults() {}

    static List<Row> rows() {
        PlantedFaults faults = new PlantedFaults();
        for (int seed = 1; seed <= FLEETS; seed++) {
            faults.add(new SimulatedFleet(new SimulatedFleet.Spec(seed, SERIES, 0, BenchSeries.HOUR, 1)));
        }
        List<Row> rows = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            String metric = kind.name().toLowerCase(Locale.ROOT) + "_told";
            int all = faults.planted[kind.ordinal()];
            double share = faults.told[kind.ordinal()] / (double) all;
            rows.add(Row.of(AnomaliesBench.NAME, SIDE, metric, share, "of " + all));
        }
        for (int i = 0; i < faults.steps.length; i++) {
            String metric = "false_events_steps_" + AGES[i] + "_to_" + AGES[i + 1];
            double share = 1e4 * faults.events[i] / faults.steps[i];
            rows.add(Row.of(AnomaliesBench.NAME, SIDE, metric, share, "per 10,000 steps"));
        }
        return rows;
    }

    private void add(SimulatedFleet fleet) {
        List<BenchSeries> all = BenchSeries.of(fleet, STEPS);
        Map<String, List<Fault>> faults = new HashMap<>();
        for (Fault fault : fleet.faultsUntil(fleet.nextStepMillis() - 1)) {
            faults.computeIfAbsent(fault.series(), name -> new ArrayList<>()).add(fault);
        }
        all.forEach(series -> add(series.millis(), series.values(), faults.getOrDefault(series.name(), List.of())));
    }

    private void add(long[] millis, double[] values, List<Fault> faults) {
        boolean[] opens = new boolean[STEPS];
        Memory memory = new Memory();
        for (int t = 0; t < STEPS; t++) {
            forecaster.step(memory, weights, millis[t], values[t], answer);
            opens[t] = answer.change == Incident.Change.OPEN;
        }
        boolean[] normal = new boolean[STEPS];
        Arrays.fill(normal, true);
        for (Fault fault : faults) {
            boolean found = false;
            for (int t = 0; t < STEPS; t++) {
                boolean within = fault.fromMillis() <= millis[t] && millis[t] < fault.toMillis();
                found |= within && opens[t];
                normal[t] &= millis[t] < fault.fromMillis() || millis[t] >= fault.toMillis() + DAY * BenchSeries.HOUR;
            }
            planted[fault.kind().ordinal()]++;
            told[fault.kind().ordinal()] += found ? 1 : 0;
        }
        for (int i = 0; i < steps.length; i++) {
            for (int t = AGES[i]; t < AGES[i + 1]; t++) {
                steps[i] += normal[t] ? 1 : 0;
                events[i] += normal[t] && opens[t] ? 1 : 0;
            }
        }
    }
}
