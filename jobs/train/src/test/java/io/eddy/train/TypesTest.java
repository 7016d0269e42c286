package io.eddy.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.model.network.Architecture;
import io.eddy.model.network.Quantiles;
import io.eddy.model.network.Weights;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** What passes between the operators of a round, and waits in their checkpoints, is written by serializers of its own. */
class TypesTest {
    private static final Weights WEIGHTS = Network.random(
                    new Architecture(Windows.INPUTS, 4, 1, Windows.HORIZON, Quantiles.COUNT), 0.01, 1)
            .weights();
    private static final List<TrainingWindow> WINDOWS = Windows.autoregressive(9, 1);
    private static final RoundPlan PLAN = new RoundPlan(
            Training.Trigger.DRIFT,
            8,
            7,
            6,
            5,
            4,
            -1,
            2,
            3,
            10,
            11,
            WEIGHTS,
            null,
            new Reservoir.Split(Windows.poisoned(WINDOWS.subList(0, 6), 1, Float.NaN), WINDOWS.subList(6, 9)),
            Long.MIN_VALUE,
            List.of());
    private static final RoundPlan LABELLED = new RoundPlan(
            Training.Trigger.COUNT,
            8,
            7,
            6,
            5,
            0,
            -1,
            2,
            3,
            10,
            11,
            null,
            null,
            PLAN.split(),
            1234,
            List.of(new LabelledWindow(
                    "häuser",
                    77,
                    2,
                    new float[] {1, 2, 3, 4},
                    new byte[] {LabelledWindow.ANOMALOUS, LabelledWindow.NORMAL},
                    5)));
    private static final Fitted FITTED =
            new Fitted(6, WEIGHTS, null, false, List.of(new Epoch(1, 2, 3, 4, 5, 6)), 0.5, 7);

    @Test
    void aShareIsReadAsItWasWritten() throws IOException {
        assertReadAsWritten(RoundType.PLAN, PLAN);
        assertReadAsWritten(RoundType.PLAN, LABELLED);
        assertReadAsWritten(RoundType.PLAN, LABELLED.fitted());
        assertReadAsWritten(RoundType.PLAN, RoundPlanSerializer.INSTANCE.createInstance());
    }

    /** The first format ended after the windows. */
    @Test
    void aShareOfTheFirstFormatIsRead() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        RoundPlanSerializer.INSTANCE.write(PLAN, out);
        byte[] bytes = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - Long.BYTES - Integer.BYTES);
        bytes[3] = 1;
        assertThat(RoundPlanSerializer.INSTANCE.read(new DataInputDeserializer(bytes)))
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(PLAN);
    }

    /** Labelled windows of the second format do not say what they stand for. */
    @Test
    void aShareOfTheSecondFormatIsRead() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        RoundPlanSerializer.INSTANCE.write(LABELLED, out);
        byte[] bytes = Arrays.copyOf(out.getCopyOfBuffer(), out.length() - Integer.BYTES);
        bytes[3] = 2;
        List<LabelledWindow> read = RoundPlanSerializer.INSTANCE
                .read(new DataInputDeserializer(bytes))
                .labelled();
        assertThat(read).hasSize(1);
        assertThat(read.get(0).labels()).isEqualTo(LABELLED.labelled().get(0).labels());
        assertThat(read.get(0).stands()).isEqualTo(1);
    }

    @Test
    void aWindowThatWasSpokenOfIsReadAsItWasWritten() throws IOException {
        TrainingWindow window = new TrainingWindow("a", -5, 17, 2, new float[] {1, 2}, new float[] {Float.NaN, 3});
        DataOutputSerializer out = new DataOutputSerializer(64);
        TrainingWindowSerializer.INSTANCE.serialize(window, out);
        assertThat(TrainingWindowSerializer.INSTANCE.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(window);
    }

    @Test
    void theLongestNameOfASeriesIsReadAsItWasWritten() throws IOException {
        TrainingWindow window = new TrainingWindow("\u20ac".repeat(10_000), 0, 1, new float[] {1}, new float[] {2});
        Reservoir.Split split = new Reservoir.Split(List.of(window), List.of(window));
        RoundPlan plan = new RoundPlan(
                Training.Trigger.COUNT, 1, 0, 1, 2, 0, 0, 0, 0, 0, 0, null, null, split, Long.MIN_VALUE, List.of());
        assertReadAsWritten(RoundType.PLAN, plan);
    }

    @Test
    void anAnswerIsReadAsItWasWritten() throws IOException {
        assertReadAsWritten(RoundType.ANSWER, new TrainerAnswer(PLAN.fitted(), FITTED));
        assertReadAsWritten(RoundType.ANSWER, new TrainerAnswer(PLAN, Fitted.failed(6, "trainer: expected häuser", 1)));
    }

    private static <T> void assertReadAsWritten(TypeInformation<T> type, T record) throws IOException {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(record, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());

        assertThat(serializer.deserialize(in))
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(record);
        assertThat(in.available()).isZero();
        assertThat(serializer.copy(record))
                .usingRecursiveComparison()
                .withEqualsForType(Float::equals, Float.class)
                .withEqualsForType(Double::equals, Double.class)
                .isEqualTo(record);
    }

    @Test
    void serializersAreFoundAgainFromTheirSnapshots() throws IOException {
        for (TypeSerializer<?> serializer : List.of(
                RoundPlanSerializer.INSTANCE, TrainerAnswerSerializer.INSTANCE, TrainingWindowSerializer.INSTANCE)) {
            DataOutputSerializer out = new DataOutputSerializer(64);
            TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
            TypeSerializerSnapshot<?> snapshot = TypeSerializerSnapshot.readVersionedSnapshot(
                    new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
            assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        }
    }

    @Test
    void anUnknownFormatIsRefused() {
        byte[] framed = {0, 0, 0, 4, 0, 0, 0, 9};
        assertThatThrownBy(() -> RoundPlanSerializer.INSTANCE.deserialize(new DataInputDeserializer(framed)))
                .hasMessage("share of a round: expected format 1 to 3, found 9");
        assertThatThrownBy(() -> TrainerAnswerSerializer.INSTANCE.deserialize(new DataInputDeserializer(framed)))
                .hasMessage("answer of a trainer: expected format 1, found 9");
    }
}
