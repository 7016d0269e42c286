package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HalfTest {

    @Test
    void everyHalfIsReadAsItWasWritten() {
        for (int bits = 0; bits < 0x10000; bits++) {
            boolean finite = (bits & 0x7c00) != 0x7c00;
            if (finite) {
                float value = Half.value((short) bits);
                assertThat(Half.of(value)).as("%h", bits).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void manyAtOnceAreReadAsOneByOne() {
        short[] halves = new short[0x10003]; // no whole number of vectors
        float[] values = new float[halves.length];
        float[] again = new float[halves.length];
        double[] scaled = new double[halves.length];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = (short) i;
        }
        Half.values(halves, 0, values);
        Half.values(halves, 0, 1e9, 0.1, again, scaled);
        for (int i = 0; i < halves.length; i++) {
            Float one = Half.value(halves[i]); // an object, for NaN is to equal NaN
            assertThat(values[i]).as("%h", halves[i]).isEqualTo(one);
            assertThat(again[i]).as("%h", halves[i]).isEqualTo(one);
            assertThat(scaled[i]).as("%h", halves[i]).isEqualTo(Double.valueOf(1e9 + 0.1 * one));
        }
    }

    @Test
    void theLastOfManyAreReadAloneAndTheLargestOfTheseIsKnown() {
        for (int size : new int[] {320, 323}) {
            short[] halves = new short[size];
            for (int i = 0; i < size; i++) {
                halves[i] = Half.of(i < 21 ? Float.NaN : i % 2 == 0 ? i : -i);
            }
            float[] values = new float[size];
            double[] scaled = new double[size];
            assertThat(Half.values(halves.clone(), 20, 7, 2, values, scaled)).isNaN();
            assertThat(Half.values(halves.clone(), 21, 7, 2, values, scaled)).isEqualTo(size - 1);
            for (int i = 21; i < size; i++) {
                assertThat(values[i]).isEqualTo(Half.value(halves[i]));
                assertThat(scaled[i]).isEqualTo(7 + 2.0 * values[i]);
            }
        }
    }

    @Test
    void manyAtOnceAreWrittenAsOneByOne() {
        float[] values = new float[10_003]; // no whole number of vectors
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((i % 2 == 0 ? -1 : 1) * Math.pow(10, i % 1_000 / 50.0 - 12) * (1 + i / 1e4));
        }
        short[] halves = new short[values.length + 3];
        Half.of(values, halves, 3);
        for (int i = 0; i < values.length; i++) {
            assertThat(halves[i + 3]).as("%s", values[i]).isEqualTo(Half.of(values[i]));
        }
    }

    @Test
    void knownValues() {
        assertThat(Half.value((short) 0x3c00)).isEqualTo(1f);
        assertThat(Half.value((short) 0xc000)).isEqualTo(-2f);
        assertThat(Half.value((short) 0x7bff)).isEqualTo(65504f);
        assertThat(Half.value((short) 1)).isEqualTo(0x1p-24f);
        assertThat(Half.of(1f / 3)).isEqualTo((short) 0x3555);
        assertThat(Half.of(65520f)).isEqualTo((short) 0x7bff);
        assertThat(Half.of(Float.NEGATIVE_INFINITY)).isEqualTo((short) 0xfbff);
        assertThat(Half.value(Half.of(Float.NaN))).isNaN();
    }

    @Test
    void theErrorIsBelowOnePartInTwoThousand() {
        for (float x = 6.2e-5f; x < 65000; x *= 1.0007f) {
            assertThat(Half.value(Half.of(x))).isCloseTo(x, within(x / 2048));
            assertThat(Half.value(Half.of(-x))).isEqualTo(-Half.value(Half.of(x)));
        }
    }
}
