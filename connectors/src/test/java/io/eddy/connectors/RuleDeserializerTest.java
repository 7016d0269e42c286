package io.eddy.connectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.Rule;
import io.eddy.RuleDirection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleDeserializerTest {
    private final TestingCounters counters = new TestingCounters();
    private final List<Control> taken = new ArrayList<>();
    private final RuleDeserializer deserializer = new RuleDeserializer();

    @BeforeEach
    void open() {
        deserializer.open(counters);
    }

    private void read(@Nullable String key, byte @Nullable [] value) {
        deserializer.deserialize(
                new ConsumerRecord<>("rules", 0, 0L, key == null ? null : key.getBytes(UTF_8), value),
                new ListCollector<>(taken));
    }

    private long refused() {
        return counters.count("rules_refused");
    }

    @Test
    void aRuleIsAvroOrJson() {
        Rule rule = Rule.newBuilder().setId("a").setSilenced(true).build();
        read("a", new AvroCodec<>(Rule.class).encode(rule));
        read("b", "{\"id\":\"b\",\"direction\":\"above\",\"min_deviation_relative\":0.2}".getBytes(UTF_8));

        assertThat(taken).hasSize(2);
        assertThat(taken.get(0).rule).isEqualTo(rule);
        assertThat(taken.get(1).rule)
                .isEqualTo(Rule.newBuilder()
                        .setId("b")
                        .setDirection(RuleDirection.above)
                        .setMinDeviationRelative(0.2)
                        .build());
        assertThat(refused()).isZero();
    }

    @Test
    void aRuleOfAnEarlierBuildIsOfAllTargets() {
        byte[] now =
                new AvroCodec<>(Rule.class).encode(Rule.newBuilder().setId("a").build());
        read("a", java.util.Arrays.copyOf(now, now.length - 1)); // less the target, which is null
        read("b", "{\"id\":\"b\",\"target\":\"cpu\"}".getBytes(UTF_8));
        assertThat(taken)
                .extracting(control -> Objects.requireNonNull(control.rule).getTarget())
                .containsExactly(null, "cpu");
    }

    @Test
    void rulesWithMaintenanceCanBeCompared() {
        String json = "{\"id\":\"a\",\"maintenance\":[{\"from\":\"%s\",\"to\":\"2026-03-01T22:00:00Z\"}]}";
        read("a", json.formatted("2026-03-01T20:00:00Z").getBytes(UTF_8));
        read("a", json.formatted("2026-03-01T21:00:00Z").getBytes(UTF_8));
        Rule first = Objects.requireNonNull(taken.get(0).rule);
        read("a", new AvroCodec<>(Rule.class).encode(first));

        Rule avro = taken.get(2).rule;
        assertThat(avro).isEqualTo(first).isNotEqualTo(taken.get(1).rule);
        assertThat(first).isEqualTo(avro).hasSameHashCodeAs(avro);
    }

    @Test
    void aRecordWithoutAValueRemovesTheRule() {
        read("a", null);
        assertThat(taken).singleElement().satisfies(control -> {
            assertThat(control.removedRule).isEqualTo("a");
            assertThat(control.rule).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "neither",
                "{",
                "{}",
                "{\"id\":\"b\"}",
                "{\"id\":\"a\",\"series\":\"(\"}",
                "{\"id\":\"a\",\"k\":3}",
                "{\"id\":\"a\",\"direction\":\"up\"}",
                "{\"id\":\"a\",\"silence\":true}",
                "{\"id\":\"a\",\"maintenance\":[{\"from\":\"2026-03-01T20:00:00Z\",\"until\":\"2026-03-01T21:00:00Z\"}]}",
                "{\"id\":\"a\",\"maintenance\":[{\"from\":\"2026-03-01T20:00:00Z\",\"to\":\"+1000000000-01-01T00:00:00Z\"}]}"
            })
    void whatIsNoRuleIsCountedAndPassedOver(String value) {
        read("a", value.getBytes(UTF_8));
        assertThat(taken).isEmpty();
        assertThat(refused()).isEqualTo(1);
        read("a", "{\"id\":\"a\"}".getBytes(UTF_8));
        assertThat(taken).hasSize(1);
    }

    @Test
    void bytesThatLookLikeUtf32AreNoRule() {
        read("a", new byte[] {'{', 0, 0, 0, 7, 12, 99, 44});
        assertThat(taken).isEmpty();
        assertThat(refused()).isEqualTo(1);
    }

    @Test
    void aRemovalThatNamesNoRuleIsRefused() {
        read(null, null);
        assertThat(taken).isEmpty();
        assertThat(refused()).isEqualTo(1);
    }
}
