package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Reading;
import io.eddy.Reject;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a record of the topic readings holds, it becomes a reading or a reject; the job goes on. */
class ReadingDeserializerTest {
    private static final byte[] KEY = "a".getBytes(UTF_8);

    private final AvroCodec<Reading> codec = new AvroCodec<>(Reading.class);

    @Test
    void aReadingIsPassedOn() {
        Reading reading = reading("a", Instant.parse("2026-03-01T12:00:00Z"));
        Decoded decoded = decode(codec.encode(reading));
        assertThat(decoded.reading).isEqualTo(reading);
        assertThat(decoded.reject).isNull();
    }

    @Test
    void aRejectHoldsTheBytesWhereTheyWereAndWhy() {
        byte[] text = "not Avro".getBytes(UTF_8);
        Reject reject = rejected(text);

        assertThat(reject.getBytes()).isEqualTo(ByteBuffer.wrap(text));
        assertThat(reject)
                .returns("readings", Reject::getTopic)
                .returns(3, Reject::getPartition)
                .returns(77L, Reject::getOffset);
        assertThat(reject.getReason()).startsWith("value: expected one Reading in Avro, found 8 bytes");
    }

    @Test
    void aRecordWithoutAValueIsRejected() {
        assertThat(rejected(null))
                .returns(ByteBuffer.allocate(0), Reject::getBytes)
                .returns("value: expected Avro bytes, found none", Reject::getReason);
    }

    @Test
    void aSeriesWithoutANameIsRejected() {
        assertThat(rejected(codec.encode(reading(" ", Instant.EPOCH))).getReason())
                .isEqualTo("series: expected a name, found none");
    }

    @Test
    void aTimeFarAheadIsRejectedForItWouldMakeAllOthersLate() {
        Instant localTimeForUtc = Instant.now().plus(Duration.ofHours(1)).minusSeconds(30);
        for (Instant time : List.of(
                localTimeForUtc, Instant.now().plus(Duration.ofDays(1)), Instant.ofEpochMilli(Long.MAX_VALUE))) {
            assertThat(rejected(codec.encode(reading("a", time))).getReason())
                    .startsWith("event_time: expected at most PT10M ahead of the clock (readings.max_ahead), found ");
        }
    }

    @Test
    void anythingElseIsOneOfTheTwo() {
        Random random = new Random(3);
        for (int k = 0; k < 10_000; k++) {
            byte[] bytes = new byte[random.nextInt(48)];
            random.nextBytes(bytes);
            Decoded decoded = decode(bytes);
            assertThat(decoded.reading == null).isNotEqualTo(decoded.reject == null);
        }
    }

    private static Reading reading(String series, Instant time) {
        return new Reading(series, time, List.of(1.0), Map.of());
    }

    private static Reject rejected(byte @Nullable [] value) {
        Decoded decoded = decode(value);
        assertThat(decoded.reading).isNull();
        if (decoded.reject == null) {
            throw new AssertionError("expected a reject, found neither a reading nor a reject");
        }
        return decoded.reject;
    }

    private static Decoded decode(byte @Nullable [] value) {
        ReadingDeserializer deserializer = new ReadingDeserializer(Options.of(Map.of()));
        deserializer.open(new TestingCounters());
        List<Decoded> found = new ArrayList<>();
        deserializer.deserialize(new ConsumerRecord<>("readings", 3, 77, KEY, value), new ListCollector<>(found));
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
