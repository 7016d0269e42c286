package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.eddy.connectors.Options;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is logged where checkpoints fail: the failure of the job that follows speaks of the log. */
class CheckpointLogTest {
    @TempDir
    Path folder;

    @Test
    void whyACheckpointFailedIsSaidOnOneLine() throws Exception {
        // Libraries bring a configuration for tests, which logs nothing.
        List<String> flags = List.of("-Xmx512m", "-Dlog4j2.configurationFile=classpath:log4j2.properties");
        Process process = TestingJvm.of(Failing.class, flags, folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines())
                .filteredOn(text -> text.contains("CheckpointFailureManager"))
                .isNotEmpty()
                // What fails first depends on whether a checkpoint is being written while the folder goes.
                .allSatisfy(text -> assertThat(text)
                        .matches(".* Failed to trigger or complete checkpoint \\d+ for job .*\\wException(: .+)?"));
    }

    /** A job whose checkpoints have no folder any more. */
    static final class Failing {
        private Failing() {}

        public static void main(String[] args) throws Exception {
            Path folder = Path.of(args[0]);
            Options options = Options.of(Map.of("flink.execution.checkpointing.interval", "200ms"));
            try (LocalFlink flink = LocalFlink.start(options, folder, null, 1)) {
                JobID job = flink.submit(
                        "runs",
                        1,
                        (env, same) -> env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>()),
                        options);
                flink.awaitRunning(job, Duration.ofSeconds(60));
                Path checkpoints = folder.resolve("checkpoints");
                Files.move(checkpoints, folder.resolve("elsewhere"));
                Files.createFile(checkpoints);
                long began = System.nanoTime();
                while (flink.failure(job) == null && System.nanoTime() - began < 120_000_000_000L) {
                    Thread.sleep(20);
                }
            }
            System.exit(0); // some libraries leave threads behind that are no daemons
        }
    }
}
