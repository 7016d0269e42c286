package io.eddy.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Control;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.Observation;
import io.eddy.model.Answer;
import io.eddy.model.Forecaster;
import io.eddy.model.Memory;
import io.eddy.model.Shadow;
import io.eddy.model.network.WeightsVersion;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the job keeps and sends has a serializer that Flink can evolve; nothing falls to Kryo. */
class TypesTest {
    private static final MemorySerializer SERIALIZER = MemorySerializer.INSTANCE;
    private static final Forecaster LEAN = GoldenMemoryTest.forecaster("lean");
    private static final WeightsVersion WEIGHTS =
            new WeightsVersion(1, TestingWeights.network(1, TestingWeights.fitting()));

    @Test
    void whatIsDecodedIsAPojo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Decoded.class);
    }

    @Test
    void whatSteersIsAPojo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Control.class);
    }

    @Test
    void whatAShadowShowedIsAPojo() {
        PojoTestUtils.assertSerializedAsPojoWithoutKryo(Shadow.Sums.class);
    }

    @Test
    void anObservationIsReadAsItWasWritten() throws IOException {
        TypeInformation<Observation> type = TypeInformation.of(Observation.class);
        TypeSerializer<Observation> serializer = type.createSerializer(new SerializerConfigImpl());
        Observation observation = new Observation();
        observation.series = "häuser.\uD83D\uDE80 " + "x".repeat(10_000);
        observation.labels = Map.of("site", "north", "", "y".repeat(70_000));
        observation.timeMillis = -5;
        observation.value = 0.1;
        observation.target = 3;
        observation.covariates = new double[] {7, -2};
        for (String fault : new String[] {null, "values: expected one, found none"}) {
            observation.fault = fault;
            DataOutputSerializer out = new DataOutputSerializer(64);
            serializer.serialize(observation, out);

            assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
                    .usingRecursiveComparison()
                    .isEqualTo(observation);
        }
    }

    @Test
    void aMemoryIsReadAsItWasWritten() throws IOException {
        for (PackedMemory memory : List.of(new PackedMemory(), after(1), after(50))) {
            byte[] bytes = bytes(memory);

            assertThat(bytes(SERIALIZER.deserialize(new DataInputDeserializer(bytes))))
                    .isEqualTo(bytes);
        }
    }

    @Test
    void memoriesInARowAreReadOneByOne() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(after(50), out);
        SERIALIZER.serialize(new PackedMemory(), out);
        DataOutputSerializer copied = new DataOutputSerializer(64);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        SERIALIZER.copy(in, copied);
        SERIALIZER.copy(in, copied);

        assertThat(copied.getCopyOfBuffer()).isEqualTo(out.getCopyOfBuffer());
        assertThat(in.available()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lean", "full"})
    void aCopySharesNothingWithItsOriginal(String experts) throws IOException {
        Forecaster forecaster = GoldenMemoryTest.forecaster(experts);
        PackedMemory memory = after(50, forecaster);
        byte[] before = bytes(memory);
        PackedMemory copy = SERIALIZER.copy(memory);
        assertThat(bytes(copy)).isEqualTo(before);

        step(copy, 50, forecaster);
        assertThat(bytes(memory)).isEqualTo(before);
        step(memory, 50, forecaster);
        assertThat(bytes(memory)).isEqualTo(bytes(copy)).isNotEqualTo(before);
    }

    @Test
    void theSerializerIsFoundAgainFromItsSnapshot() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshot.writeVersionedSnapshot(out, SERIALIZER.snapshotConfiguration());
        TypeSerializerSnapshot<PackedMemory> snapshot = TypeSerializerSnapshot.readVersionedSnapshot(
                new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());

        TypeSerializer<PackedMemory> restored = snapshot.restoreSerializer();
        assertThat(restored).isEqualTo(SERIALIZER);
        assertThat(SERIALIZER
                        .snapshotConfiguration()
                        .resolveSchemaCompatibility(snapshot)
                        .isCompatibleAsIs())
                .isTrue();
    }

    private static PackedMemory after(int steps) throws IOException {
        return after(steps, LEAN);
    }

    private static PackedMemory after(int steps, Forecaster forecaster) throws IOException {
        PackedMemory memory = new PackedMemory();
        for (int k = 0; k < steps; k++) {
            step(memory, k, forecaster);
        }
        return memory;
    }

    private static void step(PackedMemory packed, int k, Forecaster forecaster) throws IOException {
        Memory memory = packed.unpack();
        forecaster.step(memory, WEIGHTS, k * 60_000L, TestingSignal.at("a", k), new Answer(TestingWeights.HORIZON));
        packed.pack(memory);
    }

    private static byte[] bytes(PackedMemory memory) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(memory, out);
        return out.getCopyOfBuffer();
    }
}
