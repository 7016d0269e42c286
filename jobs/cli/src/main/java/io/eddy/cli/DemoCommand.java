package io.eddy.cli;

import io.eddy.connectors.Fields;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.TrainOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final CsvOptions csvOptions = new CsvOptions();

    @Mixin
    private final PageOptions pageOptions = new PageOptions();

    @Option(
            names = "--postgres",
            description = "Start a Postgres too, store what comes out in it, and say how to point a Grafana at it.")
    private boolean postgres;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the simulated fleet; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        Duration atMost = duration == null ? null : io.eddy.connectors.Option.parseDuration("--for", duration);
        if (atMost != null && atMost.isZero()) {
            throw new IllegalArgumentException("--for: expected more than 0, found " + duration);
        }
        if (input == null) {
            csvOptions.expectNone();
        }
        CsvSource source = input == null ? null : CsvSource.open("--input", input, csvOptions.of(Fields.ONE.names()));
        PageAddress page = pageOptions.address();
        Replay replay = source == null ? Replay.ofFleet(seed) : Replay.ofCsv(source);
        return new Demo(replay, options(replay), atMost, page, postgres).run();
    }

    private static Options options(Replay replay) {
        Options options = Options.of(Map.of())
                .with(InputOptions.STEP, replay.stepMillis() + "ms")
                .with(InputOptions.START_FROM, "earliest")
                // The replay's clock runs ahead of the machine's after a while.
                .with(InputOptions.MAX_AHEAD, "36500d")
                .with(InputOptions.OUT_OF_ORDERNESS, replay.outOfOrdernessMillis() + "ms")
                // Short rounds, so that a minute sees several.
                .with(TrainOptions.ROUND_WINDOWS, "50")
                .with(TrainOptions.BATCHES, "20")
                // In rounds so short larger steps forget more than they gain.
                .with(TrainOptions.LEARNING_RATE, "0.001")
                // No partition is idle, and Flink does not drain the windows of an idle source.
                .with(InputOptions.IDLE_AFTER, "1h");
        // What is written shows with the next checkpoint.
        return options.with("flink.execution.checkpointing.interval", "1 s")
                .with("flink.pipeline.auto-watermark-interval", "50 ms");
    }
}
