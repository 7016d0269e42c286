package io.eddy.bench;

import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.StepBatch;
import io.eddy.model.network.WeightsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a series costs that has been seen for longer than it remembers, without Flink: all experts have something to say then, while a
 * job that has just begun with a million series meets young ones only.
 */
final class GrownSteps {
    private static final int SERIES = 512;
    private static final int HORIZON = 24;
    private static final int SEASON = 24;
    private static final int GROWN = 400;
    private static final int STEPS = 40;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 9;
    private static final String WHOLE = "eddy-h64-grown";

    private final StepBatch batch;
    private final @Nullable WeightsVersion weights;
    private final Memory[] memories = new Memory[SERIES];
    private final double[] values = new double[7 * SEASON];
    private long step;

    private GrownSteps(String experts, @Nullable WeightsVersion weights) {
        Forecaster.Options options =
                UsualOptions.of(HORIZON, SEASON, BenchReadings.STEP_MILLIS, NewWeights.CARRY, experts, Scoring.USUAL);
        batch = new StepBatch(new Forecaster(options), HORIZON);
        this.weights = weights;
        Random random = new Random(1);
        for (int k = 0; k < values.length; k++) {
            values[k] = 10 * Math.sin(2 * Math.PI * k / SEASON) + random.nextGaussian();
        }
        for (int i = 0; i < SERIES; i++) {
            memories[i] = new Memory();
        }
        run(GROWN);
    }

    /** Steps every series so many times; the result is how many steps that were. */
    private long run(int steps) {
        for (int k = 0; k < steps; k++, step++) {
            for (int i = 0; i < SERIES; i++) {
                double y = values[(int) ((step + i) % values.length)];
                batch.add(memories[i], step * BenchReadings.STEP_MILLIS, y, true);
                if (batch.isFull() || i == SERIES - 1) {
                    batch.run(weights);
                }
            }
        }
        return (long) steps * SERIES;
    }

    static List<Row> rows() throws Exception {
        Map<String, GrownSteps> sides = Map.of(
                WHOLE,
                new GrownSteps("lean", SeriesSize.weights()),
                WHOLE + "-last-value-only",
                new GrownSteps("last", SeriesSize.weights()),
                WHOLE + "-without-network",
                new GrownSteps("lean", null));
        Interleaved work = new Interleaved();
        sides.forEach((name, side) -> work.side(name, () -> side.run(STEPS)));
        Map<String, Spread> micros = work.microsPerOperation(WARM_UPS, ROUNDS);
        List<Row> rows = new ArrayList<>();
        Row whole = row(WHOLE, micros);
        rows.add(whole);
        for (String side : List.of(WHOLE + "-last-value-only", WHOLE + "-without-network")) {
            rows.add(row(side, micros).against(whole));
        }
        return rows;
    }

    private static Row row(String side, Map<String, Spread> micros) {
        return Objects.requireNonNull(micros.get(side)).row("function", side, "cpu_per_step", "us");
    }
}
