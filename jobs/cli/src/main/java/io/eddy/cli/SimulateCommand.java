package io.eddy.cli;

import io.eddy.connectors.InputFormat;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.Options;
import io.eddy.connectors.ReadingTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulated fleet on a Kafka that is there already: its history at once, then each step when it is over. */
@Command(
        name = "simulate",
        description =
                "Writes a simulated fleet to the configured topic readings: a history at once, then as the clock goes.",
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    private static final int READINGS_PER_STEP = 4;
    private static final int SERIES = 240;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Options; the fleet's steps are those of readings.step.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path config;

    @Option(
            names = "--history",
            paramLabel = "7d",
            description = "How far back the fleet begins; default ${DEFAULT-VALUE}.")
    private String history = "7d";

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the fleet; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    public Integer call() throws Exception {
        Options options = Options.ofFile(config);
        if (options.get(InputOptions.INPUT_FORMAT) != InputFormat.EDDY_AVRO
                || ReadingTopics.of(options).names().size() != 1) {
            throw new IllegalArgumentException(
                    "simulate: expected input.format eddy-avro and one topic of readings, found others");
        }
        Duration step = options.get(InputOptions.STEP);
        if (step.compareTo(Duration.ofMinutes(1)) < 0 || step.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(InputOptions.STEP.key()
                    + ": expected 1m to 1d for a simulated fleet, found " + step.toSeconds() + " s");
        }
        Duration back = io.eddy.connectors.Option.parseDuration("--history", history);
        long start = Math.floorDiv(System.currentTimeMillis() - back.toMillis(), Math.max(1, step.toMillis()))
                * step.toMillis();
        SimulatedFleet fleet =
                new SimulatedFleet(new SimulatedFleet.Spec(seed, SERIES, start, step.toMillis(), READINGS_PER_STEP));
        List<String> created = Topics.createMissing(options);
        System.out.println("eddy simulate: " + SERIES + " series every " + step.toSeconds() + " s"
                + (created.isEmpty() ? "" : "; created the topics " + String.join(", ", created)));
        List<String> based = BasePublisher.publish(options);
        if (!based.isEmpty()) {
            System.out.println("eddy simulate: the jobs start from the weights that ship: " + String.join(", ", based));
        }
        Shutdown shutdown = Shutdown.install();
        try (ReadingProducer producer = new ReadingProducer(options)) {
            long all = (System.currentTimeMillis() - start) / step.toMillis() * SERIES * READINGS_PER_STEP;
            Progress progress = new Progress("eddy simulate");
            boolean live = false;
            while (!shutdown.isAsked()) {
                if (fleet.nextStepMillis() + step.toMillis() <= System.currentTimeMillis()) {
                    fleet.nextStep(r -> producer.send(r.series(), r.timeMillis(), r.value(), r.labels()));
                    if (!live) {
                        progress.show(
                                producer.sent(), all, () -> "until " + Instant.ofEpochMilli(fleet.nextStepMillis()));
                    }
                } else {
                    producer.flush();
                    if (!live) {
                        progress.end();
                        System.out.println("eddy simulate: " + producer.sent() + " readings of history written");
                        live = true;
                    }
                    Thread.sleep(200);
                }
            }
        } finally {
            shutdown.done();
        }
        return 0;
    }
}
