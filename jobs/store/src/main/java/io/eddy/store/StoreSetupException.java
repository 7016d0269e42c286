package io.eddy.store;

import java.io.IOException;

/** The database answers, but not as the store job needs it; somebody has to change something. The message says what. */
final class StoreSetupException extends IOException {
    private static final long serialVersionUID = 1L;

    StoreSetupException(String message, Throwable cause) {
        super(message, cause);
    }

    StoreSetupException(String message) {
        super(message);
    }
}
