package io.eddy.train;

import io.eddy.connectors.StateSerializer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;

/** A trainer's answer on its way to the judge, and in the checkpoint until all have answered. */
public final class TrainerAnswerSerializer extends StateSerializer<TrainerAnswer> {
    private static final long serialVersionUID = 1L;
    static final TrainerAnswerSerializer INSTANCE = new TrainerAnswerSerializer();
    private static final int FORMAT = 1;

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TrainerAnswer createInstance() {
        return new TrainerAnswer(RoundPlanSerializer.INSTANCE.createInstance(), Fitted.failed(0, "none", 0));
    }

    @Override
    protected void write(TrainerAnswer answer, DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        RoundPlanSerializer.INSTANCE.write(answer.plan(), out);
        Fitted fitted = answer.fitted();
        out.writeInt(fitted.windows());
        RoundPlanSerializer.writeWeights(fitted.weights(), out);
        out.writeBoolean(fitted.fault() != null);
        if (fitted.fault() != null) {
            out.writeUTF(fitted.fault());
        }
        out.writeBoolean(fitted.diverged());
        out.writeInt(fitted.epochs().size());
        for (Epoch epoch : fitted.epochs()) {
            out.writeDouble(epoch.trainLoss());
            out.writeDouble(epoch.validationLoss());
            out.writeDouble(epoch.gradientNorm());
            out.writeDouble(epoch.clippedNorm());
            out.writeDouble(epoch.saturatedGates());
            out.writeDouble(epoch.learningRate());
        }
        out.writeDouble(fitted.trainLoss());
        out.writeDouble(fitted.seconds());
    }

    @Override
    protected TrainerAnswer read(DataInputDeserializer in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("answer of a trainer: expected format " + FORMAT + ", found " + format);
        }
        return new TrainerAnswer(
                RoundPlanSerializer.INSTANCE.read(in),
                new Fitted(
                        in.readInt(),
                        RoundPlanSerializer.readWeights(in),
                        in.readBoolean() ? in.readUTF() : null,
                        in.readBoolean(),
                        readEpochs(in),
                        in.readDouble(),
                        in.readDouble()));
    }

    private static List<Epoch> readEpochs(DataInput in) throws IOException {
        int count = in.readInt();
        List<Epoch> epochs = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            epochs.add(new Epoch(
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble()));
        }
        return epochs;
    }

    @Override
    public TypeSerializerSnapshot<TrainerAnswer> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainerAnswer> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
