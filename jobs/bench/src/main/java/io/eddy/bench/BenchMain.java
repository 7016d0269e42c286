package io.eddy.bench;

import java.util.List;

/** The command line with {@code bench} added. */
public final class BenchMain {
    private BenchMain() {}

    public static void main(String[] args) {
        System.exit(io.eddy.cli.Main.run(List.of(new BenchCommand()), args));
    }
}
