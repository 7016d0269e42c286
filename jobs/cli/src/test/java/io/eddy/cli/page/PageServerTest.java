package io.eddy.cli.page;

import static io.eddy.cli.page.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The HTTP side, without a broker. */
@Timeout(60)
class PageServerTest {
    private static final Pattern SESSION = Pattern.compile("\"session\":\"([0-9a-f]{32})\"");

    private final Options options = Options.of(Map.of())
            .with(KafkaOptions.BOOTSTRAP_SERVERS, "127.0.0.1:1")
            .with("kafka.properties.reconnect.backoff.ms", "5000");
    private final Store store = new Store(options, List::of);
    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private Pipeline pipeline;

    @SuppressWarnings("NullAway.Init")
    private FeedbackWriter feedback;

    @SuppressWarnings("NullAway.Init")
    private PageServer server;

    @BeforeEach
    void start() throws Exception {
        pipeline = new Pipeline(options);
        feedback = new FeedbackWriter(options);
        server = new PageServer("127.0.0.1", 0, store, pipeline, feedback);
        server.start();
        store.add(score("cpu", 0));
    }

    @AfterEach
    void stop() {
        server.close();
        feedback.close();
        pipeline.close();
    }

    private String address() {
        return "http://localhost:" + server.port();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address() + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> postFromPage(String path, String body) throws Exception {
        return post(path, body, "Content-Type", "application/json", "Origin", address());
    }

    @Test
    void aPageThatFindsNoBrokerLeavesNothingBehind() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Options impatient = options.with("kafka.properties.default.api.timeout.ms", "300")
                .with("kafka.properties.request.timeout.ms", "300");
        assertThatThrownBy(() -> Page.start(impatient, "127.0.0.1", port, List::of))
                .isInstanceOf(KafkaException.class);
        new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1")).close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("eddy-page-feed");
    }

    @Test
    void servesItsFilesAndNothingElse() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("main.js").doesNotContain("http://", "https://", "style=", "<style");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        for (String path : List.of("/", "/nope", "/stream")) {
            HttpRequest head = HttpRequest.newBuilder(URI.create(address() + path))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(head, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .as(path)
                    .isEqualTo(path.equals("/") ? 200 : 404);
        }
        assertThat(get("/uplot.js").body()).contains("uPlot");
        for (String path : new String[] {"/../Main.class", "/%2e%2e/log4j2.properties", "/io/eddy", "/main.js/"}) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void theFirstDownloadIsSmall() {
        assertThat(new StaticFiles().size()).isLessThan(300_000);
    }

    @Test
    void pagesOfOthersCannotWrite() throws Exception {
        String json = "application/json";
        assertThat(post("/feedback", "{}", "Content-Type", json).body()).startsWith("Origin: expected");
        assertThat(post("/feedback", "{}", "Content-Type", json, "Origin", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
        assertThat(post("/feedback", "{}", "Content-Type", "text/plain", "Origin", address())
                        .body())
                .isEqualTo("Content-Type: expected application/json, found text/plain");
        assertThat(postFromPage("/feedback", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void namesThatOnlyPointHereAreRefused() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:" + server.port() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("Host: expected this machine's address or name, found evil.example");
        assertThat(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void badMessagesAreNamed() throws Exception {
        assertThat(postFromPage("/watch", "no JSON").body()).isEqualTo("body: expected JSON, found something else");
        assertThat(postFromPage("/watch", "{\"session\":\"unknown\"}").statusCode())
                .isEqualTo(404);
        assertThat(postFromPage("/watch", "x".repeat(20_000)).statusCode()).isEqualTo(413);
        String feedbackOf = "{\"series\":\"%s\",\"target\":\"value\",\"from\":5,\"to\":%s,\"type\":\"%s\"}";
        assertThat(postFromPage("/feedback", feedbackOf.formatted("cpu", "4", "NOT_ANOMALY"))
                        .body())
                .isEqualTo("to: expected 1970-01-01T00:00:00.005Z or later, found 1970-01-01T00:00:00.004Z");
        assertThat(postFromPage("/feedback", feedbackOf.formatted("cpu", "\"x\"", "NOT_ANOMALY"))
                        .body())
                .isEqualTo("to: expected epoch milliseconds, found \"x\"");
        assertThat(postFromPage("/feedback", feedbackOf.formatted("cpu", "6", "MAYBE"))
                        .body())
                .isEqualTo("type: expected one of Feedback's, found MAYBE");
        assertThat(postFromPage("/feedback", feedbackOf.formatted("gpu", "6", "ANOMALY"))
                        .body())
                .isEqualTo("series: expected one that has scores of this target, found another");
        assertThat(postFromPage(
                                "/feedback",
                                feedbackOf.replace("value", "memory").formatted("cpu", "6", "ANOMALY"))
                        .body())
                .isEqualTo("series: expected one that has scores of this target, found another");
        assertThat(postFromPage("/feedback", "{\"series\":\"cpu\",\"from\":5,\"to\":6,\"type\":\"ANOMALY\"}")
                        .body())
                .isEqualTo("target: expected a text, found ");
    }

    @Test
    void feedbackThatTheBrokerDoesNotTakeIsAnError() throws Exception {
        HttpResponse<String> answer = postFromPage(
                "/feedback", "{\"series\":\"cpu\",\"target\":\"value\",\"from\":5,\"to\":6,\"type\":\"NOT_ANOMALY\"}");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).startsWith("topic feedback: expected the broker to take the record, found");
    }

    @Test
    void aStreamSendsWhatIsWatchedAndThenOnlyWhatChanges() throws Exception {
        HttpResponse<Stream<String>> response = client.send(
                HttpRequest.newBuilder(URI.create(address() + "/stream")).build(), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> stream = response.body()) {
            Iterator<String> lines =
                    stream.filter(line -> line.startsWith("data:")).iterator();
            Matcher hello = SESSION.matcher(lines.next());
            assertThat(hello.find()).isTrue();
            assertThat(lines.next()).contains("\"series\":1").doesNotContain("rows", "points");
            String watch = "{\"session\":\"" + hello.group(1)
                    + "\",\"series\":{\"series\":\"cpu\",\"target\":\"value\"},\"list\":{\"query\":\"CPU\",\"count\":5}}";
            assertThat(postFromPage("/watch", watch).statusCode()).isEqualTo(204);
            assertThat(lines.next()).contains("\"rows\":[{\"series\":\"cpu\"", "\"full\":true", "1704067200000");
            synchronized (store) {
                store.add(score("cpu", 1));
            }
            assertThat(lines.next()).contains("\"full\":false", "1704070800000").doesNotContain("[1704067200000,\"");
        }
    }

    @Test
    void theStreamEndsWithTheServer() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.getOutputStream()
                    .write("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 200");
            while (!String.valueOf(in.readLine()).contains("event: hello")) {
                // the head of the answer
            }
            server.close();
            assertThat(in.lines().count()).as("lines up to the end").isLessThan(20);
        }
    }

    @Test
    void aPortInUseIsNamed() {
        assertThatThrownBy(() -> new PageServer("127.0.0.1", server.port(), store, pipeline, feedback))
                .hasMessage(
                        "--port: expected a free port, found " + server.port() + " in use; choose another with --port");
    }
}
