package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.eddy.connectors.Options;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFlinkTest {
    @TempDir
    Path folder;

    /** Of two that start together both find the port free when they look. */
    @Test
    void aPortThatSomebodyElseHasTakenSinceIsSaid() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LocalFlink.start(Options.of(Map.of()), folder, port, 1))
                    .withMessage("--port: expected the next one to be free for Flink's page, found " + port
                            + " in use; choose another with --port or use --no-page");
        }
    }
}
