package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A series that is unpacked into the objects of another goes on as if it had objects of its own. */
class SpareMemoriesTest {
    private static final WeightsVersion WEIGHTS =
            new WeightsVersion(1, TestingWeights.network(1, TestingWeights.fitting()));
    private static final int STEPS = 500;
    private static final long MINUTE = 60_000;

    private final SpareMemories spares = new SpareMemories();
    private final Answer answer = new Answer(TestingWeights.HORIZON);

    /** Series that begin at different steps, so that each age and kind meets the objects of others; the second is kept without spares. */
    @ParameterizedTest
    @ValueSource(strings = {"lean", "full", "last,autoregression"})
    void nothingOfTheOtherSeriesIsLeft(String experts) throws IOException {
        Forecaster forecaster = GoldenMemoryTest.forecaster(experts);
        List<PackedMemory> with =
                List.of(new PackedMemory(), new PackedMemory(), new PackedMemory(), new PackedMemory());
        List<PackedMemory> without =
                List.of(new PackedMemory(), new PackedMemory(), new PackedMemory(), new PackedMemory());
        Random random = new Random(1);
        for (int k = 0; k < STEPS; k++) {
            for (int series = 0; series < with.size(); series++) {
                double y = value(series, k, random.nextGaussian());
                if (k >= 60 * series) {
                    Memory spare = spares.unpack(with.get(series));
                    step(forecaster, with.get(series), spare, series, k, y);
                    spares.add(spare);
                    step(forecaster, without.get(series), without.get(series).unpack(), series, k, y);
                    assertThat(bytes(with.get(series))).isEqualTo(bytes(without.get(series)));
                }
            }
        }
    }

    @Test
    void memoriesOfTheFullTierAreNotSpared() throws IOException {
        Forecaster forecaster = GoldenMemoryTest.forecaster("full");
        PackedMemory first = new PackedMemory();
        Memory memory = spares.unpack(first);
        step(forecaster, first, memory, 0, 0, 1);
        spares.add(memory);
        assertThat(spares.unpack(new PackedMemory())).isNotSameAs(memory);
        assertThat(spares.unpack(first)).isSameAs(memory);
    }

    /** One with a season, one that is missing at times and has no network, one with odd values and several readings, one that moves to a new level. */
    private static double value(int series, int k, double noise) {
        return switch (series) {
            case 0 -> 10 * Math.sin(2 * Math.PI * k / 24) + noise;
            case 1 -> k % 7 == 0 ? Double.NaN : 1e6 + noise;
            case 2 -> k % 90 == 89 ? 50 : noise;
            default -> k < 300 ? noise : 40 + noise;
        };
    }

    private void step(Forecaster forecaster, PackedMemory packed, Memory memory, int series, int k, double y)
            throws IOException {
        int readings = series == 2 ? 1 + k % 3 : 1;
        forecaster.step(memory, series == 1 ? null : WEIGHTS, MINUTE * k, y, readings, true, null, answer);
        packed.pack(memory);
    }

    private static byte[] bytes(PackedMemory memory) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        MemorySerializer.INSTANCE.serialize(memory, out);
        return out.getCopyOfBuffer();
    }
}
