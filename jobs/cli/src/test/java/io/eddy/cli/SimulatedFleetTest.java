package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SimulatedFleetTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final SimulatedFleet.Spec SPEC = SimulatedFleet.Spec.ofSeed(7);

    @Test
    void theSameSeedGivesTheSameReadingsAndFaultsAndAnotherDoesNot() {
        assertThat(readings(SPEC, 300)).isEqualTo(readings(SPEC, 300)).isNotEqualTo(readings(seed(8), 300));
        long end = SPEC.startMillis() + 1000 * HOUR;
        assertThat(new SimulatedFleet(SPEC).faultsUntil(end))
                .isEqualTo(new SimulatedFleet(SPEC).faultsUntil(end))
                .isNotEqualTo(new SimulatedFleet(seed(8)).faultsUntil(end));
    }

    @Test
    void moreSeriesLeaveTheFirstOnesAsTheyAre() {
        SimulatedFleet.Spec few = new SimulatedFleet.Spec(7, 6, SPEC.startMillis(), HOUR, 4);
        List<FleetReading> found = new ArrayList<>(readings(SPEC, 250));
        Set<String> names = new HashSet<>(new SimulatedFleet(few).series());
        found.removeIf(reading -> !names.contains(reading.series()));
        assertThat(readings(few, 250)).isEqualTo(found);
    }

    @Test
    void lookingAheadForFaultsChangesNothing() {
        SimulatedFleet fleet = new SimulatedFleet(SPEC);
        List<Fault> ahead = fleet.faultsUntil(SPEC.startMillis() + 400 * HOUR);
        List<FleetReading> found = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            fleet.nextStep(found::add);
        }
        assertThat(found).isEqualTo(readings(SPEC, 400));
        assertThat(fleet.faultsUntil(SPEC.startMillis() + 400 * HOUR)).isEqualTo(ahead);
    }

    @Test
    void seriesHaveDifferentNamesAndTheirLabels() {
        SimulatedFleet fleet = new SimulatedFleet(SPEC);
        assertThat(fleet.series()).hasSize(240).doesNotHaveDuplicates().contains("search-eu-01.latency_ms");
        fleet.nextStep(reading -> assertThat(reading.labels())
                .containsKeys("service", "region", "instance")
                .containsEntry(
                        "metric", reading.series().substring(reading.series().indexOf('.') + 1)));
    }

    @Test
    void eachStepHasItsReadingsInsideAndNearlyInOrder() {
        SimulatedFleet fleet = new SimulatedFleet(SPEC);
        for (int step = 0; step < 50; step++) {
            long from = fleet.nextStepMillis();
            assertThat(from).isEqualTo(SPEC.startMillis() + step * HOUR);
            List<FleetReading> found = new ArrayList<>();
            fleet.nextStep(found::add);
            assertThat(found).hasSize(240 * 4);
            Map<String, Long> lastOfSeries = new HashMap<>();
            long last = from;
            for (FleetReading reading : found) {
                assertThat(reading.timeMillis())
                        .isBetween(from, from + HOUR - 1)
                        .isGreaterThan(last - HOUR / 4);
                Long before = lastOfSeries.put(reading.series(), reading.timeMillis());
                assertThat(before == null || before < reading.timeMillis()).isTrue();
                last = Math.max(last, reading.timeMillis());
            }
        }
        assertThat(fleet.steps()).isEqualTo(50);
    }

    @Test
    void theFamiliesLookAsDescribed() {
        Map<String, double[]> steps = stepMeans(SPEC, 216);
        for (Map.Entry<String, double[]> entry : steps.entrySet()) {
            String name = entry.getKey();
            double[] values = entry.getValue();
            assertThat(values).as(name).hasSize(216).doesNotContain(Double.NaN);
            switch (name.substring(name.indexOf('.') + 1)) {
                case "requests_per_second" -> {
                    assertThat(autocorrelation(values, 24)).as(name).isGreaterThan(0.5);
                    assertThat(mean(values, 120, 168) / mean(values, 0, 120))
                            .as(name)
                            .isBetween(0.5, 0.85);
                }
                case "heap_percent" -> {
                    assertThat(DoubleStream.of(values)).as(name).allMatch(v -> v >= 0 && v <= 100);
                    double[] changes = changes(values);
                    assertThat(-Arrays.stream(changes).min().orElseThrow())
                            .as(name)
                            .isGreaterThan(1.5 * Arrays.stream(changes).max().orElseThrow());
                }
                case "latency_ms" -> assertThat(skewness(values)).as(name).isGreaterThan(0);
                case "queue_length" ->
                    assertThat(Arrays.stream(values).min().orElseThrow())
                            .as(name)
                            .isNotNegative();
                case "temperature_celsius" ->
                    assertThat(autocorrelation(values, 24)).as(name).isGreaterThan(0.5);
                case "disk_percent" ->
                    assertThat(autocorrelation(values, 24)).as(name).isGreaterThan(0.4);
                default -> throw new AssertionError(name);
            }
        }
    }

    @Test
    void faultsAreRareSpacedAndAfterTheWarmUp() {
        int steps = 5000;
        List<Fault> faults = new SimulatedFleet(SPEC).faultsUntil(SPEC.startMillis() + steps * HOUR);
        assertThat(faults.size()).isBetween(240 * (steps - 216) / 1000, 240 * (steps - 216) / 800);
        assertThat(faults).extracting(Fault::kind).contains(FaultKind.values());
        Map<String, Fault> last = new HashMap<>();
        long before = 0;
        for (Fault fault : faults) {
            assertThat(fault.fromMillis())
                    .isGreaterThanOrEqualTo(SPEC.startMillis() + 216 * HOUR)
                    .isGreaterThanOrEqualTo(before);
            before = fault.fromMillis();
            Fault previous = last.put(fault.series(), fault);
            if (previous != null) {
                assertThat(fault.fromMillis() - previous.toMillis()).isGreaterThanOrEqualTo(6 * 24 * HOUR);
            }
            long hours = (fault.toMillis() - fault.fromMillis()) / HOUR;
            switch (fault.kind()) {
                case SPIKE -> assertThat(hours).isBetween(1L, 2L);
                case LEVEL_SHIFT -> assertThat(hours).isBetween(48L, 72L);
                case TREND -> assertThat(hours).isBetween(24L, 48L);
                case VARIANCE -> assertThat(hours).isBetween(18L, 31L);
                case FLAT -> assertThat(hours).isBetween(12L, 30L);
            }
        }
        assertThat(new SimulatedFleet(SPEC).faultsUntil(SPEC.startMillis() + 500 * HOUR))
                .hasSizeBetween(40, 110);
    }

    @Test
    void faultsShowInTheValues() {
        int steps = 700;
        Map<String, double[]> values = stepMeans(SPEC, steps);
        Map<FaultKind, int[]> seen = new HashMap<>();
        for (Fault fault : new SimulatedFleet(SPEC).faultsUntil(SPEC.startMillis() + (steps - 80) * HOUR)) {
            int from = step(fault.fromMillis());
            int to = step(fault.toMillis());
            double[] series = Objects.requireNonNull(values.get(fault.series()));
            if (fault.series().endsWith("heap_percent") && fault.kind() != FaultKind.FLAT) {
                continue; // Its period does not divide a week.
            }
            double[] week = weekBefore(series, from, to);
            double usual = deviation(weekBefore(series, from - 48, from));
            double mean = Arrays.stream(week).average().orElseThrow();
            boolean shows = switch (fault.kind()) {
                case FLAT -> deviation(Arrays.copyOfRange(series, from, to)) < 1e-9;
                case VARIANCE -> deviation(week) > 1.8 * usual;
                case SPIKE, LEVEL_SHIFT -> Math.abs(mean) > 2.5 * usual;
                case TREND -> Math.abs(week[week.length - 1]) > 2.5 * usual;
            };
            int[] count = seen.computeIfAbsent(fault.kind(), kind -> new int[2]);
            count[0]++;
            count[1] += shows ? 1 : 0;
        }
        assertThat(seen.keySet()).containsExactlyInAnyOrder(FaultKind.values());
        seen.forEach((kind, count) -> assertThat(count[1]).as(kind.name()).isGreaterThan(count[0] * 8 / 10));
    }

    @Test
    void refusesASpecOutOfRange() {
        assertThatThrownBy(() -> new SimulatedFleet.Spec(1, 0, 0, HOUR, 4))
                .hasMessage("series: expected 1 to 1000000, found 0");
        assertThatThrownBy(() -> new SimulatedFleet.Spec(1, 1, 0, 1, 4)).hasMessageContaining("stepMillis: expected");
        assertThatThrownBy(() -> new SimulatedFleet.Spec(1, 1, 0, HOUR, 0)).hasMessageContaining("readingsPerStep");
    }

    private static SimulatedFleet.Spec seed(long seed) {
        return SimulatedFleet.Spec.ofSeed(seed);
    }

    private static int step(long timeMillis) {
        return (int) ((timeMillis - SPEC.startMillis()) / HOUR);
    }

    private static List<FleetReading> readings(SimulatedFleet.Spec spec, int steps) {
        SimulatedFleet fleet = new SimulatedFleet(spec);
        List<FleetReading> found = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            fleet.nextStep(found::add);
        }
        return found;
    }

    private static Map<String, double[]> stepMeans(SimulatedFleet.Spec spec, int steps) {
        Map<String, double[]> means = new HashMap<>();
        SimulatedFleet fleet = new SimulatedFleet(spec);
        for (int step = 0; step < steps; step++) {
            int now = step;
            fleet.nextStep(reading -> means.computeIfAbsent(reading.series(), name -> new double[steps])[now] +=
                    reading.value() / spec.readingsPerStep());
        }
        return means;
    }

    /** The difference of each step to the same hour of the week before. */
    private static double[] weekBefore(double[] values, int from, int to) {
        double[] differences = new double[to - from];
        for (int i = from; i < to; i++) {
            differences[i - from] = values[i] - values[i - 168];
        }
        return differences;
    }

    private static double[] changes(double[] values) {
        double[] changes = new double[values.length - 1];
        Arrays.setAll(changes, i -> values[i + 1] - values[i]);
        return changes;
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values, 0, values.length);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }

    private static double skewness(double[] values) {
        double mean = mean(values, 0, values.length);
        double deviation = deviation(values);
        return Arrays.stream(values)
                .map(v -> Math.pow((v - mean) / deviation, 3))
                .average()
                .orElseThrow();
    }

    private static double autocorrelation(double[] values, int lag) {
        double mean = mean(values, 0, values.length);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
            sum += i < lag ? 0 : (values[i] - mean) * (values[i - lag] - mean);
        }
        return sum / squares;
    }
}
