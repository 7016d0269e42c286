package io.eddy.train;

import io.eddy.connectors.StateSerializer;
import io.eddy.model.TrainingSeries;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;

/** A series that is being cut into windows, as Flink's keyed state. */
public final class TrainingSeriesSerializer extends StateSerializer<TrainingSeries> {
    private static final long serialVersionUID = 1L;
    static final TrainingSeriesSerializer INSTANCE = new TrainingSeriesSerializer();

    @Override
    public TrainingSeries createInstance() {
        return new TrainingSeries(1, 1, 0, "lean", 0);
    }

    @Override
    protected void write(TrainingSeries series, DataOutput out) throws IOException {
        series.write(out);
    }

    @Override
    protected TrainingSeries read(DataInputDeserializer in) throws IOException {
        return TrainingSeries.read(in);
    }

    @Override
    public TypeSerializerSnapshot<TrainingSeries> snapshotConfiguration() {
        return new Snapshot();
    }

    /** The format's version stands in the bytes themselves. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<TrainingSeries> {
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }
}
