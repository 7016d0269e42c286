package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSON and CSV as other programs write them, mapped to readings. */
class ReadingDecoderTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    static final Map<String, String> TELEGRAF = Map.of(
            "input.format", "json",
            "input.each", "metrics",
            "input.series", "{tags.host}/{name}/{*}",
            "input.time", "timestamp",
            "input.values", "fields.*",
            "input.labels", "tags.*");

    static final Map<String, String> FLAT = Map.of(
            "input.format", "json",
            "input.series", "{host}/{metric}",
            "input.time", "time",
            "input.values", "value",
            "input.labels", "host, region");

    static List<Decoded> decode(Map<String, String> options, byte[] value) {
        List<Decoded> found = new ArrayList<>();
        new ReadingDecoder(Options.of(options))
                .decode(new ConsumerRecord<>("metrics", 3, 77, "key".getBytes(UTF_8), value), found::add);
        return found;
    }

    private static List<Reading> readings(Map<String, String> options, String value) {
        List<Decoded> found = decode(options, value.getBytes(UTF_8));
        assertThat(found).allSatisfy(decoded -> assertThat(decoded.reject).isNull());
        return found.stream().map(decoded -> decoded.reading).toList();
    }

    static String reason(Map<String, String> options, String value) {
        List<Decoded> found = decode(options, value.getBytes(UTF_8));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).reject).isNotNull();
        return found.get(0).reject == null ? "" : found.get(0).reject.getReason();
    }

    private static Map<String, String> with(Map<String, String> options, String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(options);
        more.put(key, value);
        return more;
    }

    /** What docs/readings.md shows first. */
    @Test
    void theShortestWayInNeedsTheFormatAlone() throws IOException {
        String page = Files.readString(Path.of("../docs/readings.md"));
        String message = page.split("```json\n")[1].split("```")[0];
        assertThat(readings(Map.of("input.format", "json"), message))
                .containsExactly(new Reading("cpu", NOON, List.of(47.1), Map.of("host", "a")));
    }

    @Test
    void aBatchOfTelegrafBecomesAReadingOfEachNumber() {
        String batch = """
                {"metrics": [
                  {"fields": {"usage_idle": 98.5, "usage_user": 1, "state": "fine"}, "name": "cpu",
                   "tags": {"host": "a", "cpu": "cpu0"}, "timestamp": 1772366400},
                  {"fields": {"used": 12345678901}, "name": "mem", "tags": {"host": "b"}, "timestamp": 1772366460}]}
                """;
        assertThat(readings(TELEGRAF, batch))
                .containsExactly(
                        new Reading("a/cpu/usage_idle", NOON, List.of(98.5), Map.of("host", "a", "cpu", "cpu0")),
                        new Reading("a/cpu/usage_user", NOON, List.of(1.0), Map.of("host", "a", "cpu", "cpu0")),
                        new Reading("b/mem/used", NOON.plusSeconds(60), List.of(12345678901.0), Map.of("host", "b")));
    }

    @Test
    void whatPrometheusWritesBecomesAReading() {
        Map<String, String> adapter = Map.of(
                "input.format", "json",
                "input.series", "{labels.instance}/{name}",
                "input.time", "timestamp",
                "input.values", "value",
                "input.labels", "labels.*");
        String sample = """
                {"timestamp": "2026-03-01T12:00:00Z", "value": "1.5e3", "name": "http_requests",
                 "labels": {"__name__": "http_requests", "instance": "a:9100"}}
                """;
        assertThat(readings(adapter, sample))
                .containsExactly(new Reading(
                        "a:9100/http_requests",
                        NOON,
                        List.of(1500.0),
                        Map.of("__name__", "http_requests", "instance", "a:9100")));
    }

    @Test
    void aMessageMayBeAListAndElementsMayShareWhatIsAroundThem() {
        assertThat(readings(FLAT, "[" + flat("1772366400", "1") + "," + flat("1772366400000", "2") + "]"))
                .extracting(reading -> reading.getValues().get(0))
                .containsExactly(1.0, 2.0);

        Map<String, String> shared = with(FLAT, "input.each", "samples");
        assertThat(readings(shared, """
                        {"host": "a", "metric": "load", "samples": [
                          {"time": 1772366400, "value": 1}, {"time": 1772366460, "value": null}]}
                        """))
                .extracting(Reading::getSeries, Reading::getEventTime)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a/load", NOON),
                        org.assertj.core.groups.Tuple.tuple("a/load", NOON.plusSeconds(60)));
    }

    @Test
    void whatEddyWritesItselfInJsonNeedsNoMapping() {
        Reading reading = new Reading("a", NOON, List.of(1.5, 2.5), Map.of("site", "x"));
        byte[] json = new JsonCodec<>(Reading.class).encode(reading);
        assertThat(readings(Map.of("input.format", "json"), new String(json, UTF_8)))
                .containsExactly(reading);
    }

    @Test
    void linesOfCsvBecomeReadings() {
        Map<String, String> csv = Map.of(
                "input.format", "csv",
                "input.columns", "time;host;metric;value",
                "input.delimiter", ";",
                "input.series", "{host}/{metric}",
                "input.time", "time",
                "input.values", "value",
                "input.labels", "host");
        // Columns are named with commas, the cells stand between semicolons.
        Map<String, String> right = with(csv, "input.columns", "time,host,metric,value");
        assertThat(readings(
                        right, "time;host;metric;value\r\n2026-03-01 12:00:00;a;\"load;1m\";0.5\n1772366400;b;x;\n"))
                .containsExactly(
                        new Reading("a/load;1m", NOON, List.of(0.5), Map.of("host", "a")),
                        new Reading("b/x", NOON, List.of(Double.NaN), Map.of("host", "b")));
        assertThat(reason(right, "1772366400;a;load")).isEqualTo("line 1: expected 4 cells (input.columns), found 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | 1772366400",
                "auto | 1772366400000",
                "auto | 1772366400000000",
                "auto | 1772366400000000000",
                "auto | 1772366400.0",
                "auto | \"1772366400\"",
                "auto | \"2026-03-01T13:00:00+01:00\"",
                "auto | \"2026-03-01 12:00:00\"",
                "ms | 1772366400000",
                "us | 1772366400000000",
                "ns | 1772366400000000000",
                "s | 1.7723664e9",
            })
    void timesAreReadAsTheyAreWritten(String unit, String time) {
        assertThat(readings(with(FLAT, "input.time_unit", unit), flat(time, "1")))
                .singleElement()
                .returns(NOON, Reading::getEventTime);
    }

    @Test
    void withoutATimeOfItsOwnAReadingHasKafkas() {
        List<Decoded> found = new ArrayList<>();
        new ReadingDecoder(Options.of(with(FLAT, "input.time", "")))
                .decode(
                        new ConsumerRecord<>(
                                "metrics",
                                0,
                                0,
                                NOON.toEpochMilli(),
                                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                                0,
                                0,
                                new byte[0],
                                flat("0", "1").getBytes(UTF_8),
                                new org.apache.kafka.common.header.internals.RecordHeaders(),
                                java.util.Optional.empty()),
                        found::add);
        assertThat(found)
                .singleElement()
                .satisfies(decoded -> assertThat(decoded.reading).isNotNull().returns(NOON, Reading::getEventTime));
    }

    @Test
    void aReadingGoesToTheFirstModelThatTakesIt() {
        Map<String, String> models = new LinkedHashMap<>(FLAT);
        models.putAll(Map.of(
                "models.0.model.id", "web",
                "models.0.model.series", "web-\\d+/.*",
                "models.1.model.id", "loads",
                "models.1.model.series", ".*/load"));
        assertThat(decode(models, flat("web-1", "load", "0", "1").getBytes(UTF_8))
                        .get(0)
                        .model)
                .isZero();
        assertThat(decode(models, flat("db-1", "load", "0", "1").getBytes(UTF_8))
                        .get(0)
                        .model)
                .isEqualTo(1);
        assertThat(reason(models, flat("db-1", "disk", "0", "1")))
                .isEqualTo("series: expected one that a model takes (model.series), found db-1/disk");
        assertThat(reason(models, flat("a".repeat(500_000), "disk", "0", "1"))).hasSizeLessThan(200);
        assertThat(decode(
                        with(models, "input.unmatched", "skip"),
                        flat("db-1", "disk", "0", "1").getBytes(UTF_8)))
                .isEmpty();
    }

    static String flat(String time, String value) {
        return flat("a", "load", time, value);
    }

    static String flat(String host, String metric, String time, String value) {
        return "{\"host\":\"%s\",\"metric\":\"%s\",\"time\":%s,\"value\":%s}".formatted(host, metric, time, value);
    }
}
