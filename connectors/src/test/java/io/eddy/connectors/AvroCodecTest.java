package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.Forecast;
import io.eddy.ForecastStep;
import io.eddy.LeadCoverage;
import io.eddy.Reading;
import io.eddy.Realised;
import io.eddy.Score;
import io.eddy.Status;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private static final Reading READING = new Reading(
            "rack 7/temperature °C",
            Instant.parse("2026-03-01T12:00:00.123Z"),
            List.of(21.5, Double.NaN, Double.NEGATIVE_INFINITY),
            Map.of("site", "north"));
    private static final Weights WEIGHTS = Weights.newBuilder()
            .setModelId("fleet")
            .setVersion(3)
            .setParentVersion(2)
            .setCreatedAt(Instant.EPOCH)
            .setStatus(WeightsStatus.champion)
            .setArchitecture("lstm")
            .setTensors(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .setMetrics(Map.of("loss", 0.5))
            .setDataFrom(Instant.EPOCH)
            .setDataTo(Instant.EPOCH)
            .setTrainer("a test")
            .build();

    private final AvroCodec<Reading> readings = new AvroCodec<>(Reading.class);
    private final AvroCodec<Weights> weights = new AvroCodec<>(Weights.class);

    @Test
    void aRecordIsReadAsItWasWritten() {
        assertThat(readings.decode(readings.encode(READING))).isEqualTo(READING);
        assertThat(weights.decode(weights.encode(WEIGHTS))).isEqualTo(WEIGHTS);
    }

    @Test
    void aRecordStaysItselfWhenTheNextIsRead() {
        Reading first = readings.decode(readings.encode(READING));
        Reading other = new Reading("other", Instant.EPOCH, List.of(), Map.of());
        assertThat(readings.decode(readings.encode(other))).isEqualTo(other);
        assertThat(first).isEqualTo(READING);
    }

    @Test
    void theBytesArePlainAvroWithoutAHeader() {
        byte[] bytes = readings.encode(new Reading("ab", Instant.ofEpochMilli(1), List.of(), Map.of()));
        assertThat(bytes).containsExactly(4, 'a', 'b', 2, 0, 0);
    }

    @Test
    void bytesThatAreCutShortAreRefused() {
        byte[] bytes = readings.encode(READING);
        for (int length = 0; length < bytes.length; length++) {
            byte[] start = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> readings.decode(start))
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("value: expected one Reading in Avro, found " + length + " bytes");
        }
    }

    @Test
    void bytesAfterTheEndAreRefused() {
        byte[] bytes = readings.encode(READING);
        assertThatThrownBy(() -> readings.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: expected one Reading in Avro, found bytes after its end");
    }

    @Test
    void aValueThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> readings.decode(null))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("value: expected Avro bytes, found none");
    }

    @Test
    void aTextIsRefused() {
        assertThatThrownBy(() -> readings.decode("{\"series\": \"a\", \"values\": [1]}".getBytes(UTF_8)))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("value: expected one Reading in Avro, found 30 bytes");
    }

    /** Each would need gigabytes if the length were believed. */
    @Test
    void lengthsThatTheBytesCannotHoldAreRefused() {
        for (long huge : new long[] {1 << 20, 1 << 30, Integer.MAX_VALUE - 8, 1L << 40, Long.MAX_VALUE}) {
            refuses(readings, bytes(huge)); // the name's length
            refuses(readings, bytes(0, 0, huge)); // how many values
            refuses(readings, bytes(0, 0, -huge, 8)); // the same, as a block with its size in bytes
            refuses(readings, bytes(0, 0, 0, huge)); // how many labels
            refuses(readings, bytes(0, 0, 0, 1, huge)); // a label's length
            refuses(weights, bytes(0, 1, 0, 0, 0, 0, huge)); // the tensors' length
        }
    }

    @Test
    void randomBytesAreRefusedOrReadAndNothingElse() {
        Random random = new Random(1);
        for (int k = 0; k < 10_000; k++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            readOrRefuse(readings, bytes);
            readOrRefuse(weights, bytes);
        }
    }

    @Test
    void damagedRecordsAreRefusedOrReadAndNothingElse() {
        Random random = new Random(2);
        for (int k = 0; k < 10_000; k++) {
            readOrRefuse(readings, damaged(readings.encode(READING), random));
            readOrRefuse(weights, damaged(weights.encode(WEIGHTS), random));
        }
    }

    @Test
    void aCodecIsSoundAfterItHasRefused() {
        refuses(readings, new byte[] {1});
        assertThat(readings.decode(readings.encode(READING))).isEqualTo(READING);
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        int changes = 1 + random.nextInt(4);
        for (int k = 0; k < changes; k++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Arrays.copyOf(bytes, bytes.length - random.nextInt(3));
    }

    private static void refuses(AvroCodec<?> codec, byte[] bytes) {
        assertThatThrownBy(() -> codec.decode(bytes)).isExactlyInstanceOf(IllegalArgumentException.class);
    }

    private static <T extends SpecificRecordBase> void readOrRefuse(AvroCodec<T> codec, byte[] bytes) {
        T record;
        try {
            record = codec.decode(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).isExactlyInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("value: expected");
            return;
        }
        assertThat(codec.decode(codec.encode(record))).isEqualTo(record);
    }

    /** The numbers as Avro writes them: zigzag, seven bits a byte. */
    private static byte[] bytes(long... numbers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (long number : numbers) {
            long rest = (number << 1) ^ (number >> 63);
            while ((rest & ~0x7FL) != 0) {
                out.write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
        return out.toByteArray();
    }

    @Test
    void scoresAreWrittenAsAvroWouldWriteThem() {
        Score score = new Score();
        score.setSeries("a");
        score.setLabels(Map.of("site", "north", "rack", "7"));
        score.setTarget("value");
        score.setEventTime(Instant.ofEpochMilli(-1));
        score.setProcessingTime(Instant.ofEpochMilli(1234567890123L));
        score.setY(Double.NaN);
        score.setYhat(2);
        score.setYhatLower(3);
        score.setYhatUpper(4);
        score.setAnomalyScore(5);
        score.setAnomalyScoreRaw(6);
        score.setPValue(7);
        score.setDirection(-1);
        score.setIsAnomaly(true);
        score.setStatus(Status.LATE);
        score.setImputed(true);
        score.setNSamplesSeen(8);
        score.setModelId("m");
        score.setModelVersion(9);
        score.setMemoryVersion(10);
        AvroCodec<Score> own = new AvroCodec<>(Score.class, AvroWriters::write);
        AvroCodec<Score> avros = new AvroCodec<>(Score.class);
        assertThat(own.encode(score)).isEqualTo(avros.encode(score));
        score.setStatusReason("why");
        score.setSuppressedBy("rule");
        score.setEventId("id");
        score.setAttribution("spike");
        score.setCorrectionOf(Instant.EPOCH);
        score.setAnomalyProbability(0.25);
        assertThat(own.encode(score)).isEqualTo(avros.encode(score));
        assertThat(own.decode(own.encode(score)).getAnomalyProbability()).isEqualTo(0.25);
    }

    /** As a build wrote them that did not know anomaly_probability. */
    private static final String EARLIER_SCORE =
            "0870756d700208736974650a6e6f727468000a76616c7565d00fa01f000000000000f03f0000000000000040000000000000"
                    + "08400000000000001040000000000000f83f000000000000f83ffca9f1d24d62503f020104000010026d1214000204696402"
                    + "0a7370696b65020e";

    @Test
    void scoresOfEarlierBuildsAreReadAndTheirReadersReadOurs() throws IOException {
        Schema before = Schema.createRecord(
                "Score",
                null,
                "io.eddy",
                false,
                Score.getClassSchema().getFields().stream()
                        .filter(field -> !field.name().equals("anomaly_probability"))
                        .map(field -> new Schema.Field(field, field.schema()))
                        .toList());
        AvroCodec<Score> codec = new AvroCodec<>(Score.class, AvroWriters::write);
        Score score = codec.decode(HexFormat.of().parseHex(EARLIER_SCORE));
        assertThat(score.getSeries()).isEqualTo("pump");
        assertThat(score.getCorrectionOf()).isEqualTo(Instant.ofEpochMilli(7));
        assertThat(score.getAnomalyProbability()).isNull();

        score.setAnomalyProbability(0.75);
        byte[] now = codec.encode(score);
        GenericRecord theirs = new GenericDatumReader<GenericRecord>(before)
                .read(null, DecoderFactory.get().binaryDecoder(now, null));
        assertThat(theirs.get("attribution")).hasToString("spike");
        assertThat(theirs.get("correction_of")).isEqualTo(7L);
        byte[] cut = Arrays.copyOf(now, now.length - 20);
        assertThatThrownBy(() -> codec.decode(cut)).hasMessageStartingWith("value: expected one Score in Avro, found ");
    }

    @Test
    void forecastsAreWrittenAsAvroWouldWriteThem() {
        Forecast forecast = new Forecast();
        forecast.setSeries("b");
        forecast.setLabels(Map.of());
        forecast.setTarget("value");
        forecast.setIssuedAt(Instant.ofEpochMilli(5));
        forecast.setStepSeconds(0.5);
        forecast.setModelId("m");
        forecast.setModelVersion(3);
        forecast.setSteps(List.of());
        AvroCodec<Forecast> own = new AvroCodec<>(Forecast.class, AvroWriters::write);
        AvroCodec<Forecast> avros = new AvroCodec<>(Forecast.class);
        assertThat(own.encode(forecast)).isEqualTo(avros.encode(forecast));
        forecast.setSteps(List.of(
                new ForecastStep(1, Instant.ofEpochMilli(6), 1.0, 2.0, 3.0, List.of(4.0, 5.0)),
                new ForecastStep(2, Instant.ofEpochMilli(7), 6.0, 7.0, 8.0, List.of())));
        forecast.setRealised(
                new Realised(1.0, 2.0, 3.0, 4.0, List.of(new LeadCoverage(4, 0.5)), Map.of("seasonal", 0.75)));
        forecast.setThresholdEtaSeconds(1.5);
        forecast.setThresholdProbability(0.5);
        assertThat(own.encode(forecast)).isEqualTo(avros.encode(forecast));
        forecast.setSteps(new IssuedSteps(5, 500, 3, new double[] {1, 2, 3, 4, 5, 6}));
        assertThat(own.encode(forecast)).isEqualTo(avros.encode(forecast));
        assertThat(forecast.getSteps())
                .containsExactly(
                        new ForecastStep(1, Instant.ofEpochMilli(505), 2.0, 1.0, 3.0, List.of(1.0, 2.0, 3.0)),
                        new ForecastStep(2, Instant.ofEpochMilli(1005), 5.0, 4.0, 6.0, List.of(4.0, 5.0, 6.0)));
        Realised realised = forecast.getRealised();
        realised.setWeights(new MixedWeights(List.of("last", "days", "network"), new double[] {0.25, 0, 0.75}));
        assertThat(own.encode(forecast)).isEqualTo(avros.encode(forecast));
        assertThat(realised.getWeights()).containsExactly(Map.entry("last", 0.25), Map.entry("network", 0.75));
    }
}
