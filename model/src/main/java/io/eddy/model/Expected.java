package io.eddy.model;

/** What options must keep to. */
final class Expected {
    private Expected() {}

    /** @throws IllegalArgumentException {@code name: expected rule, found found} unless it is good */
    static void that(boolean good, String name, String rule, Object found) {
        if (!good) {
            throw new IllegalArgumentException(name + ": expected " + rule + ", found " + found);
        }
    }
}
