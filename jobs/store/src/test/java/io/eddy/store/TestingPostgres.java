package io.eddy.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real Postgres on a port of its own that can be stopped and started with what it holds. */
final class TestingPostgres implements AutoCloseable {
    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Path folder;
    private int port;
    private @Nullable EmbeddedPostgres server;

    TestingPostgres(Path folder) {
        this.folder = folder;
    }

    void start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPGStartupWait(STARTUP)
                .setServerConfig("fsync", "off");
        if (port != 0) {
            builder.setPort(port);
        }
        server = builder.start();
        port = server.getPort();
    }

    void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** A database of its own for one test, and the options that write to it. */
    StoreOptions database(String name) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name);
        return new StoreOptions(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", "", true, 100, 100, 1, Duration.ZERO);
    }

    Connection connect(String database, String user) throws SQLException {
        if (server == null) {
            throw new IllegalStateException("Postgres: expected it started, found it stopped");
        }
        return server.getDatabase(user, database).getConnection();
    }

    void execute(String database, String sql) throws SQLException {
        try (Connection connection = connect(database, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The rows of a query, each as its columns with a bar between. */
    List<String> query(String database, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(database, "postgres");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(found.getString(i)));
                }
                rows.add(String.join("|", columns));
            }
        }
        return rows;
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
