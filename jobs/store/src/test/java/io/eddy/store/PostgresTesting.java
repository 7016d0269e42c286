package io.eddy.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A real Postgres for all tests of a class. */
abstract class PostgresTesting {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    static TestingPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        postgres = new TestingPostgres(folder);
        postgres.start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }
}
