package io.eddy.store;

import io.eddy.connectors.PostgresOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One table of one Postgres: a connection that is opened when it is needed, the partitions, and batches of rows. */
final class StoreDatabase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);
    private static final long RETAIN_EVERY_MILLIS = 600_000;
    /** Shorter than the time after which Flink ends a TaskManager whose task does not heed a cancellation. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String table;
    private final String upsert;
    private final StoreOptions options;
    private final boolean retains;
    private final Duration patience;
    /** Partitions known to be there, by their number of widths since the epoch. */
    private final Set<Long> partitions = new HashSet<>();

    private @Nullable Connection connection;
    private boolean prepared;
    private long retainedMillis;

    /**
     * Opens nothing yet.
     *
     * @param patience with an answer of the database, whole seconds
     */
    StoreDatabase(String table, String upsert, StoreOptions options, boolean retains, Duration patience) {
        this.table = table;
        this.upsert = upsert;
        this.options = options;
        this.retains = retains;
        this.patience = patience;
    }

    /**
     * Writes rows, all or none.
     *
     * @param rows parameters of the upsert
     * @param times of the rows, where the table is partitioned
     */
    void write(Collection<@Nullable Object[]> rows, Collection<OffsetDateTime> times)
            throws SQLException, StoreSetupException {
        Connection open = open();
        try {
            for (OffsetDateTime time : times) {
                makePartition(open, time);
            }
            try (PreparedStatement statement = open.prepareStatement(upsert)) {
                for (@Nullable Object[] row : rows) {
                    for (int i = 0; i < row.length; i++) {
                        statement.setObject(i + 1, row[i]);
                    }
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            open.commit();
        } catch (SQLException e) {
            partitions.clear(); // somebody may have dropped one
            undo(open, e);
            throw explained(e);
        }
        retain(open);
    }

    /** Where a row is at fault the connection is good for the others. */
    private void undo(Connection open, SQLException error) {
        try {
            if (StoreFault.of(error) == StoreFault.ROW) {
                open.rollback();
            } else {
                close();
            }
        } catch (SQLException e) {
            close();
        }
    }

    private void makePartition(Connection open, OffsetDateTime time) throws SQLException {
        long number = Math.floorDiv(time.toEpochSecond(), 86_400L * options.partitionDays());
        if (!partitions.contains(number)) {
            try (PreparedStatement statement = open.prepareStatement("SELECT eddy_partition(?, ?, ?)")) {
                statement.setString(1, table);
                statement.setObject(2, time);
                statement.setInt(3, options.partitionDays());
                statement.execute();
            }
            open.commit();
            partitions.add(number);
        }
    }

    /** Drops what is too old, and makes the partition of the next width before its first row comes. */
    private void retain(Connection open) {
        long now = System.currentTimeMillis();
        if (!retains || options.keepsAll() || now - retainedMillis < RETAIN_EVERY_MILLIS) {
            return;
        }
        retainedMillis = now;
        try (PreparedStatement statement = open.prepareStatement("SELECT eddy_retain(make_interval(secs => ?))")) {
            makePartition(open, Instant.now().atOffset(ZoneOffset.UTC).plusDays(options.partitionDays()));
            statement.setDouble(1, options.retention().toSeconds());
            statement.execute();
            open.commit();
            partitions.clear();
        } catch (SQLException e) {
            LOG.warn("retention: tried again in {} s: {}", RETAIN_EVERY_MILLIS / 1000, e.getMessage());
            close();
        }
    }

    /** Takes the driver off the JDK's list, which would keep the job's class loader for ever. Writers of other tables may be about to do the same. */
    private static synchronized void deregister() throws SQLException {
        if (Driver.isRegistered() && Driver.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
            Driver.deregister();
        }
    }

    private Connection open() throws SQLException, StoreSetupException {
        if (connection == null) {
            deregister();
            Properties properties = new Properties();
            properties.setProperty("user", options.user());
            properties.setProperty("password", options.password());
            properties.setProperty("ApplicationName", "eddy store " + table);
            properties.setProperty("reWriteBatchedInserts", "true");
            properties.setProperty("connectTimeout", "10");
            properties.setProperty("socketTimeout", String.valueOf(patience.toSeconds()));
            properties.setProperty("tcpKeepAlive", "true");
            try {
                connection = new Driver().connect(options.url(), properties);
            } catch (SQLException e) {
                throw explained(e);
            }
            if (connection == null) {
                throw new StoreSetupException(PostgresOptions.STORE_URL.key() + ": expected "
                        + PostgresOptions.STORE_URL.range() + ", found " + options.url());
            }
            bound(connection);
        }
        if (!prepared) {
            prepare(connection);
            prepared = true;
        }
        return connection;
    }

    /**
     * A statement that waits for a lock, or for a slow disk, ends before the driver gives up its connection: Postgres does not notice that, and each try
     * would leave a connection behind that waits, until there are no more for anybody.
     */
    private void bound(Connection open) throws SQLException {
        try (Statement statement = open.createStatement()) {
            statement.execute("SET statement_timeout = " + patience.toMillis() * 5 / 6);
        }
        open.setAutoCommit(false);
    }

    private void prepare(Connection open) throws SQLException, StoreSetupException {
        try {
            if (options.createTables()) {
                createTables(open);
            }
            requireTable(open);
            open.commit();
        } catch (SQLException | StoreSetupException e) {
            close();
            throw e;
        }
    }

    private void createTables(Connection open) throws SQLException, StoreSetupException {
        try (InputStream script = StoreDatabase.class.getResourceAsStream("tables.sql");
                Statement statement = open.createStatement()) {
            if (script == null) {
                throw new IllegalStateException("tables.sql: expected in the job's jar, found none");
            }
            statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
            open.commit();
        } catch (SQLException e) {
            if (StoreFault.of(e) != StoreFault.SETUP) {
                throw e;
            }
            throw new StoreSetupException(
                    PostgresOptions.STORE_CREATE_TABLES.key() + ": expected that user " + options.user()
                            + " owns Eddy's tables or may create them, found \"" + e.getMessage()
                            + "\"; or let the owner run docker/postgres/tables.sql and roles.sql and set it to false",
                    e);
        } catch (IOException e) {
            throw new IllegalStateException("tables.sql: expected in the job's jar, found it unreadable", e);
        }
    }

    private void requireTable(Connection open) throws SQLException, StoreSetupException {
        String question = "SELECT current_schema(), pg_get_userbyid(relowner), has_table_privilege(t.oid, 'INSERT')"
                + " AND has_table_privilege(t.oid, 'UPDATE') AND has_table_privilege(t.oid, 'SELECT')"
                + " FROM (SELECT to_regclass(?) AS oid) t LEFT JOIN pg_class USING (oid)";
        try (PreparedStatement statement = open.prepareStatement(question)) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                found.next();
                if (found.getString(2) == null) {
                    throw new StoreSetupException("table " + table + ": expected in schema " + found.getString(1)
                            + " of " + options.url()
                            + ", found none; let its owner run docker/postgres/tables.sql, or set "
                            + PostgresOptions.STORE_CREATE_TABLES.key() + ": true");
                }
                if (!found.getBoolean(3)) {
                    throw new StoreSetupException("table " + table + ": expected that user " + options.user()
                            + " may select, insert and update, found it owned by " + found.getString(2)
                            + " and not so; let the owner run docker/postgres/roles.sql");
                }
            }
        }
    }

    /** The error itself if time or the rows are at fault; else one that says what to change. */
    private SQLException explained(SQLException e) throws StoreSetupException {
        if (StoreFault.of(e) != StoreFault.SETUP) {
            return e;
        }
        throw new StoreSetupException(
                "table " + table + " of " + options.url() + ": expected that user " + options.user()
                        + " can write as docker/postgres/tables.sql has it, found \"" + StoreFault.words(e)
                        + "\"",
                e);
    }

    /** Closes the connection; the next write opens another. */
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("connection was gone already", e);
            }
        }
    }
}
