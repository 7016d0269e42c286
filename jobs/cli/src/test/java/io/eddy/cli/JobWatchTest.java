package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.eddy.connectors.JobArguments;
import io.eddy.connectors.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWatchTest {
    private static final long PATIENCE_MILLIS = 120_000;

    @TempDir
    Path folder;

    @Test
    void eachFailureIsToldOnceWithTheCauseBehindAllOthers() throws Exception {
        Options options = Options.of(Map.of(
                "flink.restart-strategy.type", "fixed-delay",
                "flink.restart-strategy.fixed-delay.attempts", "1000",
                "flink.restart-strategy.fixed-delay.delay", "300ms"));
        try (LocalFlink flink = LocalFlink.start(options, folder, null, 1)) {
            JobID job = flink.submit("fails", 1, JobWatchTest::failing, options);
            JobWatch watch = new JobWatch(flink, "forecast", job, null);
            List<String> told = new ArrayList<>();
            long began = System.currentTimeMillis();
            while (told.size() < 2 && System.currentTimeMillis() - began < PATIENCE_MILLIS) {
                String news = watch.look();
                if (news != null) {
                    told.add(news);
                }
                Thread.sleep(20);
            }
            assertThat(told).hasSize(2);
            assertThat(told.get(0))
                    .startsWith("the forecast job failed, and starts again from its last checkpoint: ")
                    .contains("disk: expected room, found none");
            assertThat(told.get(1)).startsWith("the forecast job failed, time 2, ");
        }
    }

    @Test
    void nothingIsToldOfAJobThatRuns() throws Exception {
        Options options = Options.of(Map.of());
        try (LocalFlink flink = LocalFlink.start(options, folder, null, 1)) {
            JobID job = flink.submit("runs", 1, JobWatchTest::running, options);
            flink.awaitRunning(job, Duration.ofSeconds(60));
            assertThat(new JobWatch(flink, "forecast", job, null).look()).isNull();
        }
    }

    /** As where the disk was full, or another program's files are there. */
    @Test
    void aCheckpointThatCannotBeReadIsNamed() throws Exception {
        Path broken = Files.createDirectories(folder.resolve("kept/forecast/a/chk-7"));
        Files.write(broken.resolve("_metadata"), new byte[] {1, 2, 3});
        Options options = Options.of(Map.of(
                "flink.execution.checkpointing.dir",
                folder.resolve("kept").toUri().toString()));
        KeptCheckpoints kept = KeptCheckpoints.find(JobArguments.flinkConfiguration(options), "forecast");
        try (LocalFlink flink = LocalFlink.start(options, folder, null, 1)) {
            JobID job = flink.resume("runs", 1, JobWatchTest::running, options, Objects.requireNonNull(kept));
            JobWatch watch = new JobWatch(flink, "forecast", job, kept);
            assertThatIllegalStateException()
                    .isThrownBy(() -> watch.awaitRunning(Duration.ofSeconds(60), () -> false))
                    .withMessageStartingWith("job: expected the forecast job to run, found it FAILED because of ")
                    .withMessageEndingWith("/kept/forecast/a/chk-7");
        }
    }

    private static void failing(StreamExecutionEnvironment env, Options options) {
        env.fromSequence(1, Long.MAX_VALUE).map(JobWatchTest::fail).sinkTo(new DiscardingSink<>());
    }

    private static Long fail(Long number) {
        throw new IllegalStateException(
                "number: expected to be written, found trouble",
                new RuntimeException("disk: expected room, found none"));
    }

    private static void running(StreamExecutionEnvironment env, Options options) {
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
    }
}
