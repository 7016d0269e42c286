package io.eddy.cli.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.eddy.Feedback;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The page over HTTP: its files, a stream for each browser, and the two things a browser may say. */
final class PageServer implements AutoCloseable {
    private static final int MOST_SESSIONS = 32;
    private static final int MOST_THREADS = MOST_SESSIONS + 32;
    private static final int MOST_BODY_BYTES = 16 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final RequestRules rules;
    private final StaticFiles files = new StaticFiles();
    private final Store store;
    private final Pipeline pipeline;
    private final FeedbackWriter feedback;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();

    /**
     * Binds the port; nothing is answered before {@link #start}.
     *
     * @param port 0: any free one
     * @throws IllegalArgumentException if the port is in use
     */
    PageServer(String host, int port, Store store, Pipeline pipeline, FeedbackWriter feedback) throws IOException {
        this.store = store;
        this.pipeline = pipeline;
        this.feedback = feedback;
        rules = new RequestRules(host);
        // Small writes are whole messages here.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (BindException e) {
            throw new IllegalArgumentException(
                    "--port: expected a free port, found " + port + " in use; choose another with --port", e);
        }
        threads = new ThreadPoolExecutor(0, MOST_THREADS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread daemon = new Thread(task, "eddy-page");
            daemon.setDaemon(true);
            return daemon;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RequestRules.addTo(exchange.getResponseHeaders());
            String path = exchange.getRequestURI().getPath();
            boolean post = exchange.getRequestMethod().equals("POST");
            String fault =
                    post ? rules.faultOfPost(exchange.getRequestHeaders()) : rules.fault(exchange.getRequestHeaders());
            if (fault != null) {
                answer(exchange, 403, fault);
            } else if (post) {
                take(exchange, path);
            } else if (!exchange.getRequestMethod().equals("GET") && !isHead(exchange)) {
                answer(exchange, 405, "method: expected GET, HEAD or POST, found " + exchange.getRequestMethod());
            } else if (path.equals("/stream") && !isHead(exchange)) {
                stream(exchange);
            } else {
                file(exchange, path);
            }
        }
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, code, text.getBytes(StandardCharsets.UTF_8));
    }

    /** What asks whether the page is there wants no body. */
    private static boolean isHead(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("HEAD");
    }

    private static void send(HttpExchange exchange, int code, byte[] bytes) throws IOException {
        if (isHead(exchange)) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
            exchange.sendResponseHeaders(code, -1);
        } else {
            exchange.sendResponseHeaders(code, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void file(HttpExchange exchange, String path) throws IOException {
        StaticFiles.File file = files.get(path);
        if (file == null) {
            answer(exchange, 404, "path: expected one of the page's, found another");
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", file.type());
        // The next build's files have the same names.
        exchange.getResponseHeaders().set("Cache-Control", "no-cache");
        send(exchange, 200, file.bytes());
    }

    private void stream(HttpExchange exchange) throws IOException {
        if (sessions.size() >= MOST_SESSIONS) {
            answer(exchange, 503, "browsers: expected at most " + MOST_SESSIONS + ", found as many already");
            return;
        }
        byte[] id = new byte[16];
        random.nextBytes(id);
        Session session = new Session(HexFormat.of().formatHex(id), store, pipeline);
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        sessions.put(session.id(), session);
        try {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            session.run(out);
        } catch (IOException e) {
            // The browser is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sessions.remove(session.id());
        }
    }

    private void take(HttpExchange exchange, String path) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            answer(exchange, 413, "body: expected at most " + MOST_BODY_BYTES + " bytes, found more");
            return;
        }
        try {
            JsonNode json = JSON.readTree(body);
            switch (path) {
                case "/watch" -> watch(exchange, json);
                case "/feedback" -> write(exchange, json);
                default -> answer(exchange, 404, "path: expected /watch or /feedback, found another");
            }
        } catch (JsonProcessingException e) {
            answer(exchange, 400, "body: expected JSON, found something else");
        } catch (IllegalArgumentException e) {
            answer(exchange, 400, String.valueOf(e.getMessage()));
        }
    }

    private void watch(HttpExchange exchange, JsonNode json) throws IOException {
        Session session = sessions.get(Watch.text(json, "session"));
        if (session == null) {
            answer(exchange, 404, "session: expected an open stream, found none");
            return;
        }
        session.watch(Watch.of(json));
        exchange.sendResponseHeaders(204, -1);
    }

    private void write(HttpExchange exchange, JsonNode json) throws IOException {
        Feedback said = FeedbackRequest.read(json, Instant.now());
        synchronized (store) {
            FeedbackRequest.checkKnown(said, store);
        }
        try {
            feedback.write(said);
            exchange.sendResponseHeaders(204, -1);
        } catch (IllegalStateException e) {
            answer(exchange, 502, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        server.stop(0);
        threads.shutdownNow();
    }
}
