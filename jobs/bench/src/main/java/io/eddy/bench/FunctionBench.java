package io.eddy.bench;

import io.eddy.Weights;
import io.eddy.connectors.Decoded;
import io.eddy.connectors.ForecastOptions;
import io.eddy.connectors.InputOptions;
import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import io.eddy.forecast.ForecastJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The forecast job between a source and a sink that cost next to nothing, beside one that only reads and writes its state. */
final class FunctionBench implements Bench {
    private static final int HORIZON = 24;
    private static final int ROUNDS = 3;
    /** After so long a run is given up, so that the rest is measured. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(12);

    /** Where the state is, how many series, how often each side runs, how often every series is met before the measured part begins. */
    private record Setting(String backend, int series, int rounds, int met) {
        Setting(String backend, int series, int rounds) {
            this(backend, series, rounds, 3);
        }

        String name() {
            return backend + "-" + (series >= 1_000_000 ? series / 1_000_000 + "m" : series / 1000 + "k");
        }
    }

    private static final List<Setting> SETTINGS = List.of(
            new Setting("heap", 1_000, ROUNDS),
            new Setting("heap", 10_000, ROUNDS),
            new Setting("heap", 100_000, ROUNDS),
            new Setting("heap", 1_000_000, ROUNDS),
            new Setting("rocksdb", 1_000, ROUNDS),
            new Setting("rocksdb", 10_000, ROUNDS),
            new Setting("rocksdb", 100_000, 1),
            new Setting("rocksdb", 1_000_000, 1, 1));

    @Override
    public String says() {
        return "the forecast job in Flink at hidden 64, horizon 24, one reading per step, beside a pass-through of its state";
    }

    @Override
    public List<Row> run(Log log) throws Exception {
        String only = System.getProperty("eddy.bench.function", "");
        List<Row> rows = new ArrayList<>(SeriesSize.rows());
        rows.addAll(GrownSteps.rows());
        measure("eddy", new Setting("heap", 1_000, 1));
        for (Setting setting : SETTINGS) {
            if (!setting.name().matches(only.isEmpty() ? ".*" : only)) {
                continue;
            }
            Map<String, List<Marks>> runs = new LinkedHashMap<>();
            for (int round = 0; round < setting.rounds(); round++) {
                for (String side : List.of("pass-through", "eddy")) {
                    Marks marks = measure(side, setting);
                    String name = side + "-" + setting.name();
                    if (marks.isOver()) {
                        runs.computeIfAbsent(side, key -> new ArrayList<>()).add(marks);
                        log.line("%s: %.2f us".formatted(name, marks.taskMicros()));
                    } else {
                        log.line("%s: given up after %d minutes".formatted(name, LONGEST_RUN.toMinutes()));
                    }
                }
            }
            if (runs.size() == 2) {
                Map<String, Row> base = rows("pass-through", setting, runs.getOrDefault("pass-through", List.of()));
                rows.addAll(base.values());
                rows("eddy", setting, runs.getOrDefault("eddy", List.of()))
                        .forEach((metric, row) -> rows.add(row.against(base.getOrDefault(metric, row))));
            }
        }
        return rows;
    }

    private static Map<String, Row> rows(String side, Setting setting, List<Marks> runs) {
        Map<String, Row> rows = new LinkedHashMap<>();
        add(
                rows,
                side,
                setting,
                "cpu_per_record",
                "us",
                runs.stream().mapToDouble(Marks::taskMicros).toArray());
        add(
                rows,
                side,
                setting,
                "process_cpu_per_record",
                "us",
                runs.stream().mapToDouble(Marks::processMicros).toArray());
        add(
                rows,
                side,
                setting,
                "per_core",
                "records/s",
                runs.stream().mapToDouble(run -> 1e6 / run.taskMicros()).toArray());
        return rows;
    }

    private static void add(
            Map<String, Row> rows, String side, Setting setting, String metric, String unit, double[] values) {
        rows.put(metric, Spread.of(values).row("function", side + "-" + setting.name(), metric, unit));
    }

    /** One run, ended when the measured part is over. */
    private static Marks measure(String side, Setting setting) throws Exception {
        long first = (long) setting.met() * setting.series();
        long measured = Math.max(setting.backend().equals("heap") ? 600_000 : 100_000, setting.series());
        Marks marks = Marks.begin(first, first + measured);
        Configuration flink = JobArguments.flinkConfiguration(Options.of(Map.of()));
        flink.setString("state.backend.type", setting.backend().equals("heap") ? "hashmap" : "rocksdb");
        flink.setString("taskmanager.memory.managed.size", "512m");
        flink.setString("taskmanager.numberOfTaskSlots", "1");
        // Without checkpoints the job ends with its source; with them it would wait for the next one.
        flink.removeConfig(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1, flink);
        // The last step of a series stays open until the source has ended.
        DataStream<Decoded> readings =
                BenchReadings.of(env, setting.series(), first + measured + 2L * setting.series());
        if (side.equals("eddy")) {
            DataStream<Weights> weights = env.fromData(Champion.of(options()));
            ForecastJob.define(
                    readings,
                    ForecastJob.control(weights),
                    new ForecastJob.Sinks(
                            new MarkingSink<>(),
                            new DiscardingSink<>(),
                            new DiscardingSink<>(),
                            new DiscardingSink<>(),
                            new DiscardingSink<>()),
                    options());
        } else {
            PassThrough.define(readings);
        }
        end(env.executeAsync(side), marks);
        return marks;
    }

    private static void end(JobClient job, Marks marks) throws Exception {
        CompletableFuture<JobExecutionResult> result = job.getJobExecutionResult();
        long deadline = System.nanoTime() + LONGEST_RUN.toNanos();
        while (!marks.isOver() && !result.isDone() && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        if (result.isDone()) {
            result.get(); // it may have failed
            return;
        }
        try {
            job.cancel().exceptionally(ended -> null).get();
        } catch (IllegalStateException ended) {
            // The job has ended meanwhile, and its cluster with it.
        }
        result.exceptionally(cancelled -> null).get();
    }

    private static Options options() {
        return Options.of(Map.of(
                InputOptions.STEP.key(),
                BenchReadings.STEP_MILLIS + "ms",
                ForecastOptions.HORIZON.key(),
                "" + HORIZON));
    }
}
