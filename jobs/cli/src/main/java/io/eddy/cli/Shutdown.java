package io.eddy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C asks the main thread to end in good order and gives it a few seconds for that. */
final class Shutdown {
    private static final int PATIENCE_SECONDS = 9;

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean asked;

    private Shutdown() {}

    static Shutdown install() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown::ask, "eddy-shutdown"));
        return shutdown;
    }

    private void ask() {
        if (done.getCount() == 0) {
            return;
        }
        asked = true;
        // Behind the ^C that a terminal shows.
        System.err.println((System.console() == null ? "" : System.lineSeparator()) + "eddy: ending");
        try {
            boolean clean = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!clean) {
                System.err.println("eddy: expected to end within " + PATIENCE_SECONDS
                        + " s, found that it takes longer; the next start removes what is left");
            }
            // The exit code would be that of the signal otherwise.
            Runtime.getRuntime().halt(clean ? 0 : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isAsked() {
        return asked;
    }

    /** Says that all is cleaned up. */
    void done() {
        done.countDown();
    }
}
