package io.eddy.cli;

import io.eddy.cli.page.Page;
import io.eddy.cli.page.Planted;
import io.eddy.connectors.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.function.Supplier;

/** Where the live page goes, and Flink's own page, one port further. Both were free when this was made. */
record PageAddress(String host, int port) {
    private static final int MOST = 65_534;

    /** @throws IllegalArgumentException if the host is not this machine's, or one of the ports is not free */
    static PageAddress of(String host, int port) {
        if (port < 1 || port > MOST) {
            throw new IllegalArgumentException("--port: expected 1 to " + MOST + ", found " + port);
        }
        PageAddress address = new PageAddress(host, port);
        checkFree(host, port, "");
        checkFree("127.0.0.1", address.flinkPort(), " (for Flink's page)");
        return address;
    }

    private static void checkFree(String host, int port, String what) {
        InetAddress here;
        try {
            here = InetAddress.getByName(host);
        } catch (IOException e) {
            throw new IllegalArgumentException("--host: expected an address of this machine, found " + host, e);
        }
        try (ServerSocket socket = new ServerSocket(port, 1, here)) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--port: expected a free port on " + host + ", found " + port + " in use" + what
                            + "; choose another with --port or use --no-page",
                    e);
        }
    }

    int flinkPort() {
        return port + 1;
    }

    Page start(Options options, Supplier<List<Planted>> planted) throws IOException {
        return Page.start(options, host, port, planted);
    }
}
