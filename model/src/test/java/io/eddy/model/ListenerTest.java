package io.eddy.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which series are asked whether they have fallen silent, and when. */
class ListenerTest {
    private static final long STEP = 60_000;
    private static final int SILENT = 5;
    private static final int WARM_UP = 20;

    private final Memory memory = new Memory();
    private final Answer answer = new Answer(1);

    private static Forecaster.Options options(long stepMillis, int silenceSteps, String channels) {
        return new Forecaster.Options(
                1,
                0,
                stepMillis,
                1e-4,
                WARM_UP,
                3,
                3,
                silenceSteps,
                NewWeights.CARRY,
                ExpertNames.BY_DEFAULT,
                Inputs.USUAL,
                Scoring.of(channels));
    }

    /** When the series is to be asked after so many steps in a row. */
    private long asked(Forecaster.Options options, int steps) {
        Forecaster forecaster = new Forecaster(options);
        long named = Listener.NEVER;
        for (int t = 0; t < steps; t++) {
            forecaster.step(memory, null, STEP * t, t % 7, answer);
            named = answer.listenMillis == Listener.NEVER ? named : answer.listenMillis;
        }
        return named;
    }

    @Test
    void aSeriesIsWatchedOnceItIsWarm() {
        Forecaster.Options options = options(STEP, SILENT, "all");
        assertThat(asked(options, WARM_UP - 1)).isEqualTo(Listener.NEVER);
        assertThat(new Listener(options).ask(memory, null, 1000 * STEP, null, answer))
                .isEqualTo(Listener.NEVER);
        assertThat(answer.isAnomaly).isFalse();
    }

    @Test
    void itIsAskedOneStepAfterTheLastThatMayBeMissing() {
        Forecaster.Options options = options(STEP, SILENT, "all");
        assertThat(asked(options, WARM_UP + 1)).isEqualTo(STEP * (WARM_UP + SILENT + 1));
        Listener listener = new Listener(options);
        long due = listener.nextMillis(memory);
        assertThat(listener.ask(memory, null, due - STEP, null, answer)).isEqualTo(due);
        assertThat(answer.isAnomaly).as("too early").isFalse();
        assertThat(listener.ask(memory, null, due, null, answer)).isEqualTo(Listener.NEVER);
        assertThat(answer.isAnomaly).isTrue();
        assertThat(answer.channel).isEqualTo(Channel.SILENCE);
        assertThat(answer.change).isEqualTo(Incident.Change.OPEN);
        assertThat(memory.incident().points()).isEqualTo(SILENT);
    }

    @Test
    void aSeriesOfWhichAReadingWaitsIsNotSilent() {
        Forecaster.Options options = options(STEP, SILENT, "all");
        asked(options, WARM_UP + 1);
        Listener listener = new Listener(options);
        long due = listener.nextMillis(memory);
        memory.inbox().open().add(due - STEP, 3);
        assertThat(listener.ask(memory, null, due, null, answer)).isEqualTo(due + STEP);
        assertThat(answer.isAnomaly).isFalse();
        assertThat(memory.incident().isOpen()).isFalse();
    }

    @Test
    void nobodyListensWhereEveryReadingIsAStepOrNobodyWantsToKnow() {
        for (Forecaster.Options options : new Forecaster.Options[] {
            options(0, SILENT, "all"), options(STEP, 0, "all"), options(STEP, SILENT, "spike,level")
        }) {
            assertThat(asked(options, 2 * WARM_UP)).isEqualTo(Listener.NEVER);
            assertThat(new Listener(options).nextMillis(memory)).isEqualTo(Listener.NEVER);
        }
    }
}
