package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

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
    private long bytes;

    @Test
    void anOldSeriesTakesLessThanThreeKilobytesInFewObjects() throws IllegalAccessException {
        weigh(aged(1000, "lean"));
        assertThat(bytes).isLessThan(3072);
        assertThat(seen.size()).isLessThan(39);
    }

    @Test
    void aYoungSeriesTakesLess() throws IllegalAccessException {
        weigh(aged(10, "lean"));
        assertThat(bytes).isLessThan(2350);
    }

    @Test
    void theFullTierTakesSixtyThreeKilobytes() throws IllegalAccessException {
        weigh(aged(1000, "full"));
        assertThat(bytes).isBetween(60_000L, 64_500L);
        assertThat(seen.size()).isLessThan(66);
    }

    private static Memory aged(int steps, String experts) {
        Memory memory = new Memory();
        WeightsVersion weights = new WeightsVersion(1, TestingWeights.random(1, Forecaster.inputs(), 64, HORIZON));
        Forecaster forecaster = new Forecaster(new Forecaster.Options(
                HORIZON, 24, 60_000, 1e-4, 48, 6, 3, 0, NewWeights.CARRY, experts, Inputs.USUAL, Scoring.USUAL));
        Answer answer = new Answer(HORIZON);
        for (int k = 0; k < steps; k++) {
            memory.open().add(60_000L * k, 50 + 10 * Math.sin(k * Math.PI / 12) + k * 7919 % 13);
            forecaster.step(memory, weights, 60_000L * k, memory.open().close(60_000L * k), answer);
        }
        return memory;
    }

    private void weigh(@Nullable Object object) throws IllegalAccessException {
        if (object == null || isShared(object) || !seen.add(object)) {
            return;
        }
        Class<?> type = object.getClass();
        if (type.isArray()) {
            bytes += aligned(ARRAY_HEADER + (long) Array.getLength(object) * size(type.getComponentType()));
            for (int i = 0; i < (type.getComponentType().isPrimitive() ? 0 : Array.getLength(object)); i++) {
                weigh(Array.get(object, i));
            }
            return;
        }
        assertThat(type.getPackage()).isEqualTo(Memory.class.getPackage());
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

    /** Whether all series have the same one. */
    private static boolean isShared(Object object) {
        return object instanceof Enum
                || object == Covariates.NONE
                || object == Verdicts.NONE
                || object == Heavy.NONE
                || object == Map.of()
                || object.getClass().isArray() && Array.getLength(object) == 0;
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
