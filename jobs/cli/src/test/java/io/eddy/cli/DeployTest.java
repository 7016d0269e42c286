package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.eddy.connectors.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files of docker/: Kubernetes resources against the operator's schema, and what the compose file names. */
class DeployTest {
    private static final Path DOCKER = Path.of("../../docker");

    static List<Path> resources() throws IOException {
        try (Stream<Path> files = Files.list(DOCKER.resolve("kubernetes"))) {
            return files.sorted().toList();
        }
    }

    private static Object yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(10_000_000).build();
        return Objects.requireNonNull(new Load(settings).loadFromString(text));
    }

    private static Object at(Object map, Object... path) {
        Object here = map;
        for (Object key : path) {
            Object next = key instanceof Integer index ? ((List<?>) here).get(index) : ((Map<?, ?>) here).get(key);
            here = Objects.requireNonNull(next, key.toString());
        }
        return here;
    }

    /** The schema of a FlinkDeployment, as operator 1.10 has it. */
    private static Object schema() throws IOException {
        try (InputStream crd =
                DeployTest.class.getResourceAsStream("/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml")) {
            String text = new String(Objects.requireNonNull(crd).readAllBytes(), StandardCharsets.UTF_8);
            return at(yaml(text), "spec", "versions", 0, "schema", "openAPIV3Schema", "properties", "spec");
        }
    }

    /** What breaks the schema; also what it does not know, which the API server would drop in silence. */
    private static List<String> faults(String path, Object value, Map<?, ?> schema) {
        List<String> faults = new ArrayList<>();
        Object type = schema.get("type");
        boolean fits = switch (String.valueOf(type)) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer;
            case "number" -> value instanceof Number;
            default -> Boolean.TRUE.equals(schema.get("x-kubernetes-int-or-string"));
        };
        if (!fits) {
            faults.add(path + ": expected " + type + ", found " + value);
        }
        if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
            faults.add(path + ": expected one of " + allowed + ", found " + value);
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, inner) -> {
                Object known = schema.get("properties") instanceof Map<?, ?> properties ? properties.get(key) : null;
                Object any = known == null ? schema.get("additionalProperties") : known;
                if (any instanceof Map<?, ?> rule) {
                    faults.addAll(faults(path + "." + key, inner, rule));
                } else {
                    faults.add(path + "." + key + ": expected a known field, found an unknown one");
                }
            });
        } else if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> rule) {
            list.forEach(inner -> faults.addAll(faults(path + "[]", inner, rule)));
        }
        return faults;
    }

    @ParameterizedTest
    @MethodSource("resources")
    void aResourceKeepsToTheSchemaOfTheOperator(Path file) throws Exception {
        Object resource = yaml(Files.readString(file));
        assertThat(at(resource, "apiVersion")).isEqualTo("flink.apache.org/v1beta1");
        assertThat(at(resource, "kind")).isEqualTo("FlinkDeployment");
        // The newest schema on Maven Central is older than Flink 2.2; this field alone is ahead of it.
        List<String> faults = faults("spec", at(resource, "spec"), (Map<?, ?>) schema());
        assertThat(faults)
                .singleElement()
                .asString()
                .startsWith("spec.flinkVersion: ")
                .endsWith("found v2_2");
        assertThatCode(() -> Class.forName(String.valueOf(at(resource, "spec", "job", "entryClass"))))
                .doesNotThrowAnyException();
    }

    @Test
    void theCheckFindsWhatIsWrong() throws Exception {
        Map<?, ?> schema = (Map<?, ?>) schema();
        assertThat(faults("spec", yaml("{job: {parallelism: two, jarUri: x}, mode: best}"), schema))
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("spec.job.parallelism: expected integer"))
                .anyMatch(fault -> fault.startsWith("spec.job.jarUri: expected a known field"))
                .anyMatch(fault -> fault.startsWith("spec.mode: expected one of"));
    }

    /** None of them asks who comes. */
    @Test
    void thePortsOfTheComposeFileAreThoseOfThisMachineAlone() throws Exception {
        Map<?, ?> services = (Map<?, ?>) at(yaml(Files.readString(DOCKER.resolve("compose.yaml"))), "services");
        List<String> ports = new ArrayList<>();
        for (Object service : services.values()) {
            if (((Map<?, ?>) service).get("ports") instanceof List<?> own) {
                own.forEach(port -> ports.add(String.valueOf(port)));
            }
        }
        assertThat(ports).hasSize(3).allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void theComposeFileNamesFilesThatAreThere() throws Exception {
        Map<?, ?> services = (Map<?, ?>) at(yaml(Files.readString(DOCKER.resolve("compose.yaml"))), "services");
        List<String> mounted = new ArrayList<>();
        for (Object service : services.values()) {
            if (((Map<?, ?>) service).get("volumes") instanceof List<?> volumes) {
                volumes.stream()
                        .map(String::valueOf)
                        .filter(volume -> volume.startsWith("./"))
                        .forEach(volume -> mounted.add(volume.substring(0, volume.indexOf(':'))));
            }
        }
        assertThat(mounted)
                .hasSizeGreaterThan(4)
                .allSatisfy(file -> assertThat(DOCKER.resolve(file)).exists());
        assertThatCode(() -> Options.ofFile(DOCKER.resolve("compose-eddy.yaml")))
                .doesNotThrowAnyException();
    }
}
