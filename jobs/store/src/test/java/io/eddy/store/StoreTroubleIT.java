package io.eddy.store;

import static io.eddy.store.TestingRecords.NOON;
import static io.eddy.store.TestingRecords.score;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eddy.Score;
import io.eddy.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A database that is down, slow, or not as it should be. */
@Timeout(300)
class StoreTroubleIT extends PostgresTesting {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path secrets;

    private static StoreOptions as(StoreOptions options, String url, String user, String passwordFile, boolean create) {
        return new StoreOptions(
                url,
                user,
                passwordFile,
                create,
                options.batchRows(),
                options.flushMillis(),
                options.partitionDays(),
                options.retention());
    }

    private static void write(StoreOptions options, double y) throws Exception {
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, y, Status.NORMAL));
        }
    }

    /** Until it is rolled back. */
    private static void lock(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE scores");
        }
    }

    private static CompletableFuture<Void> writing(TestingWriter<Score> writer, Score score) {
        return CompletableFuture.runAsync(() -> {
            try {
                writer.write(score);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void rowsWaitWhileTheDatabaseIsDownAndAreStoredOnceWhenItIsBack() throws Exception {
        StoreOptions options = postgres.database("outage");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            postgres.stop();
            CompletableFuture<Void> waiting = writing(writer, score("pump", NOON.plusSeconds(60), 2, Status.NORMAL));
            Thread.sleep(1500);
            assertThat(waiting).isNotDone();
            postgres.start();
            waiting.get(60, TimeUnit.SECONDS);
            writer.write(score("pump", NOON.plusSeconds(60), 2, Status.NORMAL));
        }
        assertThat(postgres.query("outage", "SELECT y FROM scores ORDER BY y")).containsExactly("1", "2");
    }

    @Test
    void aConnectionThatIsCutIsReplaced() throws Exception {
        StoreOptions options = postgres.database("cut");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            postgres.execute(
                    "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cut'");
            writer.write(score("pump", NOON.plusSeconds(60), 2, Status.NORMAL));
        }
        assertThat(postgres.query("cut", "SELECT count(*) FROM scores")).containsExactly("2");
    }

    @Test
    void aSlowDatabaseIsWaitedFor() throws Exception {
        StoreOptions options = postgres.database("slow");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options);
                Connection other = postgres.connect("slow", "postgres")) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            lock(other);
            CompletableFuture<Void> waiting = writing(writer, score("pump", NOON.plusSeconds(60), 2, Status.NORMAL));
            Thread.sleep(500);
            assertThat(waiting).isNotDone();
            other.rollback();
            waiting.get(60, TimeUnit.SECONDS);
        }
        assertThat(postgres.query("slow", "SELECT count(*) FROM scores")).containsExactly("2");
    }

    /** Postgres does not notice that its client has gone while a statement waits; in an hour nobody else would get a connection. */
    @Test
    void whileATableIsLockedOneConnectionWaits() throws Exception {
        StoreOptions options = postgres.database("locked");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options, Duration.ofSeconds(1));
                Connection other = postgres.connect("locked", "postgres")) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            lock(other);
            CompletableFuture<Void> waiting = writing(writer, score("pump", NOON.plusSeconds(60), 2, Status.NORMAL));
            Set<String> seen = new HashSet<>();
            while (seen.size() < 4) {
                List<String> connections = postgres.query(
                        "postgres",
                        "SELECT pid FROM pg_stat_activity WHERE datname = 'locked' AND application_name LIKE 'eddy store%'");
                seen.addAll(connections);
                assertThat(connections).hasSizeLessThan(3); // one may be about to end
                assertThat(waiting).isNotDone();
                Thread.sleep(20);
            }
            other.rollback();
            waiting.get(60, TimeUnit.SECONDS);
        }
        assertThat(postgres.query("locked", "SELECT count(*) FROM scores")).containsExactly("2");
    }

    @Test
    void whoeverWaitedForARowThatIsRefusedThenWaitsNoLonger() throws Exception {
        StoreOptions options = postgres.database("waited");
        String tooLong = new Random(1)
                .ints(9000, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            postgres.stop();
            CompletableFuture<Void> waiting = writing(writer, score(tooLong, NOON, 2, Status.NORMAL));
            while (!writer.gauge("store_waiting").equals(1)) {
                assertThat(waiting).isNotDone();
                Thread.sleep(20);
            }
            postgres.start();
            waiting.get(60, TimeUnit.SECONDS);
            assertThat(writer.gauge("store_waiting")).isEqualTo(0);
        }
        assertThat(postgres.query("waited", "SELECT y FROM scores")).containsExactly("1");
    }

    @Test
    void aPartitionThatSomebodyDroppedIsMadeAgain() throws Exception {
        StoreOptions options = postgres.database("dropped");
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, options)) {
            writer.write(score("pump", NOON, 1, Status.NORMAL));
            String partition = postgres.query("dropped", "SELECT partition FROM eddy_partitions")
                    .get(0);
            postgres.execute("dropped", "DROP TABLE " + partition);
            writer.write(score("pump", NOON, 2, Status.NORMAL), score("fan", NOON, 3, Status.NORMAL));
        }
        assertThat(postgres.query("dropped", "SELECT y FROM scores ORDER BY y")).containsExactly("2", "3");
    }

    @Test
    void aMissingTableIsNamed() throws Exception {
        StoreOptions options = postgres.database("missing");
        assertThatThrownBy(() -> write(as(options, options.url(), "postgres", "", false), 1))
                .isInstanceOf(StoreSetupException.class)
                .hasMessage(
                        "table scores: expected in schema public of " + options.url()
                                + ", found none; let its owner run docker/postgres/tables.sql, or set store.create_tables: true");
    }

    @Test
    void aTableOfAnotherIsNamedWithItsOwnerAndWorksOnceGranted() throws Exception {
        StoreOptions options = postgres.database("owned");
        write(options, 1);
        postgres.execute("owned", "CREATE ROLE stranger LOGIN");
        StoreOptions stranger = as(options, options.url(), "stranger", "", false);

        assertThatThrownBy(() -> write(as(options, options.url(), "stranger", "", true), 2))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageStartingWith(
                        "store.create_tables: expected that user stranger owns Eddy's tables or may create"
                                + " them, found \"ERROR: ");
        assertThatThrownBy(() -> write(stranger, 2))
                .isInstanceOf(StoreSetupException.class)
                .hasMessage("table scores: expected that user stranger may select, insert and update, found it owned by"
                        + " postgres and not so; let the owner run docker/postgres/roles.sql");

        postgres.execute("owned", "CREATE ROLE reader");
        String roles = Files.readString(Path.of("../../docker/postgres/roles.sql"))
                .replace(":\"writer\"", "stranger")
                .replace(":\"reader\"", "reader");
        postgres.execute("owned", roles);
        write(stranger, 2);
        try (TestingWriter<Score> writer = new TestingWriter<>(StoreTables.SCORES, stranger)) {
            writer.write(score("pump", NOON.plusSeconds(86_400), 3, Status.NORMAL)); // a partition of its own
        }
        assertThat(postgres.query("owned", "SELECT y FROM scores ORDER BY y")).containsExactly("2", "3");
    }

    @Test
    void aTableOfAnotherShapeIsNamed() throws Exception {
        StoreOptions options = postgres.database("shapes");
        postgres.execute("shapes", "CREATE TABLE scores (series text)");
        assertThatThrownBy(() -> write(options, 1))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageStartingWith("table scores of " + options.url())
                .hasMessageContaining("column \"target\" of relation \"scores\" does not exist");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() throws Exception {
        StoreOptions options = postgres.database("here");
        String elsewhere = options.url().replace("/here", "/elsewhere");
        assertThatThrownBy(() -> write(as(options, elsewhere, "postgres", "", true), 1))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("database \"elsewhere\" does not exist");
    }

    @Test
    void aPasswordComesFromItsFileAndIsNeverShown() throws Exception {
        StoreOptions options = postgres.database("secret");
        postgres.execute("secret", "CREATE ROLE keeper LOGIN SUPERUSER PASSWORD 'open sesame'");
        Path hba = folder.resolve("pg_hba.conf");
        String trust = Files.readString(hba);
        Files.writeString(hba, "host all keeper all scram-sha-256\n" + trust);
        postgres.execute("secret", "SELECT pg_reload_conf()");

        Path file = secrets.resolve("password");
        Files.writeString(file, "open sesame\n");
        write(as(options, options.url(), "keeper", file.toString(), true), 1);
        assertThat(postgres.query("secret", "SELECT y FROM scores")).containsExactly("1");

        Files.write(file, "wrong horse".getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> write(as(options, options.url(), "keeper", file.toString(), true), 1))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("password authentication failed for user \"keeper\"")
                .hasMessageNotContaining("wrong horse");
        assertThatThrownBy(() -> write(as(options, options.url(), "keeper", secrets + "/none", true), 1))
                .isInstanceOf(StoreSetupException.class)
                .hasMessage(
                        "store.password_file: expected a readable file on this machine, found " + secrets + "/none");
    }
}
