package io.eddy.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private static final Architecture SMALL = new Architecture(3, 4, 2, 2, 5);
    private final Random random = new Random(1);
    private final Weights weights = random();

    @Test
    void bytesComeBackAsTheSameWeights() {
        Weights read = Weights.fromBytes(weights.toBytes());
        assertThat(read.architecture()).isEqualTo(SMALL);
        for (int layer = 0; layer < SMALL.layers(); layer++) {
            assertThat(read.kernel(layer)).isDeepEqualTo(weights.kernel(layer));
            assertThat(read.recurrent(layer)).isDeepEqualTo(weights.recurrent(layer));
            assertThat(read.bias(layer)).isEqualTo(weights.bias(layer));
        }
        assertThat(read.head()).isDeepEqualTo(weights.head());
        assertThat(read.headBias()).isEqualTo(weights.headBias());
        assertThat(read.toBytes()).isEqualTo(weights.toBytes());
    }

    @Test
    void readsTheFirstFormat() throws IOException {
        try (DataInputStream in = new DataInputStream(LstmTest.open("lstm-2x16.bin"))) {
            byte[] bytes = in.readNBytes(in.readInt());
            assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(1);
            Weights golden = Weights.fromBytes(bytes);
            assertThat(golden.architecture()).isEqualTo(new Architecture(8, 16, 2, 6, 5));
            assertThat(golden.toBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void aClassifierIsWrittenBehindTheTensorsAndGoesAlongWithOtherShapes() {
        Classifier classifier = new Classifier(new float[] {1, -2, 0.5f, 0}, -3, 12345);
        Weights with = weights.withClassifier(classifier);
        byte[] bytes = with.toBytes();
        assertThat(ByteBuffer.wrap(bytes).getInt()).isEqualTo(4);
        for (Weights read : List.of(
                Weights.fromBytes(bytes),
                with.withHorizon(7),
                with.widened(List.of("holiday")),
                Weights.fromBytes(with.widened(List.of("holiday")).toBytes()))) {
            Classifier found = Objects.requireNonNull(read.classifier());
            assertThat(found.weights()).isEqualTo(classifier.weights());
            assertThat(found.bias()).isEqualTo(-3);
            assertThat(found.fittedToMillis()).isEqualTo(12345);
        }
        assertThat(Weights.fromBytes(bytes).toBytes()).isEqualTo(bytes);
        assertThat(with.withClassifier(null).toBytes()).isEqualTo(weights.toBytes());
        assertThat(with.kernel(0)).isDeepEqualTo(weights.kernel(0));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Weights.fromBytes(cut))
                    .hasMessage("weights: expected more bytes, found " + cut.length);
        }
    }

    @Test
    void aClassifierHasToBeForTheHiddenState() {
        assertThatThrownBy(() -> weights.withClassifier(new Classifier(new float[3], 0, 0)))
                .hasMessage("classifier: expected 4 weights, found 3");
        assertThatThrownBy(() -> new Classifier(new float[] {Float.NaN}, 0, 0))
                .hasMessage("classifier: expected finite numbers, found NaN");
        byte[] bytes =
                weights.withClassifier(new Classifier(new float[4], 0, 0)).toBytes();
        ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, Float.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Weights.fromBytes(bytes))
                .hasMessage("classifier: expected finite numbers, found -Infinity");
    }

    /** Anyone may write them to the topic. */
    @Test
    void damagedBytesAreRefusedOrReadAndNothingElse() {
        byte[] bytes = weights.widened(List.of("holiday"))
                .withClassifier(new Classifier(new float[4], 0, 0))
                .toBytes();
        Random random = new Random(1);
        for (int k = 0; k < 20_000; k++) {
            byte[] damaged = bytes.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                damaged[random.nextInt(48)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(Weights.fromBytes(damaged)).isNotNull();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining(": expected ");
            }
        }
    }

    @Test
    void bytesCutShortAnywhereAreRefused() {
        byte[] bytes = weights.toBytes();
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Weights.fromBytes(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("weights: expected more bytes, found " + length);
        }
    }

    @Test
    void bytesTooManyAreRefused() {
        byte[] bytes = weights.toBytes();
        assertThatThrownBy(() -> Weights.fromBytes(Arrays.copyOf(bytes, bytes.length + 3)))
                .hasMessage("weights: expected the end of the tensors, found 3 more bytes");
    }

    @Test
    void otherFormatsAreRefused() {
        byte[] bytes = weights.toBytes();
        bytes[3] = 9;
        assertThatThrownBy(() -> Weights.fromBytes(bytes))
                .hasMessage("weights: expected format version 1 to 4, found 9");
    }

    @Test
    void garbageIsRefusedWithoutTakingMemory() {
        for (int k = 0; k < 1000; k++) {
            byte[] garbage = new byte[random.nextInt(400)];
            random.nextBytes(garbage);
            ByteBuffer sized = ByteBuffer.wrap(garbage);
            if (garbage.length >= 24) { // a good format version, now and then a shape that could be
                sized.putInt(1)
                        .putInt(k % 1030)
                        .putInt(4 * (k % 300))
                        .putInt(k % 5)
                        .putInt(k % 1030)
                        .putInt(5);
            }
            assertThatThrownBy(() -> Weights.fromBytes(garbage)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void numbersThatNoTrainingMakesAreRefused() {
        byte[] bytes = weights.toBytes();
        for (float odd : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.MAX_VALUE, -2e9f}) {
            ByteBuffer.wrap(bytes).putFloat(bytes.length - 4, odd);
            assertThatThrownBy(() -> Weights.fromBytes(bytes))
                    .hasMessage("head bias: expected numbers up to 1.0E9, found " + odd);
        }
    }

    @Test
    void otherShapesAreRefused() {
        List<float[][]> kernels = List.of(weights.kernel(0), weights.kernel(0));
        List<float[][]> recurrents = List.of(weights.recurrent(0), weights.recurrent(1));
        List<float[]> biases = List.of(weights.bias(0), weights.bias(1));
        assertThatThrownBy(() -> Weights.of(SMALL, kernels, recurrents, biases, weights.head(), weights.headBias()))
                .hasMessage("kernel 1: expected 4 rows, found 3");
        assertThatThrownBy(() -> new Architecture(3, 6, 2, 2, 5))
                .hasMessage("hidden: expected a multiple of 4, found 6");
    }

    @Test
    void whatIsHandedOutIsACopy() {
        byte[] before = weights.toBytes();
        weights.kernel(0)[0][0] = 99;
        weights.headBias()[0] = 99;
        assertThat(weights.toBytes()).isEqualTo(before);
    }

    private Weights random() {
        int gates = 4 * SMALL.hidden();
        return Weights.of(
                SMALL,
                List.of(rows(SMALL.inputs(), gates), rows(SMALL.hidden(), gates)),
                List.of(rows(SMALL.hidden(), gates), rows(SMALL.hidden(), gates)),
                List.of(rows(1, gates)[0], rows(1, gates)[0]),
                rows(SMALL.hidden(), SMALL.outputs()),
                rows(1, SMALL.outputs())[0]);
    }

    private float[][] rows(int count, int width) {
        float[][] rows = new float[count][width];
        for (float[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = (float) random.nextGaussian();
            }
        }
        return rows;
    }
}
