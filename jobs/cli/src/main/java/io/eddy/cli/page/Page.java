package io.eddy.cli.page;

import io.eddy.connectors.Options;
import java.io.IOException;

/**
 * The live page of a running Eddy: it follows the output topics and shows them to browsers.
 *
 * <pre>{@code
 * try (Page page = Page.start(options, "127.0.0.1", 8080)) {
 *     … page.address() …
 * }
 * }</pre>
 */
public final class Page implements AutoCloseable {
    private final Pipeline pipeline;
    private final Feed feed;
    private final FeedbackWriter feedback;
    private final PageServer server;
    private final String host;

    private Page(Options options, String host, int port) throws IOException {
        this.host = host;
        Store store = new Store(options);
        pipeline = new Pipeline(options);
        feedback = new FeedbackWriter(options);
        PageServer bound;
        try {
            bound = new PageServer(host, port, store, pipeline, feedback);
        } catch (IOException | IllegalArgumentException e) {
            pipeline.close();
            feedback.close();
            throw e;
        }
        server = bound;
        feed = new Feed(options, store, pipeline);
    }

    /**
     * Starts it; the topics exist.
     *
     * @param host name or address that the server is bound to; a loopback one keeps other machines out
     * @param port 0: any free one
     * @throws IllegalArgumentException if the port is in use
     */
    public static Page start(Options options, String host, int port) throws IOException {
        Page page = new Page(options, host, port);
        try {
            page.pipeline.start();
            page.feed.start();
            page.server.start();
            return page;
        } catch (RuntimeException e) {
            page.close();
            throw e;
        }
    }

    /** Where a browser finds it. */
    public String address() {
        boolean loopback = host.equals("127.0.0.1") || host.equals("::1");
        return "http://" + (loopback ? "localhost" : host.contains(":") ? "[" + host + "]" : host) + ":"
                + server.port();
    }

    @Override
    public void close() {
        server.close();
        feed.close();
        feedback.close();
        pipeline.close();
    }
}
