package io.eddy.cli;

import io.eddy.Event;
import io.eddy.EventState;
import io.eddy.Weights;
import io.eddy.WeightsStatus;
import io.eddy.cli.page.Page;
import io.eddy.cli.page.Planted;
import io.eddy.connectors.KafkaOptions;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import io.eddy.forecast.Records;
import io.eddy.store.StoreJob;
import io.eddy.train.TrainJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;

/** A broker, Flink and both jobs in this process; a replay goes in, and what comes out is shown. */
final class Demo {
    /** One of a minute fills 130 MB, most of it the broker's. */
    private static final long ROOM_BYTES = 200L << 20;

    private static final int MOST_PARALLEL = 2;
    private static final int MOST_FAULTS = 40;
    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Replay replay;
    private final Options options;
    private final @Nullable Duration atMost;
    private final @Nullable PageAddress pageAddress;
    private final boolean withPostgres;
    private final Progress progress = new Progress("eddy demo");
    private final Latencies latencies;
    private final FaultLog faults;
    private final int parallelism;

    Demo(
            Replay replay,
            Options options,
            @Nullable Duration atMost,
            @Nullable PageAddress pageAddress,
            boolean withPostgres) {
        this.replay = replay;
        this.options = options;
        this.atMost = atMost;
        this.pageAddress = pageAddress;
        this.withPostgres = withPostgres;
        latencies = new Latencies(replay.stepMillis());
        faults = new FaultLog(replay);
        // A reader without a partition would hold the others' watermark back.
        parallelism = Math.min(MOST_PARALLEL, replay.partitions());
    }

    int run() throws Exception {
        Shutdown shutdown = Shutdown.install();
        try (TemporaryFolder folder = TemporaryFolder.create("eddy-demo", ROOM_BYTES);
                EmbeddedKafka kafka = EmbeddedKafka.start();
                DemoPostgres postgres = withPostgres ? DemoPostgres.start(folder.path()) : null) {
            if (shutdown.isAsked()) {
                return 0;
            }
            Options withKafka = options.with(KafkaOptions.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
            Options here = postgres == null ? withKafka : postgres.options(withKafka);
            createTopics(kafka, here);
            BasePublisher.publish(here);
            System.out.println("eddy demo: " + replay.describe() + "; Kafka at " + kafka.bootstrapServers());
            Integer webPort = pageAddress == null ? null : pageAddress.flinkPort();
            try (LocalFlink flink =
                            LocalFlink.start(here, folder.path(), webPort, 2 * parallelism + TrainJob.slots(here, 1));
                    Page page = pageAddress == null ? null : pageAddress.start(here, faults::planted)) {
                JobID forecast = flink.submit("eddy forecast", parallelism, ForecastJob::define, here);
                JobID train = flink.submit("eddy train", 1, TrainJob::define, here);
                flink.awaitRunning(forecast, STARTUP, shutdown::isAsked);
                flink.awaitRunning(train, STARTUP, shutdown::isAsked);
                if (shutdown.isAsked()) {
                    return 0;
                }
                if (postgres != null) {
                    StoreJob.trouble(here); // makes the tables, so that a dashboard finds them before the first row
                    flink.awaitRunning(flink.submit("eddy store", parallelism, StoreJob::define, here), STARTUP);
                    postgres.describe(replay.nowMillis()).forEach(System.out::println);
                }
                if (page != null) {
                    System.out.println("eddy demo: the live page is at " + page.address() + ", Flink's own at "
                            + flink.webAddress());
                }
                long scores = replay(here, flink, forecast, folder.path(), shutdown);
                if (postgres != null && !shutdown.isAsked()) {
                    awaitStored(postgres, scores);
                    System.out.println("eddy demo: stored " + postgres.count("scores") + " scores and "
                            + postgres.count("events") + " events");
                    while (atMost == null && !shutdown.isAsked()) {
                        Thread.sleep(200); // somebody may be looking at the tables
                    }
                }
                return 0;
            }
        } finally {
            shutdown.done();
        }
    }

    private void createTopics(EmbeddedKafka kafka, Options here) {
        for (String topic : Topics.names(here)) {
            boolean compacted = Topics.isCompacted(here, topic);
            boolean readings = topic.equals(here.get(KafkaOptions.READINGS));
            Map<String, String> arrival = Map.of("message.timestamp.type", "LogAppendTime");
            kafka.createTopic(
                    topic,
                    compacted ? 1 : readings ? replay.partitions() : parallelism,
                    compacted ? Map.of("cleanup.policy", "compact") : arrival);
        }
    }

    private static void awaitStored(DemoPostgres postgres, long scores) throws Exception {
        long deadline = System.nanoTime() + STARTUP.toNanos();
        while (postgres.count("scores") < scores && System.nanoTime() < deadline) {
            Thread.sleep(200);
        }
    }

    /** Returns how many scores came out. */
    private long replay(Options here, LocalFlink flink, JobID forecast, Path folder, Shutdown shutdown)
            throws Exception {
        try (ReadingProducer producer = new ReadingProducer(here, latencies::arrived);
                Watcher watcher = new Watcher(here, latencies, faults, this::announce, this::announce)) {
            long began = System.nanoTime();
            BooleanSupplier stop =
                    () -> shutdown.isAsked() || (atMost != null && System.nanoTime() - began > atMost.toNanos());
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> write(producer, stop));
            while (!writing.isDone()) {
                watch(watcher, producer, began);
                check(flink, forecast);
            }
            writing.get();
            String group = here.get(KafkaOptions.GROUP_ID) + "-forecast";
            while (!shutdown.isAsked() && !Topics.isConsumed(here, group, here.get(KafkaOptions.READINGS))) {
                watch(watcher, producer, began);
                check(flink, forecast);
            }
            flink.stop(forecast, folder, true);
            watcher.pollToEnd();
            progress.end();
            summarise(watcher, producer);
            return watcher.scores();
        }
    }

    private void write(ReadingProducer producer, BooleanSupplier stop) {
        try {
            replay.run(producer, stop);
            producer.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void check(LocalFlink flink, JobID job) throws Exception {
        if (flink.status(job).isGloballyTerminalState()) {
            throw new IllegalStateException(
                    "forecast job: expected it to run, found it " + flink.status(job) + "; Flink's log above says why");
        }
    }

    private void watch(Watcher watcher, ReadingProducer producer, long began) {
        watcher.poll();
        if (progress.isTime()) {
            double seconds = (System.nanoTime() - began) / 1e9;
            progress.print(String.format(
                    Locale.ROOT,
                    "%3.0f s  readings %d (%.0f/s)  scores %d  open events %d  weights %d",
                    seconds,
                    producer.sent(),
                    producer.sent() / seconds,
                    watcher.scores(),
                    watcher.openEvents(),
                    watcher.version()));
        }
    }

    private void announce(Event event) {
        if (event.getState() == EventState.update) {
            return;
        }
        boolean opened = event.getState() == EventState.open;
        String time = String.valueOf(opened ? event.getStart() : event.getEnd());
        String side = event.getDirection() > 0 ? "above" : event.getDirection() < 0 ? "below" : "off";
        progress.announce(String.format(
                Locale.ROOT,
                "%s  %-6s  %-44s  %s, %s the expected, score %.1f%s",
                time,
                opened ? "ALARM" : Records.isAcceptance(event) ? "normal" : "over",
                event.getSeries(),
                event.getKind().toString().replace('_', ' '),
                side,
                event.getPeakScore(),
                opened
                        ? ""
                        : ", " + event.getPoints() + (event.getPoints() == 1 ? " step since " : " steps since ")
                                + event.getStart()));
    }

    private void announce(Weights weights) {
        if (weights.getStatus() != WeightsStatus.champion) {
            progress.announce(
                    "weights " + weights.getVersion() + " " + weights.getStatus() + ": " + weights.getTrainer());
            return;
        }
        Map<String, Double> metrics = weights.getMetrics();
        progress.announce(String.format(
                Locale.ROOT,
                "weights %d published: median loss %.4f, without the network %.4f",
                weights.getVersion(),
                metrics.getOrDefault("median_loss", Double.NaN),
                metrics.getOrDefault("base_median_loss", Double.NaN)));
    }

    private void summarise(Watcher watcher, ReadingProducer producer) {
        List<Planted> planted =
                faults.planted().stream().filter(Planted::isOver).toList();
        if (!planted.isEmpty()) {
            int first = Math.max(0, planted.size() - MOST_FAULTS);
            System.out.println("eddy demo: the faults that were planted" + (first == 0 ? "" : ", the newest of them")
                    + "; a score of 1 is told:");
            planted.subList(first, planted.size())
                    .forEach(fault -> System.out.println("  " + FaultLog.line(fault, replay.stepMillis())));
            System.out.println("eddy demo: planted faults told: " + FaultLog.table(planted));
        }
        System.out.printf(
                Locale.ROOT,
                "eddy demo: readings=%d scores=%d forecasts=%d events=%d faults_found=%d/%d rejects=%d weights=%d"
                        + " latency_p50_ms=%d latency_p99_ms=%d%n",
                producer.sent(),
                watcher.scores(),
                watcher.forecasts(),
                watcher.events(),
                FaultLog.told(planted),
                planted.size(),
                watcher.rejects(),
                watcher.version(),
                latencies.quantile(0.5),
                latencies.quantile(0.99));
    }
}
