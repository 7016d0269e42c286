package io.eddy.bench.jmh;

import io.eddy.bench.RandomWeights;
import io.eddy.bench.UsualOptions;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.WeightsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** All that is done with one value: judge, learn, step, forecast; and writing and reading the memory of a series. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ForecasterStep {
    private static final int HIDDEN = 64;
    private static final int HORIZON = 24;
    private static final int SEASON = 24;
    private static final int SERIES = 1024;
    private static final long STEP_MILLIS = 60_000;
    private static final int LEARNT_STEPS = 360;

    /** One a step, the same for all series. */
    private final double[] values = new double[2400];

    private final Forecaster forecaster = new Forecaster(UsualOptions.of(HORIZON, SEASON, STEP_MILLIS));
    private final Answer answer = new Answer(HORIZON);
    private final Memory[] memories = new Memory[SERIES];
    private final WeightsVersion version = new WeightsVersion(
            1, RandomWeights.of(new Architecture(Forecaster.inputs(), HIDDEN, 1, HORIZON, Quantiles.COUNT), 0.01f));
    private int series;
    private long step;
    private byte[] written = {};

    @Setup
    public void setUp() throws IOException {
        Random random = new Random(1);
        for (int k = 0; k < values.length; k++) {
            values[k] = 10 * Math.sin(2 * Math.PI * k / SEASON) + random.nextGaussian();
        }
        for (int s = 0; s < SERIES; s++) {
            memories[s] = new Memory();
            for (step = 0; step < LEARNT_STEPS; step++) {
                forecaster.step(memories[s], version, step * STEP_MILLIS, value(), answer);
            }
        }
        written = write();
    }

    private double value() {
        return values[(int) (step % values.length)];
    }

    @Benchmark
    public Answer step() {
        if (++series == SERIES) {
            series = 0;
            step++;
        }
        forecaster.step(memories[series], version, step * STEP_MILLIS, value(), answer);
        return answer;
    }

    @Benchmark
    public byte[] write() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        memories[0].write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Benchmark
    public Memory read() throws IOException {
        return Memory.read(new DataInputStream(new ByteArrayInputStream(written)));
    }
}
