package io.eddy.bench;

import io.eddy.model.network.Weights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/** Eddy's layer as an ONNX model of one LSTM node that makes one step; ND4J brings the classes of the format. */
final class OnnxLstm {
    static final String X = "X";
    static final String INITIAL_H = "initial_h";
    static final String INITIAL_C = "initial_c";
    static final String LAST_H = "Y_h";
    static final String LAST_C = "Y_c";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 14;
    /** Our gates in ONNX's order: input, output, forget, cell. */
    private static final int[] GATES = {0, 3, 1, 2};

    private OnnxLstm() {}

    /**
     * The model's bytes. Inputs: X [1, batch, inputs], initial_h and initial_c [1, batch, hidden]; outputs: Y_h and Y_c, shaped alike.
     *
     * @param weights of one layer; the head is not used
     */
    static byte[] model(Weights weights, int batch) {
        int inputs = weights.architecture().inputs();
        int hidden = weights.architecture().hidden();
        NodeProto lstm = NodeProto.newBuilder()
                .setOpType("LSTM")
                .addInput(X)
                .addInput("W")
                .addInput("R")
                .addInput("B")
                .addInput("") // all series have the same length, one step
                .addInput(INITIAL_H)
                .addInput(INITIAL_C)
                .addOutput("") // the hidden states of all steps: the last is enough
                .addOutput(LAST_H)
                .addOutput(LAST_C)
                .addAttribute(AttributeProto.newBuilder()
                        .setName("hidden_size")
                        .setType(AttributeProto.AttributeType.INT)
                        .setI(hidden))
                .build();
        // The second half of the bias is added to the recurrent product.
        float[][] biases = {Kernel.reorder(new float[][] {weights.bias(0)}, GATES)[0], new float[4 * hidden]};
        GraphProto graph = GraphProto.newBuilder()
                .setName("lstm")
                .addNode(lstm)
                .addInitializer(tensor("W", transposed(Kernel.reorder(weights.kernel(0), GATES)), 4 * hidden, inputs))
                .addInitializer(
                        tensor("R", transposed(Kernel.reorder(weights.recurrent(0), GATES)), 4 * hidden, hidden))
                .addInitializer(tensor("B", biases, 8 * hidden))
                .addInput(value(X, 1, batch, inputs))
                .addInput(value(INITIAL_H, 1, batch, hidden))
                .addInput(value(INITIAL_C, 1, batch, hidden))
                .addOutput(value(LAST_H, 1, batch, hidden))
                .addOutput(value(LAST_C, 1, batch, hidden))
                .build();
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    /** A constant of one direction, [1, dims]. */
    private static TensorProto tensor(String name, float[][] rows, int... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addDims(1);
        ByteBuffer raw =
                ByteBuffer.allocate(Float.BYTES * rows.length * rows[0].length).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] row : rows) {
            raw.asFloatBuffer().put(row);
            raw.position(raw.position() + Float.BYTES * row.length);
        }
        for (int dim : dims) {
            tensor.addDims(dim);
        }
        return tensor.setRawData(ByteString.copyFrom(raw.flip())).build();
    }

    private static ValueInfoProto value(String name, int... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(shape)))
                .build();
    }

    private static float[][] transposed(float[][] rows) {
        float[][] columns = new float[rows[0].length][rows.length];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[0].length; column++) {
                columns[column][row] = rows[row][column];
            }
        }
        return columns;
    }
}
