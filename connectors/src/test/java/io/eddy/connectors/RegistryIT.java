package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eddy.Reading;
import io.eddy.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Conversions;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Avro in Confluent's wire format with the schemas of a real registry. */
@Timeout(120)
class RegistryIT {
    private static final Schema SENSOR = new Schema.Parser().parse("""
            {"type": "record", "name": "Sensor", "namespace": "plant", "fields": [
              {"name": "machine", "type": {"type": "record", "name": "Machine", "fields": [
                {"name": "id", "type": "string"}, {"name": "hall", "type": ["null", "string"]}]}},
              {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["HEAT", "FLOW"]}},
              {"name": "celsius", "type": ["null", "float"]},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}}]}
            """);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static Apicurio registry;

    @BeforeAll
    static void startRegistry() throws Exception {
        registry = Apicurio.start(Apicurio.freePort(), folder);
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    private static Options options(String url, String values) {
        return Options.of(Map.of(
                "input.format", "registry-avro",
                "input.series", "{machine.id}/{kind}",
                "input.time", "at",
                "input.values", values,
                "input.labels", "machine.hall",
                "registry.url", url,
                "registry.patience", "300ms"));
    }

    private static byte[] message(int id, Schema schema, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SchemaRegistry.header(id));
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, out);
        out.flush();
        return bytes.toByteArray();
    }

    private static GenericRecord sensor(float celsius) {
        Schema machineSchema = SENSOR.getField("machine").schema();
        GenericRecord machine = new GenericData.Record(machineSchema);
        machine.put("id", "m1");
        machine.put("hall", "north");
        GenericRecord record = new GenericData.Record(SENSOR);
        record.put("machine", machine);
        record.put("at", Instant.parse("2026-03-01T12:00:00.123Z").toEpochMilli() * 1000 + 456);
        record.put("kind", new GenericData.EnumSymbol(SENSOR.getField("kind").schema(), "HEAT"));
        record.put("celsius", celsius);
        Schema price = SENSOR.getField("price").schema();
        record.put(
                "price",
                new Conversions.DecimalConversion().toBytes(new BigDecimal("12.34"), price, price.getLogicalType()));
        return record;
    }

    private static List<Decoded> decode(ReadingDecoder decoder, byte[] value) {
        List<Decoded> found = new ArrayList<>();
        decoder.decode(new ConsumerRecord<>("sensors", 0, 5, new byte[0], value), found::add);
        return found;
    }

    private static String reason(ReadingDecoder decoder, byte[] value) {
        List<Decoded> found = decode(decoder, value);
        assertThat(found).hasSize(1);
        Reject reject = found.get(0).reject;
        assertThat(reject).isNotNull();
        return reject == null ? "" : reject.getReason();
    }

    private static RegistryClient client() {
        return new RegistryClient(RegistryOptions.of(options(registry.url(), "celsius")));
    }

    @Test
    void anyAvroBecomesReadings() throws Exception {
        int id = client().register("sensors-value", SENSOR);
        List<Decoded> found = decode(
                new ReadingDecoder(options(registry.url(), "celsius, price")), message(id, SENSOR, sensor(21.5f)));
        assertThat(found)
                .singleElement()
                .extracting(decoded -> decoded.reading)
                .isEqualTo(new Reading(
                        "m1/HEAT",
                        Instant.parse("2026-03-01T12:00:00.123Z"),
                        List.of(21.5, 12.34),
                        Map.of("hall", "north")));
    }

    @Test
    void aSchemaMayChangeWhileTheJobRuns() throws Exception {
        Schema first = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"s\",\"type\":\"string\"}"
                        + ",{\"name\":\"v\",\"type\":\"int\"}]}");
        Schema second = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"v\",\"type\":\"double\"}"
                        + ",{\"name\":\"s\",\"type\":\"string\"},{\"name\":\"new\",\"type\":\"int\",\"default\":0}]}");
        ReadingDecoder decoder = new ReadingDecoder(options(registry.url(), "v")
                .with(InputOptions.INPUT_SERIES, "{s}")
                .with(InputOptions.INPUT_TIME, ""));
        for (Schema schema : List.of(first, second, first)) {
            GenericRecord record = new GenericData.Record(schema);
            record.put("s", "a");
            record.put("v", schema == first ? (Object) 7 : (Object) 7.0);
            if (schema == second) {
                record.put("new", 1);
            }
            int id = client().register("changing-value", schema);
            assertThat(decode(decoder, message(id, schema, record)))
                    .singleElement()
                    .satisfies(decoded -> assertThat(decoded.reading)
                            .isNotNull()
                            .satisfies(
                                    reading -> assertThat(reading.getValues()).containsExactly(7.0)));
        }
    }

    @Test
    void whatTheRegistryOrTheMappingDoesNotKnowIsRejected() throws Exception {
        int id = client().register("sensors-value", SENSOR);
        ReadingDecoder decoder = new ReadingDecoder(options(registry.url(), "fahrenheit"));
        byte[] sound = message(id, SENSOR, sensor(1));
        assertThat(reason(decoder, sound))
                .isEqualTo("fahrenheit: expected a field of the message, found at, celsius, kind, machine, price");
        assertThat(reason(new ReadingDecoder(options(registry.url(), "kind")), sound))
                .isEqualTo("kind: expected a number, found HEAT");
        assertThat(reason(decoder, message(1 << 30, SENSOR, sensor(1))))
                .startsWith("schema 1073741824: expected an answer of the registry, found status 404");
        assertThat(reason(decoder, "plain text".getBytes(UTF_8)))
                .isEqualTo("value: expected a zero and the id of a schema, found 10 bytes without");
        assertThat(reason(decoder, java.util.Arrays.copyOf(sound, 12)))
                .startsWith("value: expected one plant.Sensor in Avro, found 12 bytes that are none");
    }

    @Test
    void aRegistryThatDoesNotAnswerIsWaitedForOnceAndFoundAgain() throws Exception {
        int port = Apicurio.freePort();
        String url = "http://127.0.0.1:" + port + "/apis/ccompat/v7";
        ReadingDecoder decoder = new ReadingDecoder(options(url, "celsius"));
        byte[] value = message(1, SENSOR, sensor(1));
        for (int k = 0; k < 1000; k++) {
            assertThat(reason(decoder, value))
                    .startsWith("registry.url: expected an answer of " + url + " within 300 ms, found ");
        }
        try (Apicurio late = Apicurio.start(port, folder)) {
            RegistryClient client = new RegistryClient(RegistryOptions.of(options(late.url(), "celsius")));
            byte[] now = message(client.register("sensors-value", SENSOR), SENSOR, sensor(3));
            for (int tries = 0; decode(decoder, now).get(0).reading == null; tries++) {
                assertThat(tries).as("tries while it is there").isLessThan(100);
                Thread.sleep(200);
            }
        }
        // A schema that is known needs no registry any more.
        assertThat(decode(decoder, value).get(0).reading).isNotNull();
    }

    @Test
    void outputsAreWrittenAndReadBehindTheIdOfTheirSchema() throws Exception {
        Options options = Options.of(Map.of("output.format", "registry-avro", "registry.url", registry.url() + "/"));
        RecordFormat<Reject> format = RecordFormat.of(options, KafkaOptions.REJECTS, Reject.class);
        Reject reject = new Reject(ByteBuffer.wrap(new byte[] {1, 2}), "t", 1, 2L, "because");

        byte[] value = format.writingCodec().encode(reject);

        int id = client().register("rejects-value", Reject.getClassSchema());
        assertThat(SchemaRegistry.id(value)).isEqualTo(id);
        assertThat(client().schema(id).getFullName()).isEqualTo("io.eddy.Reject");
        assertThat(format.codec().decode(value)).isEqualTo(reject);
    }

    @Test
    void aSinkWhoseRegistryDoesNotAnswerSaysSoAtTheStart() throws Exception {
        Options options = Options.of(Map.of(
                "output.format", "registry-avro",
                "registry.url", "http://127.0.0.1:" + Apicurio.freePort(),
                "registry.patience", "100ms"));
        RecordFormat<Reject> format = RecordFormat.of(options, KafkaOptions.REJECTS, Reject.class);
        assertThatIllegalArgumentException()
                .isThrownBy(format::writingCodec)
                .withMessageStartingWith("registry.url: expected an answer of http://127.0.0.1:");
    }
}
