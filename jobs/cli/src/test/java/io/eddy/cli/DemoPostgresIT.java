package io.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The demo with a Postgres beside it. */
@Timeout(300)
class DemoPostgresIT {
    private static final Pattern STORED = Pattern.compile("stored (\\d+) scores and \\d+ events");
    private static final Pattern MADE = Pattern.compile(" scores=(\\d+) ");

    @Test
    void allScoresAreStoredAndItSaysHowToLookAtThem() {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(Main.run("demo", "--for", "15s", "--no-page", "--postgres"))
                    .isZero();
        } finally {
            System.setOut(console);
        }
        String said = printed.toString(StandardCharsets.UTF_8);
        assertThat(said).contains("psql -h 127.0.0.1 -p ", " EDDY_POSTGRES=127.0.0.1:", "/d/eddy-fleet?from=");
        assertThat(number(STORED, said)).isGreaterThan(240).isEqualTo(number(MADE, said));
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Long.parseLong(matcher.group(1));
    }
}
