package io.eddy.cli.page;

import io.eddy.connectors.Options;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * The live page of a running Eddy: it follows the output topics and shows them to browsers.
 *
 * <pre>{@code
 * try (Page page = Page.start(options, "127.0.0.1", 8080, List::of)) {
 *     … page.address() …
 * }
 * }</pre>
 */
public final class Page implements AutoCloseable {
    private final String host;
    private final PageServer server;
    private final Feed feed;
    private final FeedbackWriter feedback;
    private final Pipeline pipeline;

    private Page(String host, PageServer server, Feed feed, FeedbackWriter feedback, Pipeline pipeline) {
        this.host = host;
        this.server = server;
        this.feed = feed;
        this.feedback = feedback;
        this.pipeline = pipeline;
    }

    /**
     * Starts it; the topics exist.
     *
     * @param host name or address that the server is bound to; a loopback one keeps other machines out
     * @param port 0: any free one
     * @param planted the faults of a demo, in the order of their start; asked by any thread
     * @throws IllegalArgumentException if the port is in use
     */
    public static Page start(Options options, String host, int port, Supplier<List<Planted>> planted)
            throws IOException {
        Store store = new Store(options, planted);
        Pipeline pipeline = new Pipeline(options);
        FeedbackWriter feedback = new FeedbackWriter(options);
        Feed feed = new Feed(options, store, pipeline);
        try {
            pipeline.start();
            feed.start();
            // Last, for the JDK's server gives a port back only once it has been started.
            PageServer server = new PageServer(host, port, store, pipeline, feedback);
            server.start();
            return new Page(host, server, feed, feedback, pipeline);
        } catch (IOException | RuntimeException e) {
            feed.close();
            feedback.close();
            pipeline.close();
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
