package io.eddy.connectors;

import java.time.Duration;
import java.util.List;

/** Options of the store job. */
public final class PostgresOptions {
    public static final Option<String> STORE_URL = Option.text(
            "store.url",
            "",
            "jdbc:postgresql://host:port/database without user and password, or nothing",
            "The Postgres that the store job writes to; empty: there is no store.",
            text -> text.isEmpty()
                    || (text.matches("jdbc:postgresql://[^\\s/@]+/[^\\s/@]+")
                            && !text.matches(".*[?&](user|password)=.*")));
    public static final Option<String> STORE_USER =
            Option.text("store.user", "eddy", "a name", "Who writes to it.", text -> !text.isBlank());
    public static final Option<String> STORE_PASSWORD_FILE = Option.path(
            "store.password_file",
            "File with the password and nothing else, on every TaskManager; without, the environment variable EDDY_STORE_PASSWORD"
                    + " of the TaskManagers holds it.");
    public static final Option<Boolean> STORE_CREATE_TABLES = Option.flag(
            "store.create_tables",
            true,
            "Run docker/postgres/tables.sql at the start; false: somebody else has, and granted docker/postgres/roles.sql.");
    public static final Option<Integer> STORE_BATCH_ROWS =
            Option.whole("store.batch_rows", 1000, "rows", 1, 100_000, "Rows that are written at once.");
    public static final Option<Duration> STORE_FLUSH_INTERVAL = Option.duration(
            "store.flush_interval",
            "1s",
            "10ms",
            "1h",
            "A row waits no longer than this for others to fill the batch.");
    public static final Option<Duration> STORE_PARTITION = Option.duration(
            "store.partition",
            "1d",
            "1d",
            "366d",
            "Time that a partition of the tables holds, in whole days; what is older than a year when it comes is held by the year at least.");
    public static final Option<Duration> STORE_RETENTION = Option.duration(
            "store.retention",
            "0ms",
            "0ms",
            "36500d",
            "Rows older than this are dropped, partition by partition, and no longer stored; 0ms keeps all.");

    /** All of them, in the order of the reference page. */
    static final List<Option<?>> ALL = List.of(
            STORE_URL,
            STORE_USER,
            STORE_PASSWORD_FILE,
            STORE_CREATE_TABLES,
            STORE_BATCH_ROWS,
            STORE_FLUSH_INTERVAL,
            STORE_PARTITION,
            STORE_RETENTION);

    private PostgresOptions() {}
}
