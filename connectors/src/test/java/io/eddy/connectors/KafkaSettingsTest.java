package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is passed on to Kafka, and what its topics are called. */
class KafkaSettingsTest {
    /** By the definitions of Kafka's clients, so that nobody has to start one to be told. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acks | maybe | what Kafka takes, [all, -1, 0, 1]",
                "linger.ms | soon | a whole number of Kafka's type LONG",
                "linger.ms | -1 | what Kafka takes, [0,...]",
                "allow.auto.create.topics | yes | true or false",
                "sasl.login.refresh.window.factor | most | a number"
            })
    void aValueThatKafkaDoesNotTakeIsNamed(String property, String value, String rule) {
        String key = "kafka.properties." + property;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, value)))
                .withMessage(key + ": expected " + rule + ", found " + value);
    }

    @Test
    void aNameOfAProtocolMayBeWrittenAsKafkaTakesIt() {
        String key = "kafka.properties.security.protocol";
        assertThat(Options.of(Map.of(key, "sasl_ssl")).kafka()).containsEntry("security.protocol", "sasl_ssl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, "SSLL")))
                .withMessageContainingAll(key + ": expected what Kafka takes, ", "SASL_SSL", ", found SSLL");
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, all",
        "enable.idempotence, false, true",
        "retries, 0, 1 or more",
        "max.in.flight.requests.per.connection, 6, 5 or less"
    })
    void whatForbidsTransactionsIsNamed(String property, String value, String rule) {
        String key = "kafka.properties." + property;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Options.of(Map.of(key, value)))
                .withMessage(key + ": expected " + rule + ", or kafka.delivery at-least-once, found " + value);
        assertThat(Options.of(Map.of(key, value, "kafka.delivery", "at-least-once"))
                        .kafka())
                .containsEntry(property, value);
    }

    /** What only the machine that uses them knows: references, classes, and settings of what a client is given. */
    @Test
    void aValueThatNobodyKnowsHereIsPassedOn() {
        Map<String, String> given = Map.of(
                "kafka.properties.acks", "${env:ACKS}",
                "kafka.properties.interceptor.of.mine", "maybe",
                "kafka.properties.sasl.login.class", "there.Alone");
        assertThat(Options.of(given).kafka()).containsEntry("acks", "${env:ACKS}");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a b", ""})
    void whatKafkaTakesForNoTopicIsNone(String name) {
        for (String option : List.of("topics.scores", "topics.readings")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Options.of(Map.of(option, name)))
                    .withMessageStartingWith(option + ": expected ")
                    .withMessageEndingWith(", found " + (name.isEmpty() ? "nothing" : name));
        }
        assertThat(Options.of(Map.of("topics.scores", "...")).get(KafkaOptions.SCORES))
                .isEqualTo("...");
    }
}
