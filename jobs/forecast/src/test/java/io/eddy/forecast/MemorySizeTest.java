package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Inputs;
import io.eddy.model.Memory;
import io.eddy.model.NewWeights;
import io.eddy.model.Scoring;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a series takes on the heap of a 64-bit JVM with compressed pointers, counted object by object. */
class MemorySizeTest {
    private static final int HORIZON = 24;
    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int POINTER = 4;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private int objects;
    private long bytes;

    @Test
    void anOldSeriesTakesAFewObjectsMoreThanItsBytes() throws Exception {
        weigh("lean", 1000);
        assertThat(bytes).isLessThan(2260);
        assertThat(objects).isLessThan(7);
    }

    @Test
    void aYoungSeriesTakesLess() throws Exception {
        weigh("lean", 10);
        assertThat(bytes).isLessThan(2150);
    }

    @Test
    void theFullTierTakesSixtyThreeKilobytes() throws Exception {
        weigh("full", 1000);
        assertThat(bytes).isBetween(60_000L, 64_500L);
        assertThat(objects).isLessThan(71);
    }

    /** Weighs what another series does not have too. */
    private void weigh(String experts, int steps) throws Exception {
        weigh(aged(10, experts));
        objects = 0;
        bytes = 0;
        weigh(aged(steps, experts));
    }

    private static PackedMemory aged(int steps, String experts) throws IOException {
        PackedMemory packed = new PackedMemory();
        Architecture shape = new Architecture(Forecaster.inputs(), 64, 1, HORIZON, Quantiles.COUNT);
        WeightsVersion weights = new WeightsVersion(1, TestingWeights.network(1, shape));
        Forecaster forecaster = new Forecaster(new Forecaster.Options(
                HORIZON, 24, 60_000, 1e-4, 48, 6, 3, 0, NewWeights.CARRY, experts, Inputs.USUAL, Scoring.USUAL));
        Answer answer = new Answer(HORIZON);
        for (int k = 0; k < steps; k++) {
            packed.inbox().open().add(60_000L * k, 50 + 10 * Math.sin(k * Math.PI / 12) + k * 7919 % 13);
            Memory memory = packed.unpack();
            double y = packed.inbox().open().close(60_000L * k);
            forecaster.step(memory, weights, 60_000L * k, y, answer);
            packed.pack(memory);
        }
        return packed;
    }

    private void weigh(@Nullable Object object) throws IllegalAccessException {
        if (object == null || object instanceof Enum || object == Map.of() || !seen.add(object)) {
            return;
        }
        objects++;
        Class<?> type = object.getClass();
        if (type.isArray()) {
            bytes += aligned(ARRAY_HEADER + (long) Array.getLength(object) * size(type.getComponentType()));
            for (int i = 0; i < (type.getComponentType().isPrimitive() ? 0 : Array.getLength(object)); i++) {
                weigh(Array.get(object, i));
            }
            return;
        }
        long size = OBJECT_HEADER;
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                size += size(field.getType());
                field.setAccessible(true);
                weigh(field.getType().isPrimitive() ? null : field.get(object));
            }
        }
        bytes += aligned(size);
    }

    private static int size(Class<?> type) {
        if (type == long.class || type == double.class) {
            return Long.BYTES;
        }
        if (type == short.class) {
            return Short.BYTES;
        }
        return type == boolean.class || type == byte.class ? 1 : POINTER;
    }

    private static long aligned(long size) {
        return (size + 7) / 8 * 8;
    }
}
