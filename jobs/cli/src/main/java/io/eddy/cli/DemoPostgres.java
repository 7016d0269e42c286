package io.eddy.cli;

import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/** A Postgres for the time of a demo, reachable from this machine only, without a password. */
final class DemoPostgres implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedPostgres server;

    private DemoPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    static DemoPostgres start(Path folder) throws IOException {
        return new DemoPostgres(EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setOverrideWorkingDirectory(folder.resolve("postgres-server").toFile())
                .setPGStartupWait(PATIENCE)
                .setServerConfig("fsync", "off") // what it holds goes with the demo
                .start());
    }

    /** The options with this database as the store. */
    Options options(Options options) {
        return options.with(PostgresOptions.STORE_URL, "jdbc:postgresql://" + address() + "/" + USER)
                .with(PostgresOptions.STORE_USER, USER)
                // A demo's clock passes a month in half a minute.
                .with(PostgresOptions.STORE_PARTITION, "30d");
    }

    private String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** How to look into it. */
    List<String> describe(long fromMillis) {
        return List.of(
                "eddy demo: Postgres: psql -h 127.0.0.1 -p " + server.getPort() + " -U " + USER,
                "eddy demo: in a Grafana on this machine, from this folder (its own folder is often /usr/share/grafana):",
                "  EDDY_POSTGRES=" + address() + " EDDY_POSTGRES_DATABASE=" + USER + " EDDY_POSTGRES_USER=" + USER
                        + " EDDY_DASHBOARDS=$PWD/docker/grafana/dashboards \\",
                "  GF_PATHS_PROVISIONING=$PWD/docker/grafana/provisioning GF_PATHS_DATA=/tmp/eddy-grafana grafana server --homepath"
                        + " /usr/share/grafana",
                "  then http://localhost:3000/d/eddy-fleet?from=" + fromMillis + "&to="
                        + (fromMillis + Duration.ofDays(60).toMillis()) + " (the demo has a clock of its own)");
    }

    long count(String table) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT count(*) FROM " + table)) {
            found.next();
            return found.getLong(1);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
