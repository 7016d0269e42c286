package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** What a command prints. */
public final class TestingConsole {
    private TestingConsole() {}

    /** Runs it and expects the exit code; what it says on the standard output. */
    public static String said(int code, String... command) {
        return printed(System.out, System::setOut, code, command);
    }

    /** The same of its complaints, line by line. */
    public static List<String> complained(int code, String... command) {
        return printed(System.err, System::setErr, code, command).lines().toList();
    }

    private static String printed(PrintStream before, Consumer<PrintStream> stream, int code, String... command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.accept(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run(command)).isEqualTo(code);
        } finally {
            stream.accept(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
