package io.eddy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the live page goes, on the command lines that have one. */
final class PageOptions {
    @Option(
            names = "--port",
            paramLabel = "8080",
            description = "Port of the live page; Flink's own page takes the next one. Default ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Where the live page is bound; default ${DEFAULT-VALUE}, this machine only.")
    private String host = "127.0.0.1";

    @Option(names = "--no-page", description = "Without the live page; Flink's own takes a free port.")
    private boolean noPage;

    /**
     * The address; null where no page is wanted.
     *
     * @throws IllegalArgumentException as {@link PageAddress#of}
     */
    @Nullable
    PageAddress address() {
        return noPage ? null : PageAddress.of(host, port);
    }
}
