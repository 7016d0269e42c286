package io.eddy.cli;

import java.util.Locale;
import java.util.function.Supplier;

/** A line that says how far long work is: rewritten on a terminal, a new line every few seconds elsewhere. */
final class Progress {
    private static final boolean TERMINAL = System.console() != null;
    private static final long EVERY_NANOS = TERMINAL ? 200_000_000L : 5_000_000_000L;

    private final String name;
    private final long began = System.nanoTime();
    private long shown = began;
    private boolean dirty;

    Progress(String name) {
        this.name = name;
    }

    /** Shows how much of the work is done, with the time left. */
    void show(long done, long all, Supplier<String> more) {
        if ((done & 0xff) == 0 && isTime()) {
            double seconds = (System.nanoTime() - began) / 1e9;
            double left = all <= 0 ? 0 : seconds * (all - done) / done;
            print(String.format(
                    Locale.ROOT,
                    "%s: %d of %d readings, %.0f/s, %.0f s left, %s",
                    name,
                    done,
                    all,
                    done / seconds,
                    left,
                    more.get()));
        }
    }

    /** Whether the next line may be shown. */
    boolean isTime() {
        return System.nanoTime() - shown >= EVERY_NANOS;
    }

    void print(String line) {
        shown = System.nanoTime();
        if (TERMINAL) {
            System.out.print("\r\u001b[K" + line);
            dirty = true;
            System.out.flush();
        } else {
            System.out.println(line);
        }
    }

    /** Prints a line that stays, above the progress. */
    void announce(String line) {
        if (dirty) {
            System.out.print("\r\u001b[K");
            dirty = false;
        }
        System.out.println(line);
    }

    /** Ends the line. */
    void end() {
        if (dirty) {
            System.out.println();
            dirty = false;
        }
    }
}
