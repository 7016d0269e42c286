package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A series whose memory is written and read in the middle of its life. */
final class TestingRestart {
    private static final int HORIZON = 24;
    private static final long STEP = 60_000;

    private TestingRestart() {}

    /**
     * Asserts that the memory and what was read of it go on alike to the last bit.
     *
     * @param season in steps; 0: found from the values
     * @param y the series' values, of which some are left out before the restart
     * @param restart values before it
     */
    static void changesNothing(String experts, int season, double[] y, int restart) throws IOException {
        Forecaster forecaster = new Forecaster(TestingOptions.of(HORIZON, season, STEP, 1e-4, 48, 6, experts));
        Answer answer = new Answer(HORIZON);
        Memory memory = new Memory();
        for (int t = 0; t < restart; t++) {
            forecaster.step(memory, null, STEP * t, t % 90 == 7 ? Double.NaN : y[t], answer);
        }
        Memory read = Memory.read(new DataInputStream(new ByteArrayInputStream(bytes(memory))));
        for (int t = restart; t < restart + 100; t++) {
            forecaster.step(memory, null, STEP * t, y[t], answer);
            double[] row = answer.quantiles(HORIZON);
            forecaster.step(read, null, STEP * t, y[t], answer);
            assertThat(answer.quantiles(HORIZON)).isEqualTo(row);
        }
        assertThat(bytes(read)).isEqualTo(bytes(memory));
    }

    private static byte[] bytes(Memory memory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        memory.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
