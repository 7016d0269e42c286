package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a series is waited for, by the gaps that it has had. */
class SilenceTest {
    private static final int LEAST = 5;
    private static final long STEP = 60_000;

    private final Silence silence = new Silence();

    private long limit() {
        return silence.limit(LEAST, 1);
    }

    private void readings(int count) {
        for (int k = 0; k < count; k++) {
            silence.observe(0, limit());
        }
    }

    @Test
    void aGapIsRememberedForThousandsOfReadingsAndNoLonger() {
        silence.observe(100, limit());
        assertThat(limit()).isGreaterThan(200);
        readings(1000);
        assertThat(limit()).as("as nights and weekends come").isGreaterThan(100);
        readings(40_000);
        assertThat(limit()).isEqualTo(LEAST);
    }

    @Test
    void anOutageIsNoHabitAtOnce() {
        silence.watch();
        silence.observe(1000, limit());
        assertThat(limit()).isBetween(LEAST + 1L, 5L * LEAST);
    }

    @Test
    void whatIsHeldBackIsAskedAgainTheMoreSeldomTheLongerItLasts() {
        silence.watch();
        assertThat(silence.tell(true, LEAST, LEAST, 0, STEP))
                .as("the first time")
                .isTrue();
        assertThat(silence.nextMillis(0)).isEqualTo(LEAST * STEP);
        assertThat(silence.tell(true, 8000, LEAST, 0, STEP)).as("again").isFalse();
        assertThat(silence.nextMillis(0)).isGreaterThan(100 * LEAST * STEP);
        assertThat(silence.tell(false, 8000, LEAST, 0, STEP)).as("told").isTrue();
        assertThat(silence.nextMillis(0)).isEqualTo(Silence.NEVER);
    }

    @Test
    void whatPeopleSaidMakesTheWaitShorterOrLonger() {
        assertThat(silence.limit(LEAST, 0.5)).isEqualTo(2 * LEAST);
        assertThat(silence.limit(LEAST, 2)).isEqualTo(3);
    }
}
