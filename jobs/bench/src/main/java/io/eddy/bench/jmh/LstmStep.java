package io.eddy.bench.jmh;

import io.eddy.bench.RandomWeights;
import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One step of the network of one series, and the head that follows it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LstmStep {
    private static final int HORIZON = 24;
    private static final int SERIES = 1024;

    @Param({"32", "64", "128"})
    public int hidden;

    @Param({"1", "2"})
    public int layers;

    private Weights weights;
    /** [series][inputs]. */
    private float[][] x;
    /** [series][layers][hidden]. */
    private float[][][] h;
    /** [series][layers][hidden]. */
    private float[][][] c;
    /** [4 * hidden]. */
    private float[] z;
    /** [horizon * quantiles]. */
    private float[] out;

    private int series;

    @SuppressWarnings("NullAway.Init") // JMH calls setUp before anything else
    public LstmStep() {}

    @Setup
    public void setUp() {
        Architecture a = new Architecture(Forecaster.inputs(), hidden, layers, HORIZON, Quantiles.COUNT);
        weights = RandomWeights.of(a, 0.1f);
        x = RandomWeights.rows(1, SERIES, a.inputs(), 2);
        h = new float[SERIES][layers][hidden];
        c = new float[SERIES][layers][hidden];
        z = new float[4 * hidden];
        out = new float[a.outputs()];
    }

    @Benchmark
    public float[] step() {
        series = (series + 1) % SERIES;
        weights.step(x[series], h[series], c[series], z);
        return z;
    }

    @Benchmark
    public float[] head() {
        series = (series + 1) % SERIES;
        weights.head(h[series], c[series], out);
        return out;
    }
}
