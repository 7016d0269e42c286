package io.eddy.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes at its end: whether it can is better known at the start. */
public final class OutputFile {
    private OutputFile() {}

    /** @throws IllegalArgumentException if there is no folder for the file, or a folder in its place */
    public static void check(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(option + ": expected a file in a folder that is there, found " + file);
        }
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(option + ": expected a file, found the folder " + file);
        }
    }
}
