package io.eddy.connectors;

import static io.eddy.connectors.ReadingDecoderTest.FLAT;
import static io.eddy.connectors.ReadingDecoderTest.TELEGRAF;
import static io.eddy.connectors.ReadingDecoderTest.decode;
import static io.eddy.connectors.ReadingDecoderTest.flat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Of a message that holds several readings, what is sound is read and one reject says what is not. */
class PartlyBrokenMessageTest {
    @Test
    void oneBadElementDoesNotSpoilTheOthers() {
        String list =
                "[" + flat("0", "1") + "," + flat("0", "\"x\"") + "," + flat("0", "2") + "," + flat("0", "{}") + "]";
        List<Decoded> found = decode(FLAT, list.getBytes(UTF_8));
        assertThat(found).hasSize(3);
        assertThat(found.get(2).reject)
                .isNotNull()
                .satisfies(reject -> assertThat(reject.getReason())
                        .isEqualTo("[1] value: expected a number, found x (and 1 more faults)"));
    }

    @Test
    void aTimeBeyondThatOfAReadingDoesNotSpoilTheOthers() {
        String list = "[" + flat("\"+999999999-01-01T00:00:00Z\"", "1") + "," + flat("0", "2") + "]";
        List<Decoded> found = decode(FLAT, list.getBytes(UTF_8));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).reading).isNotNull();
        assertThat(found.get(1).reject)
                .isNotNull()
                .satisfies(reject -> assertThat(reject.getReason())
                        .isEqualTo("[0] time: expected a time in ISO 8601 or a number,"
                                + " found +999999999-01-01T00:00:00Z"));
    }

    @Test
    void aNumberThatNoModelTakesDoesNotSpoilThoseBesideIt() {
        Map<String, String> options = new LinkedHashMap<>(TELEGRAF);
        options.put("models.0.model.id", "some");
        options.put("models.0.model.series", ".*/[ac]");
        String batch = "{\"metrics\": [{\"fields\": {\"a\": 1, \"b\": 2, \"c\": 3}, \"name\": \"cpu\","
                + " \"tags\": {\"host\": \"h\"}, \"timestamp\": 1772366400}]}";
        List<Decoded> found = decode(options, batch.getBytes(UTF_8));
        assertThat(found).hasSize(3);
        assertThat(found.subList(0, 2))
                .extracting(decoded -> decoded.reading == null ? "" : decoded.reading.getSeries())
                .containsExactly("h/cpu/a", "h/cpu/c");
        assertThat(found.get(2).reject)
                .isNotNull()
                .satisfies(reject -> assertThat(reject.getReason())
                        .isEqualTo("[0] series: expected one that a model takes (model.series), found h/cpu/b"));
    }

    @Test
    void oneBrokenLineOfCsvDoesNotSpoilTheOthers() {
        Map<String, String> right = Map.of(
                "input.format", "csv",
                "input.columns", "time,host,metric,value",
                "input.delimiter", ";",
                "input.series", "{host}/{metric}",
                "input.time", "time",
                "input.values", "value",
                "input.labels", "host");
        List<Decoded> found = decode(right, "1;a;x;1\n2;a;x\n3;a;x;3;4\n4;a;\"x\"y;4\n".getBytes(UTF_8));
        assertThat(found).hasSize(2);
        assertThat(found.get(0).reading).isNotNull();
        assertThat(found.get(1).reject)
                .isNotNull()
                .satisfies(reject -> assertThat(reject.getReason())
                        .isEqualTo("line 2: expected 4 cells (input.columns), found 3 (and 2 more faults)"));
        assertThat(decode(right, "1;a;x;1\n2;a;x\n3;a;x;3\n".getBytes(UTF_8)))
                .extracting(decoded -> decoded.reading == null ? Instant.EPOCH : decoded.reading.getEventTime())
                .containsExactly(Instant.ofEpochSecond(1), Instant.ofEpochSecond(3), Instant.EPOCH);
    }
}
