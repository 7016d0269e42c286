package io.eddy.cli;

import io.eddy.connectors.EddyOptions;
import io.eddy.connectors.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything in one process: a broker, Flink, both jobs and a fleet of simulated series. */
@Command(
        name = "demo",
        description =
                "Starts a Kafka broker, Flink and both jobs in this process and replays a simulated fleet, or CSV files.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--for",
            paramLabel = "60s",
            description = "How long to replay; without, until Ctrl-C or the end of the input.")
    private @Nullable String duration;

    @Option(names = "--input", paramLabel = "PATH", description = "Replay this CSV file or folder as fast as it goes.")
    private @Nullable Path input;

    @Option(names = "--wide", description = "Every numeric column of the input is a series of its own.")
    private boolean wide;

    @Option(names = "--time-column", paramLabel = "NAME", description = "Name of the input's column with the time.")
    private @Nullable String timeColumn;

    @Option(
            names = "--port",
            paramLabel = "8080",
            description = "Port of Flink's web page on this machine; default ${DEFAULT-VALUE}.")
    private int port = 8080;

    @Option(names = "--no-page", description = "Leave Flink's web page on a free port of its own choosing.")
    private boolean noPage;

    @Option(
            names = "--postgres",
            description = "Start a Postgres too, store what comes out in it, and say how to point a Grafana at it.")
    private boolean postgres;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulated fleet; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        Duration atMost = duration == null ? null : io.eddy.connectors.Option.parseDuration(duration);
        CsvSource source = input == null ? null : CsvSource.open(input, wide, timeColumn);
        if (!noPage) {
            checkFree(port);
        }
        Replay replay = source == null ? Replay.ofFleet(seed) : Replay.ofCsv(source);
        return new Demo(replay, options(replay), atMost, noPage ? null : port, postgres).run();
    }

    private static void checkFree(int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("--port: expected 1 to 65535, found " + port);
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--port: expected a free port, found " + port
                            + " in use; choose another with --port or use --no-page",
                    e);
        }
    }

    private static Options options(Replay replay) {
        Options options = Options.of(Map.of())
                .with(EddyOptions.STEP, replay.stepMillis() + "ms")
                .with(EddyOptions.START_FROM, "earliest")
                // The replay's clock runs ahead of the machine's after a while.
                .with(EddyOptions.MAX_AHEAD, "36500d")
                .with(EddyOptions.OUT_OF_ORDERNESS, replay.outOfOrdernessMillis() + "ms")
                // A small network and short rounds, so that a minute sees several.
                .with(EddyOptions.HIDDEN, "32")
                .with(EddyOptions.ROUND_WINDOWS, "50")
                .with(EddyOptions.BATCHES, "20")
                // No partition is idle, and Flink does not drain the windows of an idle source.
                .with(EddyOptions.IDLE_AFTER, "1h");
        return options.with("flink.execution.checkpointing.interval", "2 s")
                .with("flink.pipeline.auto-watermark-interval", "50 ms");
    }
}
