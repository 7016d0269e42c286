package io.eddy.connectors;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Asks a schema registry by Confluent's HTTP interface: one question, one answer. */
final class RegistryClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** What says nothing of the schema that was asked for: no log-in, no right, too slow, too many. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 407, 408, 429);

    private final RegistryOptions options;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    RegistryClient(RegistryOptions options) {
        this.options = options;
    }

    /**
     * The schema of an id.
     *
     * @throws IOException if the registry does not answer, says that it cannot, or does not let us ask
     * @throws IllegalArgumentException if it knows no such Avro schema
     */
    Schema schema(int id) throws IOException {
        JsonNode answer =
                ask("schema " + id, request("/schemas/ids/" + id).GET().build());
        return parse("schema " + id, answer, new Schema.Parser());
    }

    /**
     * Makes the schema known.
     *
     * @return its id
     * @throws IOException as above
     * @throws IllegalArgumentException if the registry refuses it
     */
    int register(String subject, Schema schema) throws IOException {
        String body = JSON.writeValueAsString(Map.of("schema", schema.toString()));
        JsonNode answer = ask(
                "subject " + subject,
                request("/subjects/" + encoded(subject) + "/versions")
                        .POST(BodyPublishers.ofString(body))
                        .build());
        if (!answer.path("id").isInt()) {
            throw new IllegalArgumentException(
                    "subject " + subject + ": expected an id of the registry, found " + Shown.of(answer.toString()));
        }
        return answer.path("id").asInt();
    }

    /** The schemas that it refers to come first, so that their names are known. */
    private Schema parse(String name, JsonNode answer, Schema.Parser parser) throws IOException {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new IllegalArgumentException(name + ": expected AVRO, found " + type);
        }
        for (JsonNode reference : answer.path("references")) {
            String path = "/subjects/" + encoded(reference.path("subject").asText()) + "/versions/"
                    + reference.path("version").asInt();
            String inner = name + " refers to " + reference.path("name").asText();
            parse(inner, ask(inner, request(path).GET().build()), parser);
        }
        try {
            return parser.parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(name + ": expected an Avro schema, found " + e.getMessage(), e);
        }
    }

    private JsonNode ask(String name, HttpRequest request) throws IOException {
        HttpResponse<String> response;
        try {
            response = http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + ": interrupted while the registry was asked", e);
        }
        int status = response.statusCode();
        if (status >= 500 || PASSING.contains(status)) {
            throw new IOException("status " + status + reason(response.body()));
        }
        if (status != 200) {
            if (!isOfRegistry(response.body())) {
                throw new IOException(
                        "status " + status + " of what is no registry; registry.url may name another server");
            }
            throw new IllegalArgumentException(
                    name + ": expected an answer of the registry, found status " + status + reason(response.body()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw new IOException("an answer that is no JSON; registry.url may name another server", e);
        }
    }

    /** Whether it says by Confluent's code what is wrong with the question; a proxy does not. */
    private static boolean isOfRegistry(String body) {
        try {
            return JSON.readTree(body).has("error_code");
        } catch (JacksonException e) {
            return false;
        }
    }

    private static String reason(String body) {
        try {
            String message = JSON.readTree(body).path("message").asText();
            return message.isEmpty() ? "" : " (" + Shown.of(message) + ")";
        } catch (JacksonException e) {
            return "";
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(options.url() + path))
                .timeout(TIMEOUT)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .header("Content-Type", "application/vnd.schemaregistry.v1+json");
        @Nullable String authorization = options.authorization();
        return authorization == null ? builder : builder.header("Authorization", authorization);
    }

    private static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
