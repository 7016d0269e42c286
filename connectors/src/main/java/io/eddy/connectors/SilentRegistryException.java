package io.eddy.connectors;

/** The registry did not answer in time, so that nobody knows whether the record is sound. */
final class SilentRegistryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SilentRegistryException(String message) {
        super(message);
    }

    SilentRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
