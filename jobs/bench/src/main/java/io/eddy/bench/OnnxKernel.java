package io.eddy.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.eddy.model.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * ONNX Runtime's LSTM on one thread, its tensors bound once to memory that both sides see. The states of the series are copied in before a
 * step and out after it.
 */
final class OnnxKernel implements Kernel {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private final int batch;
    private final float[][] x;
    /** [series][hidden]. */
    private final float[][] h;
    /** [series][hidden]. */
    private final float[][] c;

    private final OrtSession session;
    private final Bound inputs;
    private final Bound hiddenIn;
    private final Bound cellIn;
    private final Bound hiddenOut;
    private final Bound cellOut;

    /** A tensor [1, batch, width] and the memory it lives in. */
    private record Bound(FloatBuffer values, OnnxTensor tensor, int width) {
        static Bound of(int batch, int width) throws OrtException {
            FloatBuffer values = ByteBuffer.allocateDirect(Float.BYTES * batch * width)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            return new Bound(values, OnnxTensor.createTensor(ENVIRONMENT, values, new long[] {1, batch, width}), width);
        }
    }

    /**
     * Makes the session.
     *
     * @param weights of one layer; the head is not used
     * @param x [series][inputs], a multiple of the batch
     */
    OnnxKernel(Weights weights, float[][] x, int batch) throws OrtException {
        int hidden = weights.architecture().hidden();
        this.batch = batch;
        this.x = x;
        h = new float[x.length][hidden];
        c = new float[x.length][hidden];
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = ENVIRONMENT.createSession(OnnxLstm.model(weights, batch), options);
        }
        inputs = Bound.of(batch, x[0].length);
        hiddenIn = Bound.of(batch, hidden);
        cellIn = Bound.of(batch, hidden);
        hiddenOut = Bound.of(batch, hidden);
        cellOut = Bound.of(batch, hidden);
    }

    @Override
    public String name() {
        return "onnx-batch" + batch;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public void step(int first) throws OrtException {
        copyIn(x, first, inputs);
        copyIn(h, first, hiddenIn);
        copyIn(c, first, cellIn);
        session.run(
                        Map.of(
                                OnnxLstm.X,
                                inputs.tensor,
                                OnnxLstm.INITIAL_H,
                                hiddenIn.tensor,
                                OnnxLstm.INITIAL_C,
                                cellIn.tensor),
                        Map.of(OnnxLstm.LAST_H, hiddenOut.tensor, OnnxLstm.LAST_C, cellOut.tensor))
                .close();
        copyOut(hiddenOut, h, first);
        copyOut(cellOut, c, first);
    }

    private void copyIn(float[][] series, int first, Bound to) {
        for (int k = 0; k < batch; k++) {
            to.values.put(k * to.width, series[first + k]);
        }
    }

    private void copyOut(Bound from, float[][] series, int first) {
        for (int k = 0; k < batch; k++) {
            from.values.get(k * from.width, series[first + k]);
        }
    }

    @Override
    public float[] hidden(int series) {
        return h[series].clone();
    }

    @Override
    public void close() throws OrtException {
        for (Bound bound : new Bound[] {inputs, hiddenIn, cellIn, hiddenOut, cellOut}) {
            bound.tensor.close();
        }
        session.close();
    }
}
