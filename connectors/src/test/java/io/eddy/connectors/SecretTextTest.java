package io.eddy.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret is read from the environment or a file where it is used, and only a reference to it travels. */
class SecretTextTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit fills it
    private Path folder;

    @Test
    void aSecretIsReadFromTheEnvironmentOrAFile() throws IOException {
        Files.writeString(folder.resolve("password"), "sesame\n");
        Files.writeString(folder.resolve("some.properties"), "password=open\n");
        assertThat(SecretText.read("x", "${directory:" + folder + ":password}")).isEqualTo("sesame");
        assertThat(SecretText.read("x", "${file:" + folder + "/some.properties:password}"))
                .isEqualTo("open");
        assertThat(SecretText.read("x", "${env:PATH}")).isEqualTo(System.getenv("PATH"));
    }

    @Test
    void aSecretThatIsNotThereIsNamed() {
        for (String reference :
                new String[] {"${env:EDDY_NO_SUCH}", "${file:/no/such:key}", "${directory:/no/such:file}"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SecretText.read("registry.password", reference))
                    .withMessage("registry.password: expected " + reference + " on this machine, found none");
        }
    }

    @Test
    void aKafkaClientFollowsTheReferencesInItsProperties() throws IOException {
        Files.writeString(folder.resolve("some.properties"), "password=sesame\n");
        Options options = Options.of(Map.of(
                "kafka.properties.sasl.jaas.config",
                "PlainLoginModule required username=\"me\" password=\"${file:" + folder
                        + "/some.properties:password}\";"));
        Map<String, Object> properties = new java.util.HashMap<>();
        options.kafka().forEach((key, value) -> properties.put((String) key, value));
        properties.put("key.deserializer", ByteArrayDeserializer.class);
        properties.put("value.deserializer", ByteArrayDeserializer.class);

        assertThat(options.kafka().toString()).doesNotContain("sesame");
        ConsumerConfig config = new ConsumerConfig(properties);
        assertThat(config.getPassword("sasl.jaas.config").value()).contains("password=\"sesame\"");
        assertThat(config.values().toString()).doesNotContain("sesame");
    }
}
