package io.eddy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** What Flink's REST interface says about a cluster and its jobs. */
final class FlinkRest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;

    FlinkRest(int port) {
        address = URI.create("http://127.0.0.1:" + port);
    }

    /** Whether a TaskManager has reported to the JobManager. */
    boolean isUp() throws InterruptedException {
        try {
            return get("/overview").path("taskmanagers").asInt() == 1;
        } catch (IOException e) {
            return false; // the JobManager does not listen yet
        }
    }

    String state(String job) throws IOException, InterruptedException {
        return get("/jobs/" + job).path("state").asText();
    }

    /** Whether each of the job's tasks runs. */
    boolean isRunning(String job) throws IOException, InterruptedException {
        for (JsonNode vertex : get("/jobs/" + job).path("vertices")) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return state(job).equals("RUNNING");
    }

    /** Stack traces of what failed in the job, also where it was restarted. */
    List<String> failures(String job) throws IOException, InterruptedException {
        List<String> traces = new ArrayList<>();
        get("/jobs/" + job + "/exceptions")
                .path("exceptionHistory")
                .path("entries")
                .forEach(entry -> traces.add(entry.path("stacktrace").asText()));
        return traces;
    }

    void cancel(String job) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/jobs/" + job + "?mode=cancel"))
                .method("PATCH", BodyPublishers.noBody())
                .build());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return json.readTree(send(HttpRequest.newBuilder(address.resolve(path)).build()));
    }

    private String send(HttpRequest request) throws IOException, InterruptedException {
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(
                    request.uri() + ": expected status 2xx, found " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
