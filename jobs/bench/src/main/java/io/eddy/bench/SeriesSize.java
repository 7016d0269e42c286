package io.eddy.bench;

import io.eddy.forecast.MemorySerializer;
import io.eddy.forecast.PackedMemory;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What the memory of one series takes, at hidden 64, as bytes and on the heap. */
final class SeriesSize {
    private static final int HORIZON = 24;
    private static final int SERIES = 20_000;
    private static final int STEPS = 60;

    private SeriesSize() {}

    static List<Row> rows() throws Exception {
        Forecaster forecaster = forecaster();
        WeightsVersion weights = weights();
        AtomicInteger seeds = new AtomicInteger();
        Heap.Measured<PackedMemory> memories =
                Heap.weigh(SERIES, () -> PackedMemory.of(aged(forecaster, weights, seeds.getAndIncrement())));
        DataOutputSerializer out = new DataOutputSerializer(4096);
        MemorySerializer.INSTANCE.serialize(memories.objects().get(SERIES - 1), out);
        return List.of(
                Row.of("function", "eddy-h64", "serialized_per_series", out.length(), "bytes"),
                Row.of("function", "eddy-h64", "heap_per_series", memories.bytesEach(), "bytes"));
    }

    /** The memory of a series after an hour of minutes. */
    static Memory aged(Forecaster forecaster, WeightsVersion weights, int seed) {
        Memory memory = new Memory();
        Answer answer = new Answer(HORIZON);
        for (int k = 0; k < STEPS; k++) {
            double value = 50 + 10 * Math.sin(k + seed) + (k * 7919 + seed) % 13;
            forecaster.step(memory, weights, k * BenchReadings.STEP_MILLIS, value, answer);
        }
        return memory;
    }

    static Forecaster forecaster() {
        return new Forecaster(UsualOptions.of(HORIZON, 0, BenchReadings.STEP_MILLIS));
    }

    static WeightsVersion weights() {
        Architecture shape = new Architecture(Forecaster.inputs(), 64, 1, HORIZON, Quantiles.COUNT);
        return new WeightsVersion(1, RandomWeights.of(shape, 0.01f));
    }
}
