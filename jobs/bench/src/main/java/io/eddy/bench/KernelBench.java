package io.eddy.bench;

import io.eddy.model.Forecaster;
import io.eddy.model.network.Architecture;
import io.eddy.model.network.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One LSTM step of one layer: Eddy, DL4J and ONNX Runtime, all on the measuring thread, beside a matrix product. */
final class KernelBench implements Bench {
    private static final String NAME = "kernel";
    private static final String SGEMM = "sgemm";
    /** Enough that their states do not stay in the first cache. */
    private static final int SERIES = 1024;

    private static final int BATCH = 256;
    private static final int WARM_UPS = 4;
    private static final int ROUNDS = 9;
    private static final int CHECKED_STEPS = 3;
    private static final double TOLERANCE = 1e-5;
    /** The matrix product is of this many rows and columns. */
    private static final int MATRIX = 1024;

    @Override
    public String says() {
        return "CPU time of one LSTM step, " + SERIES + " series in turn, each with its own state, one thread.";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int hidden : new int[] {32, 64, 128}) {
            List<Kernel> kernels = kernels(hidden);
            checkEqual(kernels);
            log.line("hidden " + hidden + ": the hidden states agree within " + TOLERANCE);
            rows.addAll(measure(hidden, kernels));
            for (Kernel kernel : kernels) {
                kernel.close();
            }
            log.line("hidden " + hidden + ": measured");
        }
        return rows;
    }

    /** Fresh ones, Eddy's first. */
    static List<Kernel> kernels(int hidden) throws Exception {
        Weights weights = RandomWeights.of(new Architecture(Forecaster.inputs(), hidden, 1, 1, 1), 0);
        float[][] x = RandomWeights.rows(1, SERIES, Forecaster.inputs(), 2);
        return List.of(
                new EddyKernel(weights, x),
                new EddyBatchKernel(weights, x),
                new Dl4jKernel(weights, x),
                new OnnxKernel(weights, x, 1),
                new OnnxKernel(weights, x, BATCH));
    }

    /** Some steps of the first series with each, and their hidden states compared to those of the first. */
    static void checkEqual(List<Kernel> kernels) throws Exception {
        for (Kernel kernel : kernels) {
            for (int step = 0; step < CHECKED_STEPS; step++) {
                for (int first = 0; first < BATCH; first += kernel.batch()) {
                    kernel.step(first);
                }
            }
        }
        for (Kernel kernel : kernels) {
            for (int series = 0; series < BATCH; series++) {
                checkEqual(kernel.name(), kernels.get(0).hidden(series), kernel.hidden(series));
            }
        }
    }

    private static void checkEqual(String name, float[] expected, float[] found) {
        for (int j = 0; j < expected.length; j++) {
            if (!(Math.abs(found[j] - expected[j]) <= TOLERANCE)) {
                throw new IllegalStateException(
                        name + ": expected Eddy's hidden state " + expected[j] + ", found " + found[j]);
            }
        }
    }

    private static List<Row> measure(int hidden, List<Kernel> kernels) throws Exception {
        Interleaved interleaved = new Interleaved();
        for (Kernel kernel : kernels) {
            int passes = kernel instanceof Dl4jKernel ? 1 : 64;
            interleaved.side(kernel.name() + "-h" + hidden, () -> passes(kernel, passes));
        }
        Dl4jKernel.singleThread();
        INDArray a = Nd4j.rand(DataType.FLOAT, MATRIX, MATRIX);
        INDArray b = Nd4j.rand(DataType.FLOAT, MATRIX, MATRIX);
        INDArray product = Nd4j.create(DataType.FLOAT, MATRIX, MATRIX);
        interleaved.side(SGEMM, () -> {
            a.mmuli(b, product);
            a.mmuli(b, product);
            return 2;
        });
        return rows(hidden, interleaved.microsPerOperation(WARM_UPS, ROUNDS));
    }

    private static long passes(Kernel kernel, int passes) throws Exception {
        for (int pass = 0; pass < passes; pass++) {
            for (int first = 0; first < SERIES; first += kernel.batch()) {
                kernel.step(first);
            }
        }
        return (long) passes * SERIES;
    }

    private static List<Row> rows(int hidden, Map<String, Spread> micros) {
        List<Row> rows = new ArrayList<>();
        Spread peak = of(micros, SGEMM).into(2.0 * MATRIX * MATRIX * MATRIX / 1000);
        rows.add(peak.row(NAME, SGEMM + "-beside-h" + hidden, "flops", "GFLOP/s"));
        Row eddy = of(micros, "eddy-h" + hidden).row(NAME, "eddy-h" + hidden, "cpu_per_step", "us");
        Row dl4j = of(micros, "dl4j-h" + hidden).into(1e6).row(NAME, "dl4j-h" + hidden, "steps_per_core", "1/s");
        double flops = 2.0 * 4 * hidden * (hidden + Forecaster.inputs());
        micros.forEach((side, spread) -> {
            if (!side.equals(SGEMM)) {
                Row cpu = spread.row(NAME, side, "cpu_per_step", "us");
                rows.add(side.equals(eddy.side()) ? cpu : cpu.against(eddy));
                Row steps = spread.into(1e6).row(NAME, side, "steps_per_core", "1/s");
                rows.add(side.equals(dl4j.side()) ? steps : steps.against(dl4j));
                rows.add(spread.into(flops / 1000 / peak.median()).row(NAME, side, "share_of_sgemm", "1"));
            }
        });
        return rows;
    }

    private static Spread of(Map<String, Spread> micros, String side) {
        return Objects.requireNonNull(micros.get(side), side);
    }
}
