package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

import io.eddy.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Several values of one reading, from the message to what each target sees. */
class FieldsTest {
    private static final Map<String, String> THREE = Map.of(
            "input.format", "json",
            "input.series", "{host}",
            "input.time", "time",
            "input.values", "cpu, heat, memory",
            "input.labels", "",
            "model.fields", "cpu, heat, memory",
            "model.covariates", "heat");

    @Test
    void aMessageIsSeenByEachTargetWithTheCovariates() {
        assertThat(observe(
                        THREE,
                        "{\"host\": \"a\", \"time\": 1772366400, \"cpu\": 1, \"heat\": null, \"memory\": \"3.5\"}"))
                .hasSize(2)
                .allSatisfy(seen -> assertThat(seen.covariates).containsExactly(Double.NaN))
                .extracting(seen -> seen.series, seen -> seen.target, seen -> seen.value, seen -> seen.fault)
                .containsExactly(tuple("a", 0, 1.0, null), tuple("a", 1, 3.5, null));
    }

    @Test
    void oneFieldIsMissingAndTheOthersAreNot() {
        assertThat(observe(
                        THREE, "{\"host\": \"a\", \"time\": 1772366400, \"cpu\": \"NaN\", \"heat\": 2, \"memory\": 3}"))
                .extracting(seen -> seen.value, seen -> seen.covariates[0])
                .containsExactly(tuple(Double.NaN, 2.0), tuple(3.0, 2.0));
    }

    @Test
    void whatNoModelCanUseIsOneFault() {
        Fields fields = Fields.of(Options.of(THREE));
        assertThat(seen(fields, 1.0, 2.0))
                .singleElement()
                .returns("values: expected 3 numbers (cpu, heat, memory), found 2", seen -> seen.fault);
        assertThat(seen(fields, 1.0, 2.0, 3.0, 4.0))
                .singleElement()
                .returns("values: expected 3 numbers (cpu, heat, memory), found 4", seen -> seen.fault);
        assertThat(seen(fields, 1.0, Double.NEGATIVE_INFINITY, 3.0))
                .singleElement()
                .returns("values: expected numbers up to 1.0E30, found -Infinity (heat)", seen -> seen.fault)
                .returns(1.0, seen -> seen.value);
        assertThat(seen(Fields.ONE, 1.0, 2.0))
                .singleElement()
                .returns("values: expected 1 number (value), found 2", seen -> seen.fault);
        assertThat(seen(fields))
                .singleElement()
                .satisfies(seen -> assertThat(seen.value).isNaN());
    }

    @Test
    void aNameOfASeriesHasAtMostTenThousandCharacters() {
        assertThat(seen(Fields.ONE, "a".repeat(10_000), 1.0)).singleElement().returns(null, seen -> seen.fault);
        assertThat(seen(Fields.ONE, "a".repeat(10_001), 1.0))
                .singleElement()
                .returns("series: expected a name of at most 10000 characters, found 10001", seen -> seen.fault);
    }

    @Test
    void theAnswerToWhatIsTooLargeIsSmall() {
        List<Observation> seen = new ArrayList<>();
        Map<String, String> labels = Map.of("text", "é".repeat(99_997));
        Fields.ONE.observe(new Reading("a", Instant.EPOCH, List.of(1.0), labels), new ListCollector<>(seen));
        Fields.ONE.observe(
                new Reading("b".repeat(900_000), Instant.EPOCH, List.of(1.0), Map.of("site", "north")),
                new ListCollector<>(seen));

        assertThat(seen.get(0))
                .returns("labels: expected at most 100000 characters, found 100001", one -> one.fault)
                .returns(Map.of(), one -> one.labels)
                .returns("a", one -> one.series);
        assertThat(seen.get(1).series).startsWith("bbb").hasSize(201);
        assertThat(seen.get(1).labels).containsEntry("site", "north");
    }

    @Test
    void theFirstTargetHasTheKeyOfTheSeries() {
        Fields fields = Fields.of(Options.of(THREE));
        assertThat(fields.targets()).containsExactly("cpu", "memory");
        List<String> keys =
                seen(fields, 1.0, 2.0, 3.0).stream().map(fields::key).toList();
        assertThat(keys)
                .startsWith("a")
                .doesNotHaveDuplicates()
                .allMatch(key -> Fields.series(key).equals("a"));
        assertThat(keys).extracting(fields::target).containsExactly("cpu", "memory");
        assertThat(keys).extracting(Fields::shown).containsExactly("a", "a|memory");
        assertThat(keys).extracting(Fields::isFirst).containsExactly(true, false);
        assertThat(seen(Fields.ONE, "a\0memory", 1.0))
                .extracting(seen -> seen.fault)
                .containsExactly("series: expected a name without the character U+0000, found it");
    }

    @Test
    void targetsMayBeNamed() {
        Fields fields = Fields.of(
                Options.of(Map.of("model.fields", "a,b,c,d", "model.targets", "c,a", "model.covariates", "a,b")));
        assertThat(seen(fields, 1.0, 2.0, 3.0, 4.0))
                .allSatisfy(seen -> assertThat(seen.covariates).containsExactly(1, 2))
                .extracting(seen -> seen.value)
                .containsExactly(3.0, 1.0);
    }

    @Test
    void targetsAndCovariatesAreFields() {
        refused(
                Map.of("model.fields", "cpu,memory", "model.targets", "cpu,disk"),
                "model.targets: expected some of model.fields [cpu, memory], found disk");
        refused(
                Map.of("model.covariates", "heat"),
                "model.covariates: expected some of model.fields [value], found heat");
        refused(
                Map.of("model.fields", "a,b", "model.covariates", "a,b"),
                "model.covariates: expected a field left to forecast, or model.targets beside it, found a,b");
        refused(
                Map.of("model.fields", "a,b,a"),
                "model.fields: expected 1 to 64 names of letters, digits, dots, underscores and dashes, each once, with commas"
                        + " between, found a,b,a");
        refused(
                Map.of(
                        "model.fields", "a,b",
                        "models.0.model.id", "one",
                        "models.1.model.id", "two",
                        "models.1.model.targets", "c"),
                "models.1.model.targets: expected some of model.fields [a, b], found c");
    }

    @Test
    void covariatesAreInputsBehindTheOthers() {
        assertThat(NetworkInputs.names(Options.of(THREE).with("model.inputs", "time_since")))
                .containsExactly("time_since", "field:heat", "mask:heat");
    }

    private static void refused(Map<String, String> options, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(options))
                .withMessage(message);
    }

    private static List<Observation> observe(Map<String, String> options, String json) {
        List<Observation> seen = new ArrayList<>();
        new ReadingDecoder(Options.of(options))
                .decode(
                        new ConsumerRecord<>("metrics", 0, 0, new byte[0], json.getBytes(UTF_8)),
                        decoded -> Fields.of(Options.of(options))
                                .observe(Objects.requireNonNull(decoded.reading), new ListCollector<>(seen)));
        return seen;
    }

    private static List<Observation> seen(Fields fields, Double... values) {
        return seen(fields, "a", values);
    }

    private static List<Observation> seen(Fields fields, String series, Double... values) {
        List<Observation> seen = new ArrayList<>();
        fields.observe(new Reading(series, Instant.EPOCH, List.of(values), Map.of()), new ListCollector<>(seen));
        return seen;
    }
}
