package io.eddy.cli;

import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Prometheus as a process, scraping one port of this machine every second. */
final class TestingPrometheus implements AutoCloseable {
    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private TestingPrometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Ends the test if the program is not there; in CI that is a fault. */
    static void require(String program) {
        boolean found = java.util.stream.Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        if (!found) {
            String missing = program + ": expected on the PATH, found none; .ci/run installs it";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            Assumptions.abort(missing);
        }
    }

    static TestingPrometheus start(Path folder, int scrapedPort) throws Exception {
        int port = freePort();
        Files.writeString(
                folder.resolve("prometheus.yml"),
                "global: {scrape_interval: 1s}\nscrape_configs:\n- {job_name: flink, static_configs: [{targets: ['127.0.0.1:"
                        + scrapedPort + "']}]}\n");
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new TestingPrometheus(process, URI.create("http://127.0.0.1:" + port));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What an endpoint of the API answers under {@code data}. */
    JsonNode get(String endpoint, Map<String, String> parameters) throws IOException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(p -> p.getKey() + "=" + URLEncoder.encode(p.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var response = http.send(
                HttpRequest.newBuilder(address.resolve(endpoint + "?" + query)).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(parameters + ": expected status 200, found " + response.body());
        }
        return new ObjectMapper().readTree(response.body()).path("data");
    }

    /** The result of a dashboard's query over the last minute. */
    JsonNode lastMinute(String query) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        return get(
                "/api/v1/query_range",
                Map.of(
                        "query", Dashboard.fill(query, Map.of("job", ".*"), "", "", "20s"),
                        "start", String.valueOf(now - 60),
                        "end", String.valueOf(now),
                        "step", "5"));
    }

    /** The newest value of each series that such a query gives. */
    List<Double> newest(String query) throws IOException, InterruptedException {
        List<Double> newest = new ArrayList<>();
        for (JsonNode one : lastMinute(query).path("result")) {
            JsonNode values = one.path("values");
            newest.add(values.path(values.size() - 1).path(1).asDouble());
        }
        return newest;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
