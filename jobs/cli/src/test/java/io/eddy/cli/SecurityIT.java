package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker with TLS and a log-in; the password is in a file, and in no log. */
@Timeout(300)
class SecurityIT {
    private static final String PASSWORD = "open-sesame-7";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedKafka kafka;

    private static int port;

    @BeforeAll
    static void startBroker() throws Exception {
        Path store = folder.resolve("broker.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-alias",
                "broker",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "broker",
                "-file",
                folder.resolve("ca.pem").toString());
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        kafka = EmbeddedKafka.start(
                0,
                "SASL_SSL://127.0.0.1:" + port,
                Map.of(
                        "sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.sasl_ssl.plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_eddy=\"" + PASSWORD
                                + "\";",
                        "ssl.keystore.type",
                        "PKCS12",
                        "ssl.keystore.location",
                        store.toString(),
                        "ssl.keystore.password",
                        PASSWORD));
        Files.writeString(folder.resolve("secrets.properties"), "kafka=" + PASSWORD + "\nwrong=guessed\n");
    }

    @AfterAll
    static void stopBroker() {
        kafka.close();
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-keystore", folder.resolve("broker.p12").toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static Options secured(Options options, String key) throws Exception {
        Path file = Files.writeString(folder.resolve("eddy.yaml"), """
                kafka:
                  bootstrap_servers: 127.0.0.1:%d
                  group_id: secured
                  properties:
                    security.protocol: SASL_SSL
                    sasl.mechanism: PLAIN
                    sasl.jaas.config: org.apache.kafka.common.security.plain.PlainLoginModule required username="eddy" password="${file:%s:%s}";
                    ssl.truststore.type: PEM
                    ssl.truststore.location: %s
                topics: {readings: "%s", scores: "%s", forecasts: "%s", events: "%s", weights: "%s", rejects: "%s",
                         feedback: "%s", rules: "%s"}
                readings: {step: 1h, out_of_orderness: 0ms, idle_after: 1s}
                flink.execution.checkpointing.interval: 500 ms
                """.formatted(
                        port,
                        folder.resolve("secrets.properties"),
                        key,
                        folder.resolve("ca.pem"),
                        options.get(KafkaOptions.READINGS),
                        options.get(KafkaOptions.SCORES),
                        options.get(KafkaOptions.FORECASTS),
                        options.get(KafkaOptions.EVENTS),
                        options.get(KafkaOptions.WEIGHTS),
                        options.get(KafkaOptions.REJECTS),
                        options.get(KafkaOptions.FEEDBACK),
                        options.get(KafkaOptions.RULES)));
        return Options.ofFile(file);
    }

    @Test
    void theJobReadsAndWritesWithALogInAndNothingLogsThePassword() throws Exception {
        StringWriter log = new StringWriter();
        WriterAppender appender =
                WriterAppender.createAppender(PatternLayout.createDefaultLayout(), null, log, "captured", false, true);
        appender.start();
        LoggerContext context = LoggerContext.getContext(false);
        for (String name : List.of("org.apache.kafka", "org.apache.flink", "io.eddy")) {
            LoggerConfig all = new LoggerConfig(name, Level.INFO, false);
            all.addAppender(appender, Level.INFO, null);
            context.getConfiguration().addLogger(name, all);
        }
        context.updateLoggers();
        try (TestingTopics topics = new TestingTopics(kafka, "secured")) {
            Options options = secured(topics.options(), "kafka");
            try (ReadingProducer producer = new ReadingProducer(options);
                    LocalFlink flink = LocalFlink.start(options, folder, null, 2)) {
                for (int hour = 0; hour < 20; hour++) {
                    producer.send("a", hour * 3_600_000L, hour, Map.of());
                }
                producer.flush();
                JobID job = flink.submit("forecast", 1, ForecastJob::define, options);
                flink.awaitRunning(job, Duration.ofSeconds(60));
                for (int tries = 0; topics.bytes(KafkaOptions.SCORES).size() < 10; tries++) {
                    assertThat(tries).as("seconds waited for scores").isLessThan(120);
                    Thread.sleep(1000);
                }
            }
        } finally {
            context.reconfigure();
        }
        // The clients do log their configuration, so that this can fail.
        assertThat(log.toString().contains("sasl.jaas.config = [hidden]")).isTrue();
        assertThat(log.toString().contains(PASSWORD)).isFalse();
    }

    @Test
    void aWrongPasswordIsAClearError() throws Exception {
        try (TestingTopics topics = new TestingTopics(kafka, "refused")) {
            Options options = secured(topics.options(), "wrong");
            assertThatIllegalStateException()
                    .isThrownBy(() -> Topics.createMissing(options))
                    .withMessageContaining("SaslAuthenticationException")
                    .satisfies(error -> assertThat(error.getMessage()).doesNotContain("guessed"));
        }
    }
}
