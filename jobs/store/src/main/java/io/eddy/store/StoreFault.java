package io.eddy.store;

import java.sql.BatchUpdateException;
import java.sql.SQLException;

/** What an error of the database asks for. */
enum StoreFault {
    /** Wait and try again: it is down, starting, full, or somebody else holds a lock. */
    PASSING,
    /** One of the rows cannot be stored; the others can. */
    ROW,
    /** Nothing can be stored until somebody changes tables, rights or options. */
    SETUP;

    /** The database's own words: what a batch says of itself repeats the rows. */
    static String words(SQLException error) {
        Throwable cause = error instanceof BatchUpdateException ? error.getCause() : error;
        return String.valueOf((cause == null ? error : cause).getMessage());
    }

    /** By the class of the error's SQLSTATE, see appendix A of the Postgres manual. */
    static StoreFault of(SQLException error) {
        String state = error.getSQLState();
        if (state == null || state.length() < 2) {
            return PASSING; // the driver's own, mostly of the network
        }
        return switch (state.substring(0, 2)) {
            case "08", "25", "40", "53", "55", "57", "58", "XX" -> PASSING;
            case "22", "23", "54" -> ROW;
            default -> SETUP;
        };
    }
}
