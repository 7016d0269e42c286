package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of messages that cannot be mapped to readings. */
class RejectedMessagesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":0,\"value\":\"high\"} | value: expected a number, found high",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":0,\"value\":true} | value: expected a number, found true",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":0,\"value\":{}} | value: expected a number, found fields by name",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":0,\"val\":1} | value: expected a field of the message, found host, metric, time, val",
                "{\"host\":{},\"metric\":\"b\",\"time\":0,\"value\":1} | host: expected text for the name of the series, found fields by name",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":\"noon\",\"value\":1} | time: expected a time in ISO 8601 or a number, found noon",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":1e999999999,\"value\":1} | time: expected a time in ISO 8601 or a number, found",
                "{\"host\":\"a\",\"metric\":\"b\",\"time\":null,\"value\":1} | time: expected a time in ISO 8601 or a number, found null",
                "{\"host\":\"a\" | value: expected JSON, found 11 bytes that are none",
                "{} {} | value: expected JSON, found 5 bytes that are none",
                "null | value: expected an object in JSON, found null",
                "12 | value: expected fields by name, found 12",
            })
    void whatCannotBeMappedIsRejectedWithTheReason(String json, String reason) {
        assertThat(ReadingDecoderTest.reason(ReadingDecoderTest.FLAT, json)).startsWith(reason);
    }

    @Test
    void tenMegabytesOfJsonAreRejectedAndTheRejectIsSmall() {
        byte[] large = ("{\"host\":\"" + "a".repeat(10_000_000) + "\"}").getBytes(UTF_8);
        assertThat(ReadingDecoderTest.decode(ReadingDecoderTest.FLAT, large))
                .singleElement()
                .satisfies(decoded -> assertThat(decoded.reject)
                        .isNotNull()
                        .satisfies(reject -> assertThat(reject.getReason())
                                .isEqualTo("value: expected at most 1048576 bytes (input.max_bytes), found 10000011"))
                        .satisfies(reject ->
                                assertThat(reject.getBytes().remaining()).isEqualTo(100_000)));
    }

    @Test
    void aMillionBracketsAreRejected() {
        assertThat(ReadingDecoderTest.reason(ReadingDecoderTest.FLAT, ReadingDecoderTest.flat("\"1\\n2\"", "1")))
                .isEqualTo("time: expected a time in ISO 8601 or a number, found 1 2");
        assertThat(ReadingDecoderTest.reason(ReadingDecoderTest.FLAT, "[".repeat(1_000_000)))
                .startsWith("value: expected JSON, found 1000000 bytes");
    }

    @Test
    void anyBytesBecomeReadingsOrOneReject() {
        Random random = new Random(5);
        byte[] sound = ReadingDecoderTest.flat("1772366400", "1").getBytes(UTF_8);
        for (int k = 0; k < 20_000; k++) {
            byte[] bytes = sound.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            assertThat(ReadingDecoderTest.decode(ReadingDecoderTest.FLAT, bytes))
                    .hasSize(1);
        }
    }

    @Test
    void avroBehindAnIdIsNoJson() {
        byte[] behindId = {0, 0, 0, 0, 7, 12, 99, 44, 55, 66, 77};
        assertThat(ReadingDecoderTest.decode(ReadingDecoderTest.FLAT, behindId))
                .singleElement()
                .satisfies(decoded -> assertThat(decoded.reject)
                        .isNotNull()
                        .satisfies(reject -> assertThat(reject.getReason())
                                .startsWith("value: expected JSON, found 11 bytes that are none")));
    }
}
