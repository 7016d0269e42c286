package io.eddy.store;

import io.eddy.connectors.Options;
import io.eddy.connectors.PostgresOptions;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and how rows are written. Holds no secret: the password is read where and when a connection is opened.
 *
 * @param url of the database, {@code jdbc:postgresql://host:port/database}
 * @param user who writes
 * @param passwordFile file with the password; empty: the environment variable {@value #PASSWORD_VARIABLE} holds it
 * @param createTables whether tables.sql is run at the start
 * @param batchRows most rows that are written at once
 * @param flushMillis how long a row waits for others
 * @param partitionDays days that a partition holds
 * @param retention age at which rows are dropped; zero keeps all
 */
record StoreOptions(
        String url,
        String user,
        String passwordFile,
        boolean createTables,
        int batchRows,
        long flushMillis,
        int partitionDays,
        Duration retention)
        implements Serializable {

    static final String PASSWORD_VARIABLE = "EDDY_STORE_PASSWORD";

    /**
     * The store's part of the options.
     *
     * @throws IllegalArgumentException if store.url is not set
     */
    static StoreOptions of(Options options) {
        String url = options.get(PostgresOptions.STORE_URL);
        if (url.isEmpty()) {
            throw new IllegalArgumentException(PostgresOptions.STORE_URL.key() + ": expected "
                    + PostgresOptions.STORE_URL.range() + ", found nothing, and the store job needs a database");
        }
        return new StoreOptions(
                url,
                options.get(PostgresOptions.STORE_USER),
                options.get(PostgresOptions.STORE_PASSWORD_FILE),
                options.get(PostgresOptions.STORE_CREATE_TABLES),
                options.get(PostgresOptions.STORE_BATCH_ROWS),
                options.get(PostgresOptions.STORE_FLUSH_INTERVAL).toMillis(),
                (int) options.get(PostgresOptions.STORE_PARTITION).toDays(),
                options.get(PostgresOptions.STORE_RETENTION));
    }

    /**
     * The password as it is now; empty where there is none.
     *
     * @throws StoreSetupException if the file cannot be read
     */
    String password() throws StoreSetupException {
        if (passwordFile.isEmpty()) {
            String found = System.getenv(PASSWORD_VARIABLE);
            return found == null ? "" : found;
        }
        try {
            return Files.readString(Path.of(passwordFile)).strip();
        } catch (IOException e) {
            throw new StoreSetupException(
                    PostgresOptions.STORE_PASSWORD_FILE.key() + ": expected a readable file on this machine, found "
                            + passwordFile,
                    e);
        }
    }

    boolean keepsAll() {
        return retention.isZero();
    }
}
