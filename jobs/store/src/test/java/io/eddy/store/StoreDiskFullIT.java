package io.eddy.store;

import static io.eddy.store.TestingRecords.NOON;
import static io.eddy.store.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.eddy.Score;
import io.eddy.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of the database that is full, for real: a file system of a few megabytes, which only root may mount. */
@Timeout(300)
class StoreDiskFullIT {
    private static final int ROWS = 40_000;

    /** A disk with less than so many bytes left. */
    private static final int FULL = 1 << 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", disk.toString()))
                .as("mount works for this user")
                .isZero();
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor();
        } catch (IOException e) {
            return -1; // no such program
        }
    }

    @Test
    void rowsWaitWhileTheDiskIsFullAndAreStoredOnceWhenThereIsRoom() throws Exception {
        try (TestingPostgres postgres = new TestingPostgres(folder.resolve("postgres"))) {
            postgres.start();
            StoreOptions options = postgres.database("filled");
            Path tables = Files.createDirectory(disk.resolve("tables"));
            postgres.execute("postgres", "CREATE TABLESPACE small LOCATION '" + tables + "'");
            postgres.execute("postgres", "ALTER DATABASE filled SET default_tablespace = small");
            Path filler = Files.write(disk.resolve("filler"), new byte[44 << 20]);
            List<Score> rows = new ArrayList<>();
            for (int i = 0; i < ROWS; i++) {
                rows.add(score("pump-" + i, NOON, i, Status.NORMAL));
            }

            try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                    try {
                        writer.write(rows.toArray(new Score[0]));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                while (Files.getFileStore(disk).getUsableSpace() >= FULL) {
                    assertThat(writing)
                            .as("the writer, before the disk is full")
                            .isNotDone();
                    Thread.sleep(100);
                }
                long stored = -1;
                for (long now = stored(postgres); now != stored; now = stored(postgres)) {
                    stored = now;
                    Thread.sleep(3000);
                }
                assertThat(writing).as("the writer waits").isNotDone();
                assertThat(stored).isLessThan(ROWS);

                Files.delete(filler);
                writing.get(60, TimeUnit.SECONDS);
            }
            assertThat(stored(postgres)).isEqualTo(ROWS);
        }
    }

    private static long stored(TestingPostgres postgres) throws Exception {
        if (postgres.query("filled", "SELECT to_regclass('scores')").contains("null")) {
            return 0;
        }
        return Long.parseLong(
                postgres.query("filled", "SELECT count(*) FROM scores").get(0));
    }
}
